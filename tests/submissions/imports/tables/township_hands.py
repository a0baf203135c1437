"""One township's thirty villages as thirty clerks send them: own words for the lines, own layouts, own kinds of file."""

import random
from dataclasses import dataclass

from orgs.names.name_matching import Candidate
from spreadsheets.read.workbook import ReadSheet
from tests.submissions.imports.tables.county import as_file
from tests.submissions.imports.tables.files import as_csv, as_old_workbook
from tests.submissions.imports.tables.strangers.slots import (
    EMPTY,
    Block,
    Figure,
    Slot,
    across,
    below,
    sheet_from,
    texts,
)
from tests.submissions.imports.tables.world import VILLAGES

# The line's own name or what leaves no doubt about it, then what people call it.
LINES = {
    "PM-001": (("党员总数", "党员总数（名）", "1.党员总数", "PM-001 党员总数"), ("党员人数", "全村党员数", "党员总人数")),
    "PM-002": (("在村党员数", "2.在村党员数", "在村党员数(名)"), ("在村党员", "在村党员人数", "其中：在村党员数")),
    "PM-003": (("流动党员数", "（三）流动党员数", "流动党员数："), ("流动党员", "流动党员人数", "外出流动党员")),
    "PROM-001": (("党员承诺事项", "党员承诺事项（项）"), ("党员承诺事项数", "承诺事项")),
    "PROM-002": (("党员践诺事项", "党员践诺\n事项"), ("党员践诺事项数", "践诺事项")),
    "SVC-103": (("参与关爱活动群众", "参与关爱活动群众（人次）"), ("参加关爱活动群众", "关爱活动参与群众")),
    "ISS-201": (("收集民情民意", "收集民情民意（条）", "①收集民情民意"), ("收集民情民意数", "民情民意收集")),
    "ISS-202": (("解决“急难愁盼”问题", "解决急难愁盼问题", "解决“急难愁盼”问题（件）"), ("解决急难愁盼问题数", "急难愁盼问题解决")),
    "ISS-204": (("民情民意反馈数", "5、民情民意反馈数"), ("民情民意反馈", "反馈民情民意数")),
}  # fmt: skip
_NAMES = ("村名", "单位名称", "填报单位", "党组织名称", "村（社区）", "名称", "支部", "单位", "")
_TITLES = (
    "{place}2026年第{quarter}季度党建工作统计表",
    "{place}基层党建季报（{quarter}季度）",
    "2026年{quarter}季度报表",
    "党建情况表",
)
_QUARTERS = {3: ("三", "2026年9月30日", 202609, 202606, "上期"), 4: ("四", "2026年12月31日", 202612, 202609, "三季度")}


@dataclass(frozen=True)
class SentFile:
    """`truth`: address-free: key -> figure of this village. `means`: head's text -> line."""

    name: str
    content: bytes
    village: Candidate
    truth: dict[str, int]
    means: dict[str, str]


def sent_files(quarter: int) -> list[SentFile]:
    """Thirty files; the same hands in every quarter, with other titles, dates and figures."""
    return [_sent(number, village, quarter) for number, village in enumerate(VILLAGES)]


def _sent(number: int, village: Candidate, quarter: int) -> SentFile:
    hand, figures = random.Random(4100 + number), random.Random(9000 + 100 * quarter + number)
    keys = hand.sample(list(LINES), hand.randint(5, 8))
    heads = {key: hand.choice(LINES[key][1 if hand.random() < 0.08 else 0]) for key in keys}
    truth = {key: figures.randrange(0, 60) for key in keys}
    block = _LAYOUTS[number % len(_LAYOUTS)](hand, village, heads, truth, quarter)
    return _file(number, hand, village, block, truth, {head: f"line:{key}" for key, head in heads.items()})


def _file(number: int, hand: random.Random, village: Candidate, block: Block, truth, means) -> SentFile:
    sheet: ReadSheet = sheet_from(block)
    stem = hand.choice((village.short_name, f"{village.name}报表", f"{village.short_name}2026"))
    kind = number % 5
    if kind == 3:
        return SentFile(f"{stem}.xls", as_old_workbook(sheet), village, truth, means)
    if kind == 4:
        return SentFile(f"{stem}.csv", as_csv(sheet), village, truth, means)
    return SentFile(f"{stem}.xlsx", as_file(sheet), village, truth, means)


