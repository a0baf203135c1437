"""The words around figures in free tables: totals, serial numbers, periods, measures."""

import re
from enum import StrEnum
from functools import lru_cache

from indicators.values.unit_of_measure_words import MEASURES
from orgs.names.name_similarity import folded, without_numbering

_TAIL = "(?:数|值|数量|数值|情况|人数|完成|完成数|完成情况|发生数|实有数|实际|实际数|填报数|上报数|末|止)?"
_NOW = re.compile(f"(?:本|当|报告|这个?)(?:期|季度?|月|周|次|半年){_TAIL}|期末{_TAIL}|thisperiod|current")
_YEAR = re.compile(
    f"(?:本|今|当|全)?年(?:初至今|内)?(?:度)?累计{_TAIL}|累计{_TAIL}|今年以来{_TAIL}|(?:年初|1月)至(?:今|本期|本季度?末?){_TAIL}|"
    f"(?:至|截至)?(?:本期|本季度?|期)末?(?:止)?累计{_TAIL}|yeartodate|ytd"
)
_OTHER = re.compile(
    f"上(?:一)?(?:期|季度?|月|周|年|年度)(?:同(?:期|月|季度?))?(?:末)?{_TAIL}|(?:去|前)年(?:同(?:期|月|季度?|周))?{_TAIL}|(?:上年|去年)?同(?:期|月|季){_TAIL}|(?:期|年)初{_TAIL}|"
    "(?:比|较)?(?:上年|去年)?(?:同期|上期|上年)?(?:增减|增长|增加|增幅|变化|变动|±|增减变化)(?:额|数|率|%|幅度|情况)*(?:\\(%\\))?|同比.{0,4}|环比.{0,4}|"
    "(?:年度?|全年|季度|本年)?(?:计划|目标|任务)(?:数|值|任务)?|(?:任务|计划|目标)?完成率(?:\\(%\\))?|(?:占比|比重|比例|占)(?:\\(%\\))?|排名|名次|得分|"
    "lastperiod|previous(?:period)?|lastyear"
)
_VALUE = re.compile(
    "(?:数量|数值|数据|填报|完成|实有|填写|上报|实际|指标值|结果|完成情况|填报内容|内容|人数|个数|数|值|value)(?:数|值|栏|数据)?"
)
_TOTAL = re.compile(
    "(?:.{0,14})(?:合计|小计|总计|共计|汇总|平均|总和)(?:数|值)?|全(?:县|镇|乡|街道?|区|市|旗)|(?:合计|小计|总计|共计).{0,10}"
)
_SERIAL = re.compile("(?:序|编)号?|序次|行次|行号|栏次|序列|no\\.?|number|顺序号?|排序")
_ASIDE = re.compile(
    "备注.{0,4}|说明|注释?|口径|指标(?:口径|解释|说明|含义|定义)|(?:责任|牵头|配合|审核)(?:单位|科室|人|部门)|负责人|填报人|填表人|联系人|(?:联系)?电话|联系方式|"
    "指标(?:类型|类别|性质)|(?:数据)?来源|频率|时间|日期"
)
_MEASURE_HEAD = re.compile("(?:计量|度量|数量)单位|单位|unit")
_CODE_HEAD = re.compile("(?:指标|单位|组织|机构|党组织|行政区划)?(?:代码|编码|编号)|code")
_PERIOD_HEAD = re.compile(
    "(?:统计|报告|所属|填报|数据|报送)?(?:年份|年度|季度|月份|期间|时期|期别|期|时间段|时间)(?:\\(.*\\))?|统计(?:年份|时间)|period|year"
)
_UNIT_HEAD = re.compile(
    "(?:填报|报送|上报|统计|所属|下属)?(?:单位|党组织|组织|支部|村|社区|村居|村\\(社区\\)|村\\(居\\)|行政村|机构|企业|部门)(?:全称|全?(?:名称|名|别)?)"
    "|名称|organization"
)
_NEAR_HEAD = re.compile(
    "(?:所属|所在|隶属)?(?:乡镇?|镇街?|街镇|镇办|乡镇街道|街道|镇\\(街道\\)|乡镇\\(街道\\)|上级(?:党组织|单位)?)(?:名称|党委)?"
)
_LABEL = re.compile(
    "^(?:填报|报送|上报|填表|编报|统计)?(?:单位|党组织|支部|村|社区|村居)(?:名称|全称|\\(盖章\\)|\\(公章\\)|名)*(?:\\(盖章\\)|\\(公章\\))?[:](.*)$"
)
# The corner of a table, over names and beside heads: it says what is below it and beside it.
_CORNER = re.compile(
    "(?:统计|主要|填报|考核)?(?:指标|项目|内容|名目|科目|事项|类别|类目)(?:名称|项目|内容|代码|编码|编号)?|.*[\\\\/|].*"
    "|.*(?:指标|项目|内容).*(?:单位|村|支部|组织).*|(?:计量|度量)单位"
)
# Words in so many names that alone they name no figure.
_GENERIC = re.compile(
    "(?:单位|合计|小计|总计|其他|其它|数量|数值|名称|指标|项目|内容|情况|人数|个数|类别|总数|数|个|备注)(?:名称|数)?"
)
_NUMBERED = re.compile(r"\(?[0-9]{1,3}\)?|[甲乙丙丁戊己庚辛]|[0-9]{1,3}=[0-9+\-*/()]+|[a-z]")
_BRACKETED = re.compile(r"\([^()]*\)?$")
_PLACE = re.compile(".*(?:村|社区|居|支部|总支|党委|党工委|镇|乡|街道|公司|学校|协会|村委会|居委会)")
_NUMBER = re.compile(r"(?:约|近|共)?[-+]?[0-9][0-9,]*(?:\.[0-9]+)?(?P<rest>[^0-9]*)")
_NO_NUMBER = re.compile(r"-{1,3}|/{1,2}|无|没有|暂无|不适用|na|n/a|零|nil|清空|clear|#.+|=.+|[是否√✓✔×✕✖✗✘]")
_MAGNITUDES = ("", "万", "亿", "千", "百", "余", "多")


