"""Checks that an explanation of a finding has content. Pure."""

import re

from django.utils.translation import gettext as _

SHORTEST = 5  # characters, spaces and punctuation left out
_NOISE = re.compile(r"[\s\W_]+")
# Words that only claim that all is well. An explanation made of nothing else explains nothing.
_BOILERPLATE = (
    "经核实", "已核实", "核实", "经核对", "已核对", "核对", "经核查", "已核查", "核查", "情况属实", "属实", "数据无误", "数字无误",
    "填报无误", "确认无误", "无误", "没有问题", "无问题", "没问题", "没有错误", "没有错", "没错", "正确", "准确", "真实", "正常", "情况",
    "数据", "数字", "填报", "确认", "实际", "如实", "以上", "本单位", "同意", "说明", "特此", "是的", "已", "均", "的", "了", "为", "是",
    "checked", "correct", "verified", "confirmed", "true", "right", "fine", "okay", "ok", "none", "yes",
)  # fmt: skip


def why_not_enough(text: str) -> str:
    """A sentence why the explanation is not taken; "" where it is."""
    plain = _NOISE.sub("", text).lower()
    if len(plain) < SHORTEST:
        return _("An explanation has at least %(least)s characters: say what happened and why.") % {"least": SHORTEST}
    left = plain
    for word in _BOILERPLATE:
        left = left.replace(word, "")
    if len(left) < 2 or len(set(plain)) < 3:
        return _("“%(text)s” explains nothing: say what happened, where and why.") % {"text": text.strip()[:40]}
    return ""