def _row(hand, village, heads, truth, quarter) -> Block:
    """Heads beside each other, one row, a total that repeats it, a partner village at the end."""
    partner = hand.choice([other for other in VILLAGES if other != village])
    names = Slot(hand.choice(_NAMES[:-1]))
    head = [names, *(Slot(head) for head in heads.values()), Slot("结对村")]
    row = [
        Slot(hand.choice((village.name, village.short_name))),
        *(_value(truth[key], hand) for key in heads),
        Slot(partner.short_name),
    ]
    total = [Slot("合计"), *(Slot(truth[key]) for key in heads), EMPTY]
    return _page(hand, village, Block([head, row, total]), quarter)


def _turned_row(hand, village, heads, truth, quarter) -> Block:
    head = [Slot(hand.choice(_NAMES[:-1])), *(Slot(head) for head in heads.values())]
    row = [Slot(village.name), *(_value(truth[key], hand) for key in heads)]
    return _page(hand, village, across(Block([head, row])), quarter)


def _list(hand, village, heads, truth, quarter) -> Block:
    """The lines below each other with the month of this quarter beside that of the last."""
    asked, other = _QUARTERS[quarter][2:4]
    rows = [[Slot("序号"), Slot("指标名称"), Slot(other), Slot(asked), Slot("备注")]]
    for number, (key, head) in enumerate(heads.items(), start=1):
        rows.append([Slot(number), Slot(head), Slot(truth[key] + 1), _value(truth[key], hand), EMPTY])
    return _page(hand, village, Block(rows), quarter, is_named=True)


def _two_rows(hand, village, heads, truth, quarter) -> Block:
    """Groups over the heads; each figure beside that of the period before."""
    upper, lower, row = [Slot("序号"), Slot("村名")], [EMPTY, EMPTY], [Slot(1), Slot(village.short_name)]
    merged = [(1, 1, 2, 1), (1, 2, 2, 2)]
    for at, (key, head) in enumerate(heads.items()):
        upper += [Slot(head), EMPTY]
        lower += [Slot("本期"), Slot(_QUARTERS[quarter][4])]
        row += [_value(truth[key], hand), Slot(truth[key] + 2)]
        merged.append((1, 3 + 2 * at, 1, 4 + 2 * at))
    return _page(hand, village, Block([upper, lower, row], merged), quarter)


def _halves(hand, village, heads, truth, quarter) -> Block:
    """The list broken in two to fit the page."""
    pairs = [[Slot(head), _value(truth[key], hand)] for key, head in heads.items()]
    half = (len(pairs) + 1) // 2
    right = [*pairs[half:], *[[EMPTY, EMPTY]] * (2 * half - len(pairs))]
    rows = [
        [Slot("指标"), Slot("数量"), Slot("指标"), Slot("数量")],
        *(a + b for a, b in zip(pairs[:half], right, strict=True)),
    ]
    return _page(hand, village, Block(rows), quarter, is_named=True)


def _long(hand, village, heads, truth, quarter) -> Block:
    """One row for every figure."""
    rows = [[Slot("填报单位"), Slot("指标"), Slot("数值")]]
    rows += [[Slot(village.name), Slot(head), _value(truth[key], hand)] for key, head in heads.items()]
    return _page(hand, village, Block(rows), quarter)


_LAYOUTS = (_row, _list, _two_rows, _halves, _turned_row, _long)


def _page(hand, village, block: Block, quarter: int, *, is_named: bool = False) -> Block:
    """Title, who fills it in, a note."""
    chinese, date = _QUARTERS[quarter][:2]
    place = village.short_name if hand.random() < 0.5 else "青山镇"
    title = hand.choice(_TITLES).format(place=village.short_name if is_named else place, quarter=chinese)
    filled = (f"填报单位：{village.name}", None, f"填报日期：{date}")
    head = [(title,), filled] if is_named or hand.random() < 0.4 else [(title,)]
    notes = hand.choice(((), ((), ("注：本表一式两份。",)), (("填表人：张三", None, f"日期：{date}"),)))
    return below(below(texts(*head), block), texts(*notes))


def _value(figure: int, hand: random.Random) -> Slot:
    return Slot(hand.choice((figure, figure, figure, str(figure), f" {figure} ")), Figure())
