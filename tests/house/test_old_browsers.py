"""Office machines run kernels from Chromium 80 on: scripts and styles use nothing younger (docs/design.md)."""

import re
from pathlib import Path

import pytest

from tests.house.files import files_below, named

# What is written: since which Chromium it works, or what else is wrong with it.
SCRIPT = {
    r"\.at\([^,()]*\)": "92",
    r"\.replaceAll\(": "85",
    r"[\w)\]]\s*(\?\?|\|\||&&)=": "85",
    r"(^|[\s.(!])#[a-zA-Z_]\w*\s*[(=;.,)]": "84, a private method",
    r"\bstatic\s*\{": "94",
    r"\bstructuredClone\b": "98",
    r"\bObject\.(hasOwn|groupBy)\b": "93",
    r"\.(findLast|findLastIndex|toSorted|toReversed|toSpliced)\(": "97",
    r"\bPromise\.(any|withResolvers)\b": "85",
    r"\bAbortSignal\.(timeout|any)\b": "103",
    r"\bAbortController\b.*\.reason": "98",
    r"\bcrypto\.(randomUUID|subtle)\b": "92, and only over HTTPS",
    r"\bnavigator\.clipboard\b(?!\s*[?&)])": "only over HTTPS: ask whether it is there",
    r"\bWeakRef\b": "84",
    r"\.showPopover\(|\bpopover\b": "114",
    r"^await\b": "89, at the top of a module",
    r"\beval\(|new Function\(": "refused by the content security policy",
    r"setAttribute\(\s*['\"](style|on\w+)['\"]": "refused by the content security policy",
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b": "text becomes markup: use textContent",
}
STYLE = {
    r":is\(|:where\(": "88",
    r":has\(": "105",
    r":not\([^)]*,": "88, a list inside :not",
    r"(^|[;{\s])inset(-\w+)*\s*:": "87",
    r"aspect-ratio\s*:": "88",
    r"(margin|padding)-(inline|block)\s*:": "87",
    r"@(layer|container|property|scope)\b": "99",
    r"\b\d+(\.\d+)?(dvh|svh|lvh|dvw|cqw)\b": "108",
    r"\b(color-mix|oklch|oklab|light-dark)\(": "111",
    r"text-wrap\s*:|accent-color\s*:": "93",
    r"overflow(-[xy])?\s*:\s*clip": "90",
    r"@import\b": "one more round trip: link the file",
    r"https?://(?!www\.w3\.org/)": "nothing is loaded from elsewhere",
}
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_COMMENT = re.compile(r"(?<![:\"'`\\])//[^\n]*")
RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")


def _blank(match: re.Match) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _source(path: Path) -> str:
    """The text without its comments, each line where it was."""
    text = COMMENT.sub(_blank, path.read_text())
    return LINE_COMMENT.sub(_blank, text) if path.suffix == ".js" else text


def too_young(text: str, forbidden: dict[str, str]) -> list[str]:
    return [
        f"line {number}: {line.strip()[:90]} ({since})"
        for number, line in enumerate(text.splitlines(), 1)
        for pattern, since in forbidden.items()
        if re.search(pattern, line)
    ]


def rules_too_young(text: str) -> list[str]:
    """What only a whole rule shows: `gap` in a flex box (84), nesting (120), `:focus-visible` (86) among other selectors."""
    wrong = []
    for selectors, body in RULE.findall(text):
        if re.search(r"(^|[;\s])((row|column)-)?gap\s*:", body) and not re.search(
            r"display\s*:\s*(inline-)?grid|column-count", body
        ):
            wrong.append(f"{selectors.strip()}: gap without display: grid")
        if "&" in selectors:
            wrong.append(f"{selectors.strip()}: nesting")
        parts = selectors.split(",")
        if 0 < sum(":focus-visible" in part for part in parts) < len(parts):
            wrong.append(f"{selectors.strip()}: :focus-visible needs a rule of its own")
    return wrong


@pytest.mark.parametrize("path", files_below("static", ".js"), ids=named)
def test_script(path):
    assert too_young(_source(path), SCRIPT) == []


@pytest.mark.parametrize("path", files_below("static", ".css"), ids=named)
def test_style(path):
    text = _source(path)
    assert too_young(text, STYLE) + rules_too_young(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "last = rows.at(-1)",
        "count ??= 0",
        "this.#save()",
        "id = crypto.randomUUID()",
        'cell.setAttribute("style", "left:0")',
        "cell.innerHTML = text",
    ],
)
def test_the_rule_sees_a_young_script(line):
    assert too_young(line, SCRIPT)


@pytest.mark.parametrize(
    "line", ["cells.at(row, 0)", "a = b ?? c", "a?.b", 'color = "#fff"', 'find("#content")', "if (navigator.clipboard) {"]
)
def test_the_rule_lets_old_script_pass(line):
    assert too_young(line, SCRIPT) == []


@pytest.mark.parametrize(
    "rule",
    [
        ".a { display: flex; gap: 4px; }",
        "a:hover, a:focus-visible { color: red; }",
        ".a { color: red; & b { color: blue; } }",
    ],
)
def test_the_rule_sees_a_young_style(rule):
    assert rules_too_young(rule)


def test_the_rule_lets_old_style_pass():
    assert (
        rules_too_young(".a { display: grid; gap: 4px; } a:focus-visible { outline: 0; } @media print { .b { color: red; } }")
        == []
    )
