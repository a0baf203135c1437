"""Records in the audit that somebody took figures out of the system: what, about whom, how many rows."""

from datetime import datetime

from django.db import transaction

from audit.recorder import record
from orgs.models import Organization, User


@transaction.atomic
def record_taken(
    *, what: str, organization: Organization, asked: str, rows: int, by: User, at: datetime, digest: str = ""
) -> None:
    """`what`: the kind of answer (json, flat.csv …); `asked`: the query; `digest`: SHA-256 of the file, where there is one."""
    data = {"what": what, "asked": asked, "rows": rows}
    record(
        "figures.exported", by=by, at=at, county_id=organization.county_id, subject=f"organization:{organization.id}",
        organization_id=organization.id, data=data | {"digest": digest} if digest else data,
    )  # fmt: skip
