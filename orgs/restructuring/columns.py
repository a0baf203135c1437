"""The columns of a table of changes to organizations and the words of their cells, in both languages."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from orgs.choices import SuccessionKind, UnitCategory
from orgs.loading.columns import Holds, LoaderColumn
from orgs.loading.org_columns import ORG_TYPES, UNIT_CATEGORIES
from orgs.loading.words import ListWords


class ReportsDecision(TextChoices):
    """What becomes of reports sent in for a period at whose end their unit stands no more."""

    KEEP = "keep", _("Go on counting")
    EXEMPT = "exempt", _("Exempt")


KINDS = ListWords(
    SuccessionKind,
    {
        SuccessionKind.OPEN: ("新设", "成立", "新成立", "新建", "新设立", "组建", "establish"),
        SuccessionKind.CLOSE: ("关闭", "注销", "撤消", "裁撤", "解散"),
        SuccessionKind.SUSPEND: ("停用", "暂停使用", "休眠", "中止"),
        SuccessionKind.REOPEN: ("重启", "恢复设置", "恢复使用", "重新设立", "复设"),
        SuccessionKind.MOVE: (
            "划转", "划入", "变更隶属", "隶属变更", "变更隶属关系", "隶属关系变更", "隶属调整", "调整隶属关系", "移交", "转隶", "改隶",
            "迁移",
        ),
        SuccessionKind.RENAME: ("改名", "名称变更", "变更名称", "更改名称"),
        SuccessionKind.MERGE: ("并入", "撤并", "整合", "合村", "并村", "合村并居", "撤乡并镇"),
        SuccessionKind.SPLIT: ("分设", "分立", "拆分设立", "析出"),
        SuccessionKind.RECATEGORIZE: (
            "类别变更", "变更类别", "单位类别变更", "类型变更", "变更类型", "转制", "改制", "撤村改社区", "村改社区", "村改居",
            "撤村建居", "撤村改居", "category",
        ),
    },
)  # fmt: skip
TO_COMMUNITY = ("撤村改社区", "村改社区", "村改居", "撤村建居", "撤村改居")
DECISIONS = ListWords(
    ReportsDecision, {ReportsDecision.KEEP: ("保留", "照计", "有效"), ReportsDecision.EXEMPT: ("免报", "不计", "豁免")}
)
COLUMNS = (
    LoaderColumn(
        "kind", _("Kind of change"), ("变动类型", "变更类型", "调整类型", "变动事项", "变更事项", "调整事项", "事项", "类型"), True,
        Holds.CHOICE, KINDS,
    ),
    LoaderColumn(
        "on", _("Day of the change"), ("生效日期", "变更日期", "调整日期", "批准日期", "日期", "起始日期", "生效日"), True, Holds.DAY,
        note=_("The change holds from this day; the day before is the last of the old state."), example="2026-07-01",
    ),
    LoaderColumn(
        "from_codes", _("Codes before"),
        ("原编码", "原代码", "变动前代码", "原单位编码", "原单位代码", "原组织编码", "原组织代码", "单位编码", "单位代码", "组织编码",
         "编码"),
        holds=Holds.CODE, note=_("The organizations to which it happens; several parted by ;"), example="370883101001;370883101002",
    ),
    LoaderColumn(
        "to_codes", _("Codes after"),
        ("新编码", "新代码", "变动后代码", "新单位编码", "新单位代码", "新组织编码", "新组织代码", "承接单位编码", "承接单位代码",
         "并入编码", "去向编码"),
        holds=Holds.CODE, note=_("What is opened, or what carries the old on; several parted by ;"), example="370883101009",
    ),
    LoaderColumn(
        "parent_code", _("Code of the organization above"),
        ("上级编码", "上级代码", "新上级编码", "新上级代码", "上级组织编码", "上级组织代码", "上级单位编码", "上级单位代码",
         "上级党组织编码", "上级党组织代码"),
        holds=Holds.CODE, note=_("Where it stands from the day on."), example="370883102",
    ),
    LoaderColumn(
        "shares", _("Shares"), ("比例", "分配比例", "拆分比例", "划分比例", "分摊比例"),
        note=_("Of a split: how what was reported before is divided, in the order of the codes after, such as 0.6;0.4 or 60;40."),
        example="0.6;0.4",
    ),
    LoaderColumn(
        "note", _("Note"), ("文号", "依据", "文件依据", "批准文号", "批复文号", "说明", "变更依据"),
        note=_("The document on which it rests."), example="县组〔2026〕5号",
    ),
    LoaderColumn(
        "name", _("New name"), ("名称", "新单位名称", "新组织名称", "变更后名称", "变动后名称", "单位名称", "组织名称"),
        note=_("Of a renaming, and of an organization that is opened; several parted by ; in the order of their codes."),
    ),
    LoaderColumn(
        "unit_category", _("Unit category"), ("单位类型", "新类别", "新单位类别", "变更后类别", "变动后类别", "类别"), holds=Holds.CHOICE,
        words=UNIT_CATEGORIES,
    ),
    LoaderColumn(
        "org_type", _("Organization type"), ("党组织类型", "组织类型", "组织类别", "新组织类型"), holds=Holds.CHOICE, words=ORG_TYPES,
    ),
    LoaderColumn(
        "district_code", _("Code of the district"), ("属地编码", "属地代码", "所在地编码", "所属乡镇编码"), holds=Holds.CODE,
    ),
    LoaderColumn(
        "line_code", _("Code of the line of work"), ("行业编码", "行业代码", "条线编码", "系统编码", "行业党委编码"), holds=Holds.CODE,
    ),
    LoaderColumn(
        "reports", _("Reports already sent in"), ("已报报表", "报表处理", "已报数据", "报表"), holds=Holds.CHOICE, words=DECISIONS,
        note=_("For a period at whose end the unit stands no more: go on counting where it stood (the default), or exempt by decision."),
    ),
)  # fmt: skip


def category_said(text: str) -> str:
    """The unit category that the word for a change says itself: 撤村改社区."""
    return UnitCategory.COMMUNITY if text.strip() in TO_COMMUNITY else ""
