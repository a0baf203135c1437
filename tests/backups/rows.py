"""A little of everything a table can hold: figures with fractions, binary measures, JSON, dates, odd texts."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.contrib.sessions.models import Session

from indicators.models import FormerDefinition, FormRetirement
from indicators.values.documents import NA
from orgs.models import FormerCategory, FormerName, ListChoice, PasswordMemory, Succession, SuccessionEnd
from reports.models import CountyLayout, Headline, Release, Summary, UpperBinding, UpperEdition, UpperTable
from submissions.choices import Act, State
from submissions.models import (
    CalendarDay,
    ChangeMark,
    Correction,
    HandOver,
    HeadName,
    Notice,
    Review,
    Submission,
    Task,
    Upload,
    Version,
    WorkbookKey,
)  # fmt: skip
from tests.factories.indicators import layout, line, make_check, make_form, make_indicator
from tests.factories.orgs import a_county, a_user, an_organization

AT = datetime(2026, 10, 8, 1, 30, 15, 123456, tzinfo=UTC)
ODD = "牛家村“=1+1”，\t'quoted' \\ 100%s %(x)s \U00020bb7 \u2028"


def fill_the_database() -> Submission:
    """One row or more in every table of ours; the submission, whose sealed version holds figures of every kind."""
    county = a_county()
    village = an_organization("350001001", parent=county, name=ODD)
    clerk = a_user("clerk", village)
    FormerName.objects.create(county=county, organization=village, name=ODD, short_name=ODD[:60], until=date(2026, 6, 30))
    PasswordMemory.objects.create(user=clerk, password="md5$old", at=AT)
    ListChoice.objects.create(user=clerk, name="people", asked="sort=-username&q=%E7%89%9B")
    FormerCategory.objects.create(
        county=county, organization=village, unit_category="village", org_type="branch", until=date(2026, 5, 31)
    )
    merged = Succession.objects.create(
        county=county, kind="merge", on=date(2026, 7, 1), note=ODD, undo={"before": {"1": {"spans": [[None, "2026-01-01"]]}}},
        recorded_at=AT, recorded_by=clerk,
    )  # fmt: skip
    SuccessionEnd.objects.create(
        county=county, succession=merged, organization=village, is_predecessor=True, share=Decimal("0.5")
    )
    shown_first = make_indicator("A", items=("其中党员", ODD))
    FormerDefinition.objects.create(
        indicator=shown_first, until=date(2026, 6, 30), name=ODD, unit="次", kind="flow", org_rule="sum", period_rule="sum",
        definition=ODD,
    )  # fmt: skip
    form = make_form()
    FormRetirement.objects.create(county=county, form=form, retired_at=AT, retired_by=clerk)
    make_check(form, "{A} >= {B}")
    Headline.objects.create(county=county, indicator=shown_first, position=1)
    submission = _a_submission(county, village, form, clerk)
    WorkbookKey.objects.create(county=county, key="ab" * 32)
    HeadName.objects.create(
        county=county, organization=village, form=form, text=ODD, means="line:A:其中党员", said_at=AT, said_by=clerk
    )
    Upload.objects.create(
        county=county, organization=village, name=ODD, sha256="cd" * 32, content=bytes(range(256)), kind="form",
        verdict="preview", mended={"Sheet1!D7": "12"}, put_at=AT, put_by=clerk,
    )  # fmt: skip
    CountyLayout.objects.create(county=county, code="本县一", definition={"title": ODD}, saved_at=AT, saved_by=clerk)
    _an_upper_table(county, clerk)
    _a_release(county, clerk)
    Session.objects.create(session_key="someone-signed-in", session_data="", expire_date=AT)
    return submission


def _a_submission(county, village, form, clerk) -> Submission:
    task = Task.objects.create(
        county=county, form=form, period="2026Q3", opens_on=date(2026, 10, 1), due_on=date(2026, 10, 15),
        layout=layout(line("A"), line("B", name=ODD)), opened_at=AT, opened_by=clerk,
    )  # fmt: skip
    submission = Submission.objects.create(
        county=county, task=task, organization=village, unit_category="village", state=State.SUBMITTED, reviewer_org=county
    )
    sealed = Version.objects.create(
        county=county, submission=submission, number=1, saved_at=AT, saved_by=clerk, sealed_at=AT, sealed_by=clerk,
        digest="ab" * 32, figures={"A": 10**17, "B": Decimal("12.50"), "C:item": NA, "D": 0},
        explanations={"b": ODD, "a": "第一"}, findings=[{"check": "1", "keys": ["A", "B"], "ratio": None, "late": False}],
        measures=bytes(range(256)),
    )  # fmt: skip
    Submission.objects.filter(pk=submission.pk).update(standing=sealed)
    Review.objects.create(
        county=county,
        submission=submission,
        version=sealed,
        act=Act.SUBMIT,
        organization=village,
        at=AT,
        by=clerk,
        cell_reasons={},
    )
    Notice.objects.create(county=county, submission=submission, text=ODD, organization=county, sent_at=AT, sent_by=clerk)
    CalendarDay.objects.create(county=county, day=date(2027, 2, 8), is_working=False, name=ODD)
    HandOver.objects.create(county=county, submission=submission, old=village, new=county, at=AT, by=clerk)
    Correction.objects.create(
        county=county, submission=submission, number=1, base=sealed, figures={"A": 3, "B": Decimal("0.5")}, cleared=["D"],
        explanations={"b": ODD}, reason=ODD, reviewer_org=county, requested_at=AT, requested_by=clerk,
    )  # fmt: skip
    ChangeMark.objects.create(county=county, task=task, organization=county, stamp=2**40)
    Summary.objects.create(
        county=county, task=task, organization=county, mark=3, tree_stamp=1, submitted=b"\x00\xff", approved=b"",
        counts={"village": [1, 0]}, made_at=AT,
    )  # fmt: skip
    return submission


def _an_upper_table(county, user) -> None:
    table = UpperTable.objects.create(county=county, name=ODD)
    edition = UpperEdition.objects.create(
        county=county, table=table, number=1, file_name="市.xlsx", content=b"PK\x03\x04\x00", sha256="ef" * 32, put_at=AT,
        put_by=user,
    )  # fmt: skip
    UpperBinding.objects.create(county=county, edition=edition, number=1, cells={"D7": "A"}, bound_at=AT, bound_by=user)


def _a_release(county, user) -> None:
    facts = {
        "county": county, "organization": county, "year": 2026, "layout": "R2", "definition": {"title": ODD}, "period": "2026Q3",
        "basis": "approved", "tree": "then", "options": {"rounding": None}, "language": "zh-hans", "open_reports": 0,
        "workbook": b"PK\x03\x04\x00", "sha256": "ef" * 32, "check_code": "01" * 32, "package_sha256": "23" * 32,
        "tables": f'["{ODD}"]', "sources": '{"reports":{},"tasks":{}}', "issued_at": AT, "issued_by": user,
    }  # fmt: skip
    first = Release.objects.create(serial=1, title=ODD, edition=1, **facts)
    Release.objects.create(serial=2, title="第二版", edition=2, previous=first, **facts)
