"""Classifies a column head about organizations: the row's own unit, its code, the place above it, a relation to another one.

One classification for uploaded tables and for upper levels' tables. It reads one head, not the names below it.
"""

import re
from enum import StrEnum
from functools import lru_cache

from orgs.names.name_similarity import folded, without_numbering


class UnitHead(StrEnum):
    """OWN names the unit that the row is about; CODE holds its code; ABOVE the place above it (镇), which narrows names.

    SUPERIOR is the superior organization (上级党组织): it may narrow names and is never the row's own. RELATION names another
    organization (结对村, 原村名), never the row's own. UNCLEAR names organizations with an unknown word (帮带村): only a person
    can decide. NONE names no organization.
    """

    OWN = "own"
    CODE = "code"
    ABOVE = "above"
    SUPERIOR = "superior"
    RELATION = "relation"
    UNCLEAR = "unclear"
    NONE = "none"


_NOUN = (
    "基层党组织|党支部委员会|党总支委员会|党组织|联合党支部|党总支|党支部|支部委员会|总支|支部|党委|党组|组织|单位|行政村|建制村|村民委员会|居民委员会"
    "|村委会|居委会|村委|居委|村\\(居\\)民委员会|党\\(总\\)支部|两新组织|嘎查村|嘎查|村屯|村居社区|村社区|村居|村社|村队|社区村|社区居|村|社区|居|机构|企业|公司|机关|部门|学校|医院|站所|团体|协会|organi[sz]ation|unit|village"
)
_NOUNS = rf"(?:{_NOUN})(?:[/、,或和及与]?(?:{_NOUN})|\((?:{_NOUN})(?:[/、,或和及与](?:{_NOUN}))*\))*"
# Words before the noun that do not change whose unit it is.
_QUALIFIER = (
    "村级|镇级|填报|填表|填写|报送|上报|申报|报告|统计|编报|编制|汇总|报表|被?调查|本级?|各级?|该|我|此|行政|建制|基层|农村|城市|城镇|党的?|现任?|现在|现有|现用|目前|当前"
    "|全部|所有|下属|下辖|所辖|辖区内?|辖|(?:合并|撤并|调整|更名|变更|改名|重组)后的?|新|正式|法定|规范|标准|reporting"
)
_SUFFIX = "(?:的)?(?:中文|规范|标准|现用)?(?:全称|简称|名称|名字|名录|名单|名|称|别|name)?(?:及?(?:公章|盖章))?"
_OWN = re.compile(rf"(?:{_QUALIFIER})*(?:{_NOUNS}){_SUFFIX}|(?:{_QUALIFIER})*(?:名称|全称|简称|名录|名单|name)(?:全称|简称)?")
_TOWN = (
    "县区|县市区|县|区县|乡镇街道|镇街道|乡镇街|镇乡街道|乡镇场|乡镇|镇街|街镇|镇办|乡|镇|街道办事处|街道办|街道|办事处|片区"
    "|township|street"
)
_TOWNS = rf"(?:{_TOWN})(?:[/、,或和及与]?(?:{_TOWN})|\((?:{_TOWN})(?:[/、,或和及与](?:{_TOWN}))*\))*"
_UPPER = "(?:上级|上一级|所属|所在|隶属|归属|主管|所隶属)(?:的)?"
_ABOVE = re.compile(rf"(?:所属|所在|所辖|隶属|归属|上级|各|本)?(?:的)?(?:{_TOWNS})(?:党委|党工委|党组织)?{_SUFFIX}")
_SUPERIOR = re.compile(rf"{_UPPER}(?:党委|党工委|党组织|组织|单位|机构|部门|党总支|总支)*{_SUFFIX}")
_CODE = re.compile(
    rf"(?:(?:{_QUALIFIER})*(?:{_NOUNS}|行政区划|区划|统计用区划|统一社会信用|社会信用|法人|信用)?(?:代码|编码|代号|code)(?:/?编号)?)|(?:{_QUALIFIER})*(?:{_NOUNS})编号"
)
# Words that relate the row to another organization.
_TIE = re.compile(
    "结对|结亲|结成|结为|配对|对子|帮扶|帮带|帮联|帮包|帮建|共建|联建|联创|互联|联系|包联|包保|包抓|包村|包片|包户|挂点|挂联|挂包|挂钩|挂村|挂职|对口|对接|对应"
    "|原|曾|旧|前身|以前|之前|过去|历史|(?:合并|撤并|调整|更名|变更|改名|重组)前|并入|拆分|撤销|上级|上一级|所属|隶属|归属|所在|主管|牵头|责任|配合|协作|协同|协助|承办|主办"
    "|派驻|派出|派往|驻点|驻村|下派|选派|迁入|迁出|迁往|流入|流出|流向|流动|输出|输入|接收|接受|移交|转入|转出|转往|来源|来自|去向|去往|支援|援助|援建|双联|受援|资助|捐赠|捐助|合作|友好|相邻|邻近|邻|周边"
    "|领办|领建|后盾|定点|指导|督导|督促|蹲点|联村|帮村|助村|支持|签约|合同|伙伴|认领|手拉手|兄弟|姊妹|关联|相关|推荐|介绍|户籍|工作单位|任职|就业|服务(?:单位|对象|的?村|的?企业)|包(?:点|保)"
    "|监管|管理单位|审核|审批|开户|投资|出资|建设单位|施工|运营|所有权|挂靠|依托|联合(?!党|支部)|partner|former|parent"
)
_LONE_TIES = frozenset(("结对", "帮扶", "结对帮扶", "共建", "联建", "包保", "挂点", "对口", "对口帮扶", "挂钩", "包联"))
_NEUTRAL = re.compile("(?:各|所有|全部)?(?:地区|区域|地域|辖区)(?:名称|名)?|area|region")
_COUNTED = re.compile("(?<=[^0-9()])(?:[0-9]{1,2}|[一二三四五])$")  # 帮扶村1, 帮扶村2
_BRACKETED = re.compile(r"\([^()]*\)$")
_ENDS_AS_UNIT = re.compile(rf"(?:{_NOUNS}|镇|乡|街道|[联挂包]系?点){_SUFFIX}$|(?:名|称|代码|编码)$")
# Heads of figures and of indicators that end in the same words.
_OF_FIGURES = re.compile(
    "(?:指标|项目|科目|内容|事项|活动|课程|产品|品种|物资|计量|度量|数量|金额|货币).{0,3}(?:名称|单位|代码|编码|编号|全称|简称)?|是否.*|.*姓名|.*书记|.*(?:数|数量|率|额|值|量|人次|个数)"
)


