"""The columns of catalogues, forms and checks and the words of their cells, in both languages."""

from django.utils.translation import gettext_lazy as _

from indicators.choices import Direction, Expectation, Frequency, Kind, OrgRule, PeriodRule, Severity
from indicators.domains import DOMAINS
from indicators.kinds.registry import kind_words
from orgs.choices import UnitCategory
from orgs.loading.columns import Holds, LoaderColumn, spoken
from orgs.loading.org_columns import UNIT_CATEGORIES
from orgs.loading.words import ListWords
from orgs.names.name_similarity import folded

KINDS = ListWords(Kind, kind_words())
ORG_RULES = ListWords(
    OrgRule, {OrgRule.SUM: ("求和", "合计", "加总"), OrgRule.RATIO: ("比率",), OrgRule.MEAN: ("平均", "平均值")}
)
PERIOD_RULES = ListWords(
    PeriodRule, {PeriodRule.SUM: ("求和", "合计"), PeriodRule.LAST: ("末期数", "取末期", "期末数"), PeriodRule.MEAN: ("平均",)}
)
DIRECTIONS = ListWords(
    Direction,
    {Direction.UP: ("正向", "越大越好"), Direction.DOWN: ("逆向", "负向", "越小越好"), Direction.NONE: ("无", "中性")},
)
FREQUENCIES = ListWords(
    Frequency,
    {
        Frequency.WEEK: ("周", "每周", "按周"),
        Frequency.MONTH: ("月", "月度", "每月", "按月"),
        Frequency.QUARTER: ("季", "季度", "每季", "每季度", "按季"),
        Frequency.HALF: ("半年", "半年度", "每半年"),
        Frequency.YEAR: ("年", "年度", "每年", "按年"),
    },
)
# The catalogue's own words beside those of everybody.
CATALOGUE_FREQUENCIES = FREQUENCIES.beside({Frequency.QUARTER: ("event",)})
COLLECTED_FROM = UNIT_CATEGORIES.beside(
    {UnitCategory.PRIVATE_ENTERPRISE: ("enterprise",), UnitCategory.SOCIAL_ORGANIZATION: ("social_org",)}
)
BRANCH_WORDS = ("branch", "党支部", "基层党支部")  # primary organizations of every kind of host unit
SEVERITIES = ListWords(
    Severity,
    {
        Severity.MANDATORY: ("强制", "强制性审核", "错误"),
        Severity.VERIFY: ("核实", "核实性审核", "警告"),
        Severity.HINT: ("提示", "提示性审核"),
    },
)
EXPECTATIONS = ListWords(Expectation, {Expectation.PERIOD_END: ("期末",), Expectation.WHOLE_PERIOD: ("整期", "全期在册")})


def domain_named(text: str) -> str:
    """The domain whose name the text is, in either language; a domain of the county's own stays as it is written."""
    plain = folded(text)
    named = (domain for domain, name in DOMAINS.items() if plain in {folded(word) for word in spoken(name)})
    return text if text in DOMAINS else next(named, text)


