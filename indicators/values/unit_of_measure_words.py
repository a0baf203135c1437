"""Units of measure as heads state them: recognised behind a name, compared with what a form asks."""

import re

from orgs.names.name_similarity import folded

# Words that count things one by one: one may stand for another (家 for 个), but what is counted may differ (户 for 人).
COUNTING = frozenset((
    "人", "名", "位", "个", "家", "件", "条", "项", "处", "所", "座", "次", "场", "场次", "期", "批", "组", "组次", "门",
    "块", "篇", "幅", "级", "套", "对", "户", "节", "支", "本", "份", "台", "辆", "人次", "个次", "户次", "车次",
))  # fmt: skip
_OTHER = frozenset((
    "元", "百元", "千元", "万元", "百万元", "千万元", "亿元", "%", "‰", "百分点", "分", "分/次", "分/车次", "户/名", "个(名)", "米",
    "公里", "千米", "km", "里", "平方米", "万平方米", "平方公里", "亩", "万亩", "公顷", "立方米", "万立方米", "度", "万度", "千瓦时",
    "公斤", "千克", "kg", "斤", "吨", "万吨", "小时", "分钟", "天", "课时", "岁", "万人", "万人次", "万户", "万次",
    "万个", "万家", "万件",
))  # fmt: skip
MEASURES = COUNTING | _OTHER
_SAME = (
    {"人", "名", "位"}, {"公里", "千米", "km"}, {"公斤", "千克", "kg"}, {"度", "千瓦时"}, {"场", "场次"}, {"组", "组次"},
)  # fmt: skip
_PARTS = re.compile("[/()、,或]")
_BRACKET = re.compile(r"\((?:计量)?(?:单位[:为]?)?([^()]{1,8}|个\(名\))\)$")
_WRITTEN_OUT = re.compile(r"[,(]?(?:计量)?单位[:为]([^()]{1,8})\)?$")


def is_measure(text: str) -> bool:
    """True for a text that is nothing but a unit of measure."""
    return plain_measure(text) in MEASURES


def plain_measure(text: str) -> str:
    """Folded, and without brackets around the whole: （万元） is 万元."""
    word = folded(text)
    inner = word[1:-1] if word.startswith("(") and word.endswith(")") else ""
    return inner if inner in MEASURES else word


def split_measure(name: str) -> tuple[str, str]:
    """A folded name -> what it names, and the unit of measure stated behind it: 党员总数(名) -> 党员总数, 名."""
    for pattern in (_BRACKET, _WRITTEN_OUT):
        found = pattern.search(name)
        if found and found.start() > 0 and found.group(1) in MEASURES:
            return name[: found.start()], found.group(1)
    return name, ""


def agree(stated: str, asked: str) -> bool:
    """True where nothing is stated, or the same by another word."""
    one, other = plain_measure(stated), plain_measure(asked)
    return not one or one == other or any({one, other} <= same for same in _SAME)


def counts_the_same(stated: str, asked: str) -> bool:
    """The same by another word, everywhere (人, 名, 位) or where the line's own unit names both (户/家, 个（名）)."""
    one, other = plain_measure(stated), plain_measure(asked)
    named = _named(other)
    return bool(one) and (agree(stated, asked) or (one in named and COUNTING.issuperset(named)))


def stands_for(stated: str, asked: str) -> bool:
    """The same by another word, or 个 over a whole table for whatever it counts one by one."""
    return counts_the_same(stated, asked) or (plain_measure(stated) == "个" and plain_measure(asked) in COUNTING)


def _named(unit: str) -> list[str]:
    return [part for part in _PARTS.split(unit) if part]


_MAGNITUDES = {"百万": 10**6, "千万": 10**7, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def split_magnitude(unit: str) -> tuple[int, str]:
    """万元 -> (10000, 元); 元 -> (1, 元)."""
    plain = plain_measure(unit)
    name = next((name for name in _MAGNITUDES if plain.startswith(name) and len(plain) > len(name)), "")
    return _MAGNITUDES.get(name, 1), plain.removeprefix(name)


def only_count_differently(stated: str, asked: str) -> bool:
    """Both count one by one: a person may say that the same is meant. 元 for 万元 never is."""
    return {plain_measure(stated), plain_measure(asked)} <= COUNTING
