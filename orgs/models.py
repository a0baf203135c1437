"""Organizations, their places from day to day, their successions; people and their posts."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orgs.choices import OrgType, Role, SuccessionKind, UnitCategory
from orgs.stamps import new_stamp


class Organization(models.Model):
    """A party organization or a reporting unit. Its places are in its placements."""

    # The county-level organization above it, itself if it is one; for organizations above counties, the root.
    county = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(_("Code"), max_length=40)
    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(_("Short name"), max_length=60, blank=True)
    initials = models.CharField(_("Pinyin initials"), max_length=200, blank=True)
    org_type = models.CharField(_("Organization type"), max_length=30, choices=OrgType, default=OrgType.BRANCH)
    unit_category = models.CharField(_("Unit category"), max_length=30, choices=UnitCategory, default=UnitCategory.OTHER)
    is_functional = models.BooleanField(_("Functional organization"), default=False)
    is_new_form = models.BooleanField(_("New business form"), default=False)
    sort_order = models.PositiveIntegerField(_("Order"), default=0)
    contact = models.CharField(_("Contact"), max_length=60, blank=True)
    telephone = models.CharField(_("Office telephone"), max_length=40, blank=True)
    # New with every change of a placement in the county: sums under another tree are then stale (county row only).
    tree_stamp = models.PositiveBigIntegerField(default=new_stamp)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "code"], name="orgs_organization_code")]
        indexes = [
            models.Index(fields=["code"], name="orgs_organization_by_code"),
            models.Index(fields=["county", "sort_order", "code"], name="orgs_organization_order"),
        ]

    def __str__(self):
        return self.name


class FormerName(models.Model):
    """A former name of an organization, which held up to and including a day. The present name is in the organization."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "organization", "until"], name="orgs_former_name_once"),
        ]


class FormerCategory(models.Model):
    """The category and type of an organization up to and including a day, before it got others (撤村改社区)."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="former_categories")
    unit_category = models.CharField(max_length=30, choices=UnitCategory)
    org_type = models.CharField(max_length=30, choices=OrgType)
    until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "organization", "until"], name="orgs_former_category_once"),
        ]


class Placement(models.Model):
    """The place of an organization from one day to another, both inclusive. An open end is null."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="placements", db_index=False)
    parent = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    district = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    line = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    path = models.CharField(max_length=120)
    # The organization stands nowhere on this one day; only its reports for periods that end on it count here (decision 214).
    is_report_place = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "organization", "valid_from"], name="orgs_placement_start"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="orgs_placement_dates"
            ),
            models.CheckConstraint(
                condition=Q(is_report_place=False) | Q(valid_to=F("valid_from")), name="orgs_report_place_one_day"
            ),
        ]
        indexes = [
            models.Index(fields=["county", "path"], name="orgs_placement_path"),
            models.Index(fields=["path"], name="orgs_placement_any_path"),
            models.Index(fields=["organization"], name="orgs_placement_org"),
        ]


class Succession(models.Model):
    """What happened to organizations on a day: opened, closed, merged, split, renamed, moved.

    A change on a day holds from it. `undo`: how to take it back, as `orgs.tree.succession_undo` writes it; empty where it
    cannot be.
    """

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=SuccessionKind)
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    undo = models.JSONField(default=dict)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True, recorded_by__isnull=True)
                | Q(recorded_at__isnull=False, recorded_by__isnull=False),
                name="orgs_succession_recorded_pair",
            ),
        ]


class SuccessionEnd(models.Model):
    """One predecessor or successor of a succession; a successor of a split has its recorded share, or null."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    succession = models.ForeignKey(Succession, on_delete=models.PROTECT, related_name="ends")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="succession_ends")
    is_predecessor = models.BooleanField()
    share = models.DecimalField(max_digits=12, decimal_places=6, null=True)


class UserManager(BaseUserManager):
    """Reads users by their user name; accounts are made by orgs.accounts.accounts only."""


class User(AbstractBaseUser):
    """A person with an account. Posts decide what the person may do; nobody is a superuser."""

    username = models.CharField(_("User name"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=60)
    is_active = models.BooleanField(_("Active"), default=True)
    must_change_password = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    # The only valid session if one at a time is allowed (setting).
    session_key = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    def __str__(self):
        return self.name


class PasswordMemory(models.Model):
    """The hash of an earlier password, so that the last five are refused."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="password_memories")
    password = models.CharField(max_length=128)
    at = models.DateTimeField()


class ListChoice(models.Model):
    """The state in which a person left a list: its order, filters and rows per page, as the query of an address.

    Belongs to the person, not to a county.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="list_choices", db_index=False)
    name = models.CharField(max_length=40)
    asked = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="orgs_list_choice_once")]


class Post(models.Model):
    """A role of a person at an organization from one day to another, both inclusive."""

    county = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=Role)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "user", "organization", "role", "valid_from"], name="orgs_post_once"),
        ]