CATALOGUE = (
    LoaderColumn("code", _("Indicator code"), ("编码", "代码", "指标编码", "指标号"), True, Holds.CODE, example="ORG-001"),
    LoaderColumn("name_zh", _("Indicator name"), ("名称", "指标", "中文名称"), True, example="两新组织总数"),
    LoaderColumn("unit", _("Unit of measure"), ("单位", "计量"), True, example="个"),
    LoaderColumn("kind", _("Kind"), ("指标类型", "数据类型", "时期时点"), True, Holds.CHOICE, KINDS),
    LoaderColumn("name_en", _("English name"), ("英文名",)),
    LoaderColumn("source", _("Source"), ("来源", "数据来源", "资料来源")),
    LoaderColumn("domain", _("Domain"), ("工作领域", "业务领域", "分类"), example="coverage"),
    LoaderColumn("numerator", _("Numerator"), note=_("A formula over indicator codes."), example="ORG-003"),
    LoaderColumn("denominator", _("Denominator"), note=_("A formula over indicator codes."), example="ORG-001"),
    LoaderColumn(
        "disaggregation", _("Breakdown items"), ("分项", "分组", "分项名称"), note=_("Items parted by “;”, breakdowns by “|”."),
        example="初级;中级;高级",
    ),
    LoaderColumn("org_kinds", _("Collected from"), ("填报对象", "采集对象", "填报单位"), holds=Holds.CHOICES, words=UNIT_CATEGORIES),
    LoaderColumn("frequency", _("Frequency"), ("频率", "报送频率", "报表频率"), holds=Holds.CHOICE, words=FREQUENCIES),
    LoaderColumn("validation", _("Rules as catalogued"), ("审核规则", "校验规则", "审核关系"), example="int>=0"),
    LoaderColumn("example_value", _("Example value"), ("示例值",), note=_("For people; not kept.")),
    LoaderColumn("example_org", _("Example organization"), ("示例单位",), note=_("For people; not kept.")),
    LoaderColumn("org_rule", _("Over organizations"), ("汇总方式", "单位汇总规则"), holds=Holds.CHOICE, words=ORG_RULES),
    LoaderColumn("period_rule", _("Over time"), ("各期汇总规则", "时间汇总方式"), holds=Holds.CHOICE, words=PERIOD_RULES),
    LoaderColumn("decimals", _("Decimals"), ("小数位", "保留小数"), holds=Holds.NUMBER, example="0"),
    LoaderColumn("direction", _("Direction"), ("方向",), holds=Holds.CHOICE, words=DIRECTIONS),
    LoaderColumn("na_allowed", _("May be not applicable"), ("允许不适用", "是否允许不适用"), holds=Holds.FLAG),
    LoaderColumn("part_of", _("Of which: part of"), ("所属指标", "上级指标", "其中项所属指标"), holds=Holds.CODE),
    LoaderColumn("formula", _("Formula"), ("公式",)),
    LoaderColumn("condition", _("Condition counted"), ("条件",)),
    LoaderColumn("definition", _("Definition"), ("指标口径", "指标解释", "指标说明", "口径说明")),
    LoaderColumn("valid_from", _("Valid from"), ("生效日期", "启用日期", "有效期起", "起始日期"), holds=Holds.DAY),
    LoaderColumn(
        "valid_to", _("Valid to"), ("失效日期", "停用日期", "有效期止", "终止日期"), holds=Holds.DAY,
        note=_("The last day, inclusive; empty: open."),
    ),
    LoaderColumn(
        "changed_from", _("Definition changes from"), ("口径变更日期", "定义变更日期", "变更起始日期", "口径变更起始日"), holds=Holds.DAY,
        note=_("The day from which the new definition holds. Empty: only the wording is put right."),
    ),
    LoaderColumn(
        "counts_on", _("Earlier figures count on"), ("前后可比", "口径可衔接", "前期数可比"), holds=Holds.FLAG,
        note=_("Yes: figures before the change are compared and added up with those after it."),
    ),
)  # fmt: skip
FORMS = (
    LoaderColumn("form", _("Form number"), ("编码", "代码", "报表编号", "报表编码", "报表代码", "表单编号"), True, example="两新季01表"),
    LoaderColumn("title", _("Title"), ("名称", "报表名称", "标题", "报表标题"), True, example="两新组织党建覆盖情况统计表"),
    LoaderColumn("frequency", _("Frequency"), ("频率", "报送频率", "报表频率", "周期", "报告期别"), True, Holds.CHOICE, FREQUENCIES),
    LoaderColumn("indicator_code", _("Indicator code"), ("编码", "代码", "指标编码", "指标"), True, Holds.CODE, example="ORG-001"),
    LoaderColumn("section", _("Section"), ("栏目", "小标题", "部分"), example="一、台账和组建"),
    LoaderColumn("required", _("Required"), ("是否必填", "必须填报"), holds=Holds.FLAG),
    LoaderColumn(
        "unit_categories", _("Filled by"), ("填报单位类别", "单位类别", "填报对象", "填报范围"), holds=Holds.CHOICES, words=UNIT_CATEGORIES,
        note=_("Empty: every unit fills it."),
    ),
    LoaderColumn("issuer", _("Issuing body"), ("制表机关", "制发机关", "发文机关"), example="县委组织部"),
    LoaderColumn("document_number", _("Document number"), ("发文字号", "文件号", "批准文号"), example="县组发〔2024〕6号"),
    LoaderColumn("valid_until", _("Valid until"), ("有效期", "有效期截止", "截止日期"), holds=Holds.DAY, example="2027-12-31"),
    LoaderColumn("expectation", _("Expected when"), ("应报规则", "在册口径"), holds=Holds.CHOICE, words=EXPECTATIONS),
    LoaderColumn("aggregate_own", _("Inner units fill it too"), ("本级", "是否填报本级", "本级填报"), holds=Holds.FLAG),
)  # fmt: skip
CHECKS = (
    LoaderColumn("form", _("Form number"), ("编码", "代码", "报表编号", "报表编码", "报表代码"), True, example="两新季01表"),
    LoaderColumn("expression", _("Expression"), ("公式", "表达式", "审核关系", "审核表达式"), True, example="{ORG-003} <= {ORG-001}"),
    LoaderColumn("severity", _("Severity"), ("审核级别", "类型", "审核类型", "性质"), True, Holds.CHOICE, SEVERITIES),
    LoaderColumn("message", _("Message"), ("提示", "提示语", "说明", "提示信息"), example="已建党组织数不能多于组织总数"),
)  # fmt: skip
