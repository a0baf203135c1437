"""The closed lists of the tree: types, categories, roles, successions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrgType(TextChoices):
    COMMITTEE = "committee", _("Party committee")
    GENERAL_BRANCH = "general_branch", _("General Party branch")
    BRANCH = "branch", _("Party branch")
    JOINT_BRANCH = "joint_branch", _("Joint Party branch")
    WORKING_COMMITTEE = "working_committee", _("Party working committee")
    PARTY_GROUP = "party_group", _("Party group")
    NONE = "none", _("No Party organization")


class UnitCategory(TextChoices):
    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township")
    STREET = "street", _("Sub-district")
    DEV_ZONE = "dev_zone", _("Development zone")
    INDUSTRY_COMMITTEE = "industry_committee", _("Industry Party committee")
    DEPARTMENT = "department", _("County department")
    VILLAGE = "village", _("Village")
    COMMUNITY = "community", _("Community")
    AGENCY = "agency", _("Agency")
    INSTITUTION = "institution", _("Public institution")
    STATE_ENTERPRISE = "state_enterprise", _("State-owned enterprise")
    COLLECTIVE_ENTERPRISE = "collective_enterprise", _("Collective enterprise")
    PRIVATE_ENTERPRISE = "private_enterprise", _("Non-public enterprise")
    SOCIAL_ORGANIZATION = "social_organization", _("Social organization")
    SCHOOL = "school", _("School")
    GUIDANCE_STATION = "guidance_station", _("Party-building guidance station")
    OTHER = "other", _("Other unit")


# The probable type of a new organization if a file does not give it; everything else is a branch.
USUAL_TYPES = {
    UnitCategory.COUNTY: OrgType.COMMITTEE,
    UnitCategory.TOWNSHIP: OrgType.COMMITTEE,
    UnitCategory.STREET: OrgType.WORKING_COMMITTEE,
    UnitCategory.DEV_ZONE: OrgType.WORKING_COMMITTEE,
    UnitCategory.INDUSTRY_COMMITTEE: OrgType.COMMITTEE,
}


class Role(TextChoices):
    CLERK = "clerk", _("Clerk")
    REVIEWER = "reviewer", _("Reviewer")
    OFFICER = "officer", _("Officer")
    LEADER = "leader", _("Leader")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDITOR = "auditor", _("Auditor")


# GB/T 22239 wants three separated administrators: no account may hold two of these, nor one beside a working role.
SEPARATED_ROLES = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)


class SuccessionKind(TextChoices):
    OPEN = "open", _("Opened")
    CLOSE = "close", _("Closed")
    SUSPEND = "suspend", _("Suspended")
    REOPEN = "reopen", _("Reopened")
    MERGE = "merge", _("Merged")
    SPLIT = "split", _("Split")
    RENAME = "rename", _("Renamed")
    MOVE = "move", _("Moved")
    RECATEGORIZE = "recategorize", _("Category changed")
