"""The columns of a table of figures, in both languages."""

from django.utils.translation import gettext_lazy as _

from orgs.loading.columns import Holds, LoaderColumn

COLUMNS = (
    LoaderColumn("form", _("Form number"), ("报表编号", "报表编码", "报表代码"), True, example="两新季01表"),
    LoaderColumn("period", _("Period"), ("期别", "报表期", "填报期", "所属期"), True, Holds.PERIOD, example="2026年第三季度"),
    LoaderColumn(
        "org_code", _("Organization code"), ("单位编码", "单位代码", "组织编码", "编码", "代码"), True, Holds.CODE, example="370883101"
    ),
    LoaderColumn("indicator_code", _("Indicator code"), ("指标编码", "指标", "编码", "代码"), holds=Holds.CODE, example="ORG-001"),
    LoaderColumn("item", _("Breakdown item"), ("分项名称", "分项")),
    LoaderColumn(
        "value", _("Value"), ("数据", "指标值", "数"), True, example="12",
        note=_("A number, 0, NA (不适用) or empty; NIL in a row without indicator: a nil report."),
    ),
)  # fmt: skip
