"""The columns of a table of organizations and the words of their cells, in both languages."""

from django.utils.translation import gettext_lazy as _

from orgs.choices import OrgType, UnitCategory
from orgs.loading.columns import Holds, LoaderColumn
from orgs.loading.words import ListWords

ORG_TYPES = ListWords(
    OrgType,
    {
        OrgType.COMMITTEE: ("党的委员会", "基层党委", "党委会"),
        OrgType.GENERAL_BRANCH: ("总支", "党总支部", "总支部"),
        OrgType.BRANCH: ("支部", "党支部委员会", "独立党支部"),
        OrgType.JOINT_BRANCH: ("联合支部",),
        OrgType.WORKING_COMMITTEE: ("党的工作委员会", "党工作委员会", "工委"),
        OrgType.NONE: ("无", "未建", "未建党组织", "没有党组织"),
    },
)
UNIT_CATEGORIES = ListWords(
    UnitCategory,
    {
        UnitCategory.COUNTY: ("县级", "区", "县区", "县（区）", "县（市、区）", "旗", "县级市"),
        UnitCategory.TOWNSHIP: ("乡", "镇", "乡（镇）", "民族乡"),
        UnitCategory.STREET: ("街道办事处", "街道办"),
        UnitCategory.DEV_ZONE: ("开发园区", "园区", "工业园区", "经济开发区"),
        UnitCategory.INDUSTRY_COMMITTEE: ("行业党工委", "行业"),
        UnitCategory.DEPARTMENT: ("县直单位", "县直机关", "区直部门", "县直机关部门", "科局"),
        UnitCategory.VILLAGE: ("村", "行政村", "嘎查", "村（嘎查）"),
        UnitCategory.COMMUNITY: ("城市社区", "居委会"),
        UnitCategory.AGENCY: ("党政机关", "机关单位"),
        UnitCategory.INSTITUTION: ("事业", "公共事业单位"),
        UnitCategory.STATE_ENTERPRISE: ("国企", "国有企业单位", "公有制企业"),
        UnitCategory.COLLECTIVE_ENTERPRISE: ("集体",),
        UnitCategory.PRIVATE_ENTERPRISE: ("非公", "非公有制企业", "民营企业", "私营企业", "非公有制经济组织", "非公经济组织"),
        UnitCategory.SOCIAL_ORGANIZATION: ("社会团体", "社会组织单位", "社团"),
        UnitCategory.GUIDANCE_STATION: ("党建指导站", "指导站"),
        UnitCategory.OTHER: ("其它", "其他单位"),
    },
)
COLUMNS = (
    LoaderColumn(
        "code", _("Organization code"), ("编码", "代码", "单位编码", "单位代码", "组织编码", "组织代码", "机构编码", "机构代码"), True,
        Holds.CODE, note=_("One code names one organization, for good."), example="370883101",
    ),
    LoaderColumn(
        "name", _("Organization name"), ("名称", "单位名称", "组织名称", "全称", "党组织名称", "机构名称", "单位全称", "党组织全称"), True,
        example="青山镇党委",
    ),
    LoaderColumn("short_name", _("Short name"), ("单位简称", "组织简称"), example="青山镇"),
    LoaderColumn(
        "org_type", _("Organization type"), ("党组织类型", "组织类别", "组织类型", "类别", "类型"), holds=Holds.CHOICE, words=ORG_TYPES,
        note=_("Left empty: the usual one for the unit category."),
    ),
    LoaderColumn(
        "unit_category", _("Unit category"), ("单位类型", "单位性质", "类别", "类型"), holds=Holds.CHOICE, words=UNIT_CATEGORIES,
    ),
    LoaderColumn(
        "parent_code", _("Code of the organization above"),
        ("上级编码", "上级代码", "上级组织编码", "上级组织代码", "上级单位编码", "上级单位代码", "上级党组织编码", "上级党组织代码",
         "隶属编码", "父级编码"),
        holds=Holds.CODE, note=_("Where its figures are added up."), example="370883",
    ),
    LoaderColumn(
        "district_code", _("Code of the district"), ("属地编码", "属地代码", "所在地编码", "所属乡镇编码"), holds=Holds.CODE,
        note=_("The place it lies in, where that is not the organization above."),
    ),
    LoaderColumn(
        "line_code", _("Code of the line of work"), ("行业编码", "行业代码", "条线编码", "系统编码", "行业党委编码"), holds=Holds.CODE,
    ),
    LoaderColumn(
        "valid_from", _("In place from"), ("生效日期", "启用日期", "起始日期", "开始日期", "设立日期", "成立日期", "有效期起", "自"),
        holds=Holds.DAY,
    ),
    LoaderColumn(
        "valid_to", _("In place until"), ("失效日期", "停用日期", "终止日期", "截止日期", "结束日期", "撤销日期", "有效期止", "至"),
        holds=Holds.DAY, note=_("The last day, inclusive; empty: open."),
    ),
    LoaderColumn("is_functional", _("Functional organization"), ("是否功能型党组织", "功能型"), holds=Holds.FLAG),
    LoaderColumn("is_new_form", _("New business form"), ("是否新业态", "新业态新就业群体"), holds=Holds.FLAG),
    LoaderColumn("sort_order", _("Order"), ("排序", "顺序", "排列顺序", "排序号"), holds=Holds.NUMBER),
    LoaderColumn("contact", _("Contact"), ("联络人", "联系人姓名"), example="王一"),
    LoaderColumn("telephone", _("Office telephone"), ("电话", "联系电话", "电话号码", "座机"), example="0537-1234567"),
)  # fmt: skip
