"""Every address of the system: how to reach an object of the village's, who gets in, and who must not learn that it exists.

A new address gets one line here, or the walk fails. Names of people are those of `tests.security.world`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.security.world import World

FOREIGN = (
    "foreign_clerk", "foreign_officer", "foreign_leader", "foreign_system_admin", "foreign_security_admin",
    "foreign_auditor", "nobody",
)  # fmt: skip
ADMINISTRATORS = ("system_admin", "security_admin", "auditor")
# Who has nothing to do with a village's own report.
NOT_THE_VILLAGE = (*FOREIGN, *ADMINISTRATORS, "sibling", "far_clerk", "far_reviewer")
WORKING = ("clerk", "reviewer", "officer", "leader")
NOT_OFFICERS = ("clerk", "reviewer", "leader", "township_clerk", *ADMINISTRATORS, "nobody")
NOT_REVIEWERS = ("clerk", "leader", "township_clerk")


def nothing(world: World) -> dict:
    return {}


@dataclass(frozen=True)
class Address:
    """`ids`: world -> the ids in the address. `opens`: who gets in. `strangers`: who gets what does not exist.

    `is_open`: without signing in. `query`: what is asked, in the address and as fields of a form; may name `World.ids`.
    """

    opens: str
    strangers: tuple[str, ...] = ()
    ids: Callable[[World], dict] = field(default=nothing)
    is_open: bool = False
    query: str = ""


def open_to_all() -> Address:
    return Address(opens="clerk", is_open=True)


def sent_report(opens: str, *more_strangers: str) -> Address:
    """A page or act of the village's report that waits for review."""
    return Address(opens, (*NOT_THE_VILLAGE, *more_strangers), lambda world: {"submission_id": world.sent.pk})


def task_of_village(opens: str, *more_strangers: str) -> Address:
    """A task as it stands at the village."""
    strangers = (*NOT_THE_VILLAGE, *more_strangers)
    return Address(opens, strangers, lambda world: {"task_id": world.task.pk, "org_id": world.village.pk})


def laid_out(name: str, ids: Callable[[World], int]) -> Address:
    """What only an officer of the county lays out: it belongs to the county, and elsewhere nobody learns that it is there."""
    return Address("officer", (*NOT_OFFICERS, *FOREIGN), lambda world: {name: ids(world)})


def browsed(name: str, ids: Callable[[World], int]) -> Address:
    """A county's own definition, which everybody with a working post there may look up."""
    return Address("clerk", (*ADMINISTRATORS, *FOREIGN), lambda world: {name: ids(world)})


def chosen_village() -> Address:
    """A change of the village, which an officer of its county makes."""
    return Address("officer", (*FOREIGN, *NOT_OFFICERS), query="units={village}")


def asked_about_village(opens: str) -> Address:
    """A page that shows the organization named in its question."""
    return Address(opens, NOT_THE_VILLAGE, query="org={village}")


def upper_table() -> Address:
    """A page or act about a table of the upper level, which the county's officers keep."""
    return Address("officer", (*FOREIGN, *NOT_OFFICERS), lambda world: {"table_id": world.upper_table_id})


def county_layout(ids: Callable[[World], dict]) -> Address:
    """A table that the county laid out itself."""
    return Address("officer", (*FOREIGN, *NOT_OFFICERS), ids)


def own_account() -> Address:
    """A page about oneself: nobody else's can be asked for."""
    return Address(opens="clerk")


def account_page() -> Address:
    return Address(
        "security_admin", (*FOREIGN, *WORKING, "system_admin", "auditor"), lambda world: {"user_id": world.people["clerk"].pk}
    )


def report(opens: str, *more_strangers: str) -> Address:
    """A page or act of the village's report."""
    return Address(opens, (*NOT_THE_VILLAGE, *more_strangers), lambda world: {"submission_id": world.submission.pk})


def own_upload() -> Address:
    """A file that the village's clerk put in: nobody's but the clerk's own, whoever stands above."""
    strangers = (*NOT_THE_VILLAGE, "reviewer", "officer", "leader", "township_clerk")
    return Address("clerk", strangers, lambda world: {"upload_id": world.upload.pk})


def remembered_head() -> Address:
    """What a clerk of the village stated about a head: for the clerks of the village, not for one above."""
    strangers = (*NOT_THE_VILLAGE, "reviewer", "officer", "leader", "township_clerk")
    return Address("clerk", strangers, lambda world: {"head_id": world.head_id})


def notice() -> Address:
    """A notice to the village, whose receipt only the village's clerk gives."""
    strangers = (*NOT_THE_VILLAGE, "reviewer", "officer", "leader", "township_clerk")
    return Address("clerk", strangers, lambda world: {"notice_id": world.notice_id})


def for_clerks() -> Address:
    """Where files are put in: for whoever is a clerk somewhere."""
    return Address("clerk", ("reviewer", "officer", "leader", *ADMINISTRATORS, "nobody"))


def of_village(opens: str, *strangers: str) -> Address:
    """A page or act about the village itself; administrators of the tree may see it, auditors not."""
    far = (*FOREIGN, "sibling", "far_clerk", "far_reviewer", "auditor")
    return Address(opens, (*far, *strangers), lambda world: {"organization_id": world.village.pk})


