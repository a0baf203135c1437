"""What a template must not carry: script, style, a foreign address, a Chinese word past the catalogue."""

import re

import pytest

from tests.house.files import named, templates

FORBIDDEN = {
    r"<script(?![^>]*\bsrc=)": "a script without a file",
    r"<style\b": "a style without a file",
    r"\sstyle\s*=": "a style attribute: use a class",
    r"\son[a-z]+\s*=": "a script attribute",
    r"javascript:": "a script address",
    r"https?://(?!www\.w3\.org/)": "a foreign address",
    r"[\u3400-\u9fff]": "a Chinese word: use translate",
    r"\|safe\b|autoescape off": "text becomes markup",
}
# A language is offered under its own name.
OWN_NAME = re.compile(r'lang="zh-Hans">[^<]*<')
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)


def carried(text: str) -> list[str]:
    return [why for pattern, why in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)]


@pytest.mark.parametrize("path", templates(), ids=named)
def test_template(path):
    assert carried(OWN_NAME.sub("", COMMENT.sub("", path.read_text()))) == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<p style="left: 0">',
        '<a onclick="x()">',
        "<b>党支部</b>",
        "{{ name|safe }}",
        '<img src="http://a.b/">',
    ],
)
def test_the_rule_sees_it(text):
    assert len(carried(text)) == 1


def test_the_rule_lets_a_plain_template_pass():
    assert (
        carried('<script type="module" src="{% static "js/a.js" %}"></script><p class="style">{% translate "On time" %}</p>')
        == []
    )