_DATED = re.compile("(?:19|20)[0-9]{2}[年.-][0-9]{1,2}[月.-][0-9]{1,2}日?|[_ ]*年[_ ]*月[_ ]*日")
_TITLED = re.compile(
    "[^:]{0,40}(?:统计|汇总|情况|登记|一览|调查|明细|季报|月报|年报|报)表(?:\\(.*\\))?|附(?:件|表)[0-9一二三四五六七八九十]{0,3}"
    "|.*(?:台账|清单|花名册)(?:\\(.*\\))?|.*(?:19|20)[0-9]{2}年.+(?:情况|表|数据|资料)(?:\\(.*\\))?"
)


class Timing(StrEnum):
    """The time of the figures under a head: the period, since January, or another one."""

    NOW = "now"
    YEAR = "year"
    OTHER = "other"
    END = "end"  # the last month of the period: a stock as of then, of other figures only a part
    PART = "part"  # another month within the period


@lru_cache(maxsize=16384)
def timing_of(text: str) -> Timing | None:
    """The time of a head that is only such a word: 本期数, 本年累计, 上年同期."""
    word = without_numbering(text).strip(":()")
    word = _BRACKETED.sub("", word) or word
    for timing, pattern in ((Timing.NOW, _NOW), (Timing.YEAR, _YEAR), (Timing.OTHER, _OTHER)):
        if pattern.fullmatch(word):
            return timing
    return None


@lru_cache(maxsize=16384)
def split_timing(text: str) -> tuple[str, Timing | None]:
    """Splits 党员总数（上年同期） -> 党员总数, OTHER; 本期党员总数 -> 党员总数, NOW; anything else stays."""
    name = without_numbering(text)
    if timing := timing_of(text):
        return "", timing
    for place in range(min(8, len(name) - 2), 1, -1):  # the longest: 上年同期, not 上年
        if timing := timing_of(name[:place].strip("(:,-_)")):
            return name[place:].strip("(:,-_)"), timing
    for place in range(max(2, len(name) - 10), len(name) - 1):
        if timing := timing_of(name[place:].strip("(:,-_)")):
            return name[:place].strip("(:,-_)"), timing
    return name, None


def is_total(text: str) -> bool:
    return _matches(_TOTAL, text)


def is_serial(text: str) -> bool:
    return _matches(_SERIAL, text)


def is_aside(text: str) -> bool:
    """Whether the column is about the row and has no figure: 备注, 责任单位, 指标解释."""
    return _matches(_ASIDE, text)


def is_measure_head(text: str) -> bool:
    return _matches(_MEASURE_HEAD, text)


def is_code_head(text: str) -> bool:
    return _matches(_CODE_HEAD, text)


def is_period_head(text: str) -> bool:
    """Whether the column gives the period of each row: 年份, 统计期, 季度."""
    return _matches(_PERIOD_HEAD, text)


def is_unit_head(text: str) -> bool:
    return _matches(_UNIT_HEAD, text)


def is_near_head(text: str) -> bool:
    """Whether the column names the organization above the unit: 乡镇, 所属街道, 上级党组织."""
    return _matches(_NEAR_HEAD, text)


def is_generic(text: str) -> bool:
    """Whether the word alone is no name of a figure: 单位, 合计, 其他, 数量."""
    return bool(_GENERIC.fullmatch(folded(text)))


def is_corner(text: str) -> bool:
    """Whether the text heads the lines of a table, or what is below and beside it: 项目, 指标名称, 指标\\单位."""
    return bool(_CORNER.fullmatch(folded(text)))


def is_value_head(text: str) -> bool:
    return _matches(_VALUE, text)


def is_place_like(text: str) -> bool:
    """Whether the text ends as names of units do, known or not."""
    return _matches(_PLACE, text)


def is_numbered(text: str) -> bool:
    """Whether the text counts the columns: 甲, 乙, 1, (2), 3=1+2."""
    return _matches(_NUMBERED, text)


def is_title_line(text: str) -> bool:
    """Whether the text is in a title block, which heads no column: 填报单位：石桥村, 填报日期, 2026年9月30日, …统计表, 附件1."""
    word = folded(text)
    if not word or word in MEASURES:
        return False
    is_label = ":" in word and not word.startswith(("其中:", "单位:", "计量单位:", "金额单位:"))
    return is_label or bool(_DATED.search(word) or _TITLED.fullmatch(word))


def looks_like_figure(text: str) -> bool:
    """Whether a text is in place of a figure: 12人, ―, 无, 1,200."""
    word = folded(text)
    found = _NUMBER.fullmatch(word)
    if found is None:
        return bool(_NO_NUMBER.fullmatch(word))
    return found["rest"] in MEASURES or found["rest"].rstrip("余多") in _MAGNITUDES


def labelled_unit(text: str) -> str | None:
    """The name after a label: 填报单位（盖章）：石桥村党支部 -> 石桥村党支部.

    "" if the name is in the next cell; None for other texts.
    """
    found = _LABEL.match(folded(text))
    return found.group(1) if found else None


@lru_cache(maxsize=65536)
def _matches(pattern: re.Pattern, text: str) -> bool:
    word = folded(text).strip(":")
    return bool(pattern.fullmatch(word) or (word.endswith(")") and pattern.fullmatch(_BRACKETED.sub("", word))))