def of_clerk(opens: str, *more_strangers: str) -> Address:
    """A page or act about the person who is the village's clerk."""
    strangers = (*FOREIGN, "sibling", "far_clerk", "far_reviewer", "auditor", *more_strangers)
    return Address(opens, strangers, lambda world: {"user_id": world.people["clerk"].pk})


def correction(opens: str, *more_strangers: str) -> Address:
    """A page or act of a correction of the village's approved report."""
    return Address(opens, (*NOT_THE_VILLAGE, *more_strangers), lambda world: {"correction_id": world.correction.pk})


ADDRESSES = {
    "set_language": open_to_all(),
    # the door, accounts, audit
    "orgs:login": open_to_all(),
    "orgs:logout": open_to_all(),
    "orgs:session": open_to_all(),
    "orgs:password": own_account(),
    "orgs:second_factor": own_account(),
    "orgs:second_factor_begin": own_account(),
    "orgs:second_factor_confirm": own_account(),
    "orgs:second_factor_remove": own_account(),
    "orgs:accounts": Address("security_admin", (*WORKING, "system_admin", "auditor", "nobody")),
    "orgs:account": account_page(),
    "orgs:account_end_sessions": account_page(),
    "orgs:account_unlock": account_page(),
    "orgs:account_disable": account_page(),
    "orgs:account_enable": account_page(),
    "orgs:account_remove_factor": account_page(),
    "orgs:account_reset_password": account_page(),
    "orgs:audit": Address("auditor", (*WORKING, "system_admin", "security_admin", "nobody")),
    "orgs:audit_export": Address("auditor", (*WORKING, "system_admin", "security_admin", "nobody")),
    # the tree and its people
    "orgs:tree": Address("clerk"),
    "orgs:search": Address("clerk", query="q=3500"),
    "orgs:organization": of_village("clerk"),
    "orgs:organization_edit": of_village("system_admin", *WORKING),
    "orgs:people": Address("officer", ("clerk", "reviewer", "leader", "auditor", "nobody")),
    "orgs:account_add": Address("system_admin", (*WORKING, "security_admin", "auditor", "nobody")),
    "orgs:person": of_clerk("officer"),
    "orgs:post_give": of_clerk("system_admin", *WORKING, "security_admin"),
    "orgs:post_end": Address(
        "system_admin", (*FOREIGN, *WORKING, "security_admin", "auditor"), lambda world: {"post_id": world.post_of("clerk")}
    ),
    # reading
    "home": Address("clerk"),
    "reports:dashboard": asked_about_village("officer"),
    "reports:table": asked_about_village("officer"),
    "reports:figures_json": asked_about_village("officer"),
    "reports:exports": asked_about_village("officer"),
    "reports:flat": asked_about_village("officer"),
    "reports:releases": Address("clerk", (*ADMINISTRATORS, "nobody")),
    "reports:release_check": Address("clerk", (*ADMINISTRATORS, "nobody")),
    "reports:release": Address("clerk", NOT_THE_VILLAGE, lambda world: {"release_id": world.release_id}),
    "reports:release_file": Address("clerk", NOT_THE_VILLAGE, lambda world: {"release_id": world.release_id}),
    "reports:release_next": Address(
        "officer", (*FOREIGN, *NOT_OFFICERS, "sibling"), lambda world: {"release_id": world.release_id}
    ),
    "reports:release_issue": Address("officer", (*FOREIGN, *NOT_OFFICERS), query="org={village}"),
    "reports:successions": Address("officer", NOT_OFFICERS),
    "reports:restructure": chosen_village(),
    "reports:restructure_carry_out": chosen_village(),
    "reports:succession": laid_out("number", lambda world: world.succession_id),
    "reports:succession_take_back": laid_out("number", lambda world: world.succession_id),
    "reports:upper_tables": Address("officer", NOT_OFFICERS),
    "reports:upper_table": upper_table(),
    "reports:upper_bind": upper_table(),
    "reports:upper_bindings": upper_table(),
    "reports:upper_confirm": upper_table(),
    "reports:upper_unit_column": upper_table(),
    "reports:upper_edition": upper_table(),
    "reports:upper_changes": upper_table(),
    "reports:upper_history": upper_table(),
    "reports:upper_retire": upper_table(),
    "reports:upper_fill": upper_table(),
    "reports:layouts": county_layout(lambda world: {"county_id": world.county.pk}),
    "reports:layout": county_layout(lambda world: {"county_id": world.county.pk, "layout_id": world.layout_id}),
    "reports:layout_retire": county_layout(lambda world: {"county_id": world.county.pk, "layout_id": world.layout_id}),
    "reports:headlines": Address(
        "officer",
        (*FOREIGN, *ADMINISTRATORS, "clerk", "reviewer", "leader", "township_clerk"),
        lambda world: {"county_id": world.county.pk},
    ),
    # what is asked
    "indicators:catalogue": Address("clerk", (*ADMINISTRATORS, "nobody")),
    "indicators:indicator": browsed("indicator_id", lambda world: world.indicator_id),
    "indicators:indicator_switch": laid_out("indicator_id", lambda world: world.indicator_id),
    "indicators:indicator_add": Address("officer", NOT_OFFICERS),
    "indicators:indicator_edit": laid_out("indicator_id", lambda world: world.indicator_id),
    "indicators:forms": Address("clerk", (*ADMINISTRATORS, "nobody")),
    "indicators:form_add": Address("officer", NOT_OFFICERS),
    "indicators:form": browsed("form_id", lambda world: world.task.form_id),
    "indicators:form_edit": laid_out("form_id", lambda world: world.task.form_id),
    "indicators:form_adopt": laid_out("form_id", lambda world: world.task.form_id),
    "indicators:form_give_up": laid_out("form_id", lambda world: world.task.form_id),
    "indicators:form_retire": laid_out("form_id", lambda world: world.task.form_id),
    "indicators:form_resume": laid_out("form_id", lambda world: world.task.form_id),
    "indicators:form_lines": laid_out("form_id", lambda world: world.task.form_id),
    "indicators:form_lines_add": laid_out("form_id", lambda world: world.task.form_id),
    "indicators:form_checks": laid_out("form_id", lambda world: world.task.form_id),
    "indicators:check_edit": laid_out("check_id", lambda world: world.check.pk),
    "indicators:check_remove": laid_out("check_id", lambda world: world.check.pk),
    # tasks
    "submissions:tasks": Address("clerk"),
    "submissions:task_open": Address("officer", NOT_OFFICERS),
    "submissions:task": Address("clerk", (*FOREIGN, *ADMINISTRATORS), lambda world: {"task_id": world.task.pk}),
    "submissions:deadline": Address("officer", NOT_OFFICERS, lambda world: {"task_id": world.task.pk}),
    "submissions:task_withdraw": Address("officer", NOT_OFFICERS, lambda world: {"task_id": world.task.pk}),
    "submissions:postponement": Address("officer", NOT_OFFICERS, lambda world: {"task_id": world.task.pk}),
    "submissions:task_renew": Address("officer", NOT_OFFICERS),
    "submissions:calendar": Address("officer", NOT_OFFICERS),
    "submissions:calendar_template": Address("officer", NOT_OFFICERS),
    "submissions:chase": task_of_village("reviewer"),
    "submissions:notice_send": task_of_village("reviewer", *NOT_REVIEWERS),
    "submissions:notice_read": notice(),
    "submissions:task_at": task_of_village("clerk"),
    "submissions:remind": task_of_village("reviewer"),
    "submissions:review": task_of_village("reviewer"),  # leaders look on; passing is refused them below
    "submissions:approve_many": task_of_village("reviewer", *NOT_REVIEWERS),
    "submissions:inbox": Address("reviewer", (*NOT_REVIEWERS, *ADMINISTRATORS, "nobody")),
    "submissions:of_organization": Address("clerk", NOT_THE_VILLAGE, lambda world: {"org_id": world.village.pk}),
    # files that come in
    "submissions:intake": for_clerks(),
    "submissions:intake_put": for_clerks(),
    "submissions:remembered": for_clerks(),
    "submissions:forget_head": remembered_head(),
    "submissions:upload": own_upload(),
    "submissions:upload_accept": own_upload(),
    "submissions:upload_drop": own_upload(),
    "submissions:upload_marked": own_upload(),
    # the report of a village
    "submissions:detail": report("clerk"),
    "submissions:approve": sent_report("reviewer", *NOT_REVIEWERS),
    "submissions:return": sent_report("reviewer", *NOT_REVIEWERS),
    "submissions:corrections": Address("clerk", (*ADMINISTRATORS, "nobody")),
    "submissions:correction_add": Address(
        "clerk", (*NOT_THE_VILLAGE, "reviewer", "leader"), lambda world: {"submission_id": world.approved.pk}
    ),
    "submissions:correction": correction("clerk"),
    "submissions:correction_approve": correction("reviewer", *NOT_REVIEWERS),
    "submissions:correction_refuse": correction("reviewer", *NOT_REVIEWERS),
    "submissions:correction_withdraw": correction("clerk", "reviewer", "leader"),
    "submissions:exempt": report("officer", "clerk", "reviewer", "leader"),
    "submissions:lift": report("officer", "clerk", "reviewer", "leader"),
    "submissions:fill": report("clerk", "reviewer", "officer", "leader"),
    "submissions:save": report("clerk", "reviewer", "officer", "leader"),
    "submissions:nil": report("clerk", "reviewer", "officer", "leader"),
    "submissions:submit": report("clerk", "reviewer", "officer", "leader"),
    "submissions:withdraw": report("clerk", "reviewer", "officer", "leader"),
    "submissions:workbook": task_of_village("clerk", "leader"),
    "submissions:grid": Address(
        "township_clerk",
        (*NOT_THE_VILLAGE, "clerk", "reviewer", "officer", "leader"),
        lambda world: {"task_id": world.task.pk, "org_id": world.township.pk},
    ),
}