@lru_cache(maxsize=16384)
def unit_head(text: str) -> UnitHead:
    """Classifies the text of one head, without the heads over it."""
    word = _COUNTED.sub("", without_numbering(folded(text)).strip(":,.-_"))
    if not word:
        return UnitHead.NONE
    kind = _kind(word)
    bare = _BRACKETED.sub("", word)
    if kind in (UnitHead.NONE, UnitHead.UNCLEAR) and bare not in ("", word):
        return UnitHead.RELATION if is_tie(word[len(bare) :]) and _kind(bare) != UnitHead.NONE else _kind(bare)
    return kind


@lru_cache(maxsize=16384)
def is_tie(text: str) -> bool:
    """Whether a group of heads (结对情况 over 村名) relates the heads below it to another organization."""
    return bool(_TIE.search(folded(text)))


@lru_cache(maxsize=16384)
def is_neutral_head(text: str) -> bool:
    """Whether the head names places but no kind of unit, as 地区.

    The column is the row's own if no other head is more specific.
    """
    return bool(_NEUTRAL.fullmatch(without_numbering(folded(text)).strip(":,.-_")))


def _kind(word: str) -> UnitHead:
    if _OF_FIGURES.fullmatch(word):
        return UnitHead.NONE
    if _ABOVE.fullmatch(word):
        return UnitHead.ABOVE
    if _SUPERIOR.fullmatch(word):
        return UnitHead.SUPERIOR
    if _TIE.search(word):
        return UnitHead.RELATION if _ENDS_AS_UNIT.search(word) or word in _LONE_TIES else UnitHead.NONE
    if _CODE.fullmatch(word):
        return UnitHead.CODE
    if _OWN.fullmatch(word):
        return UnitHead.OWN
    return UnitHead.UNCLEAR if _ENDS_AS_UNIT.search(word) else UnitHead.NONE
