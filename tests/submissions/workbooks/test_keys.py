"""A workbook that is out stays valid when keys change: one of its own with fallbacks, or SECRET_KEY's, which the database remembers."""

from dataclasses import replace

import pytest
from django.utils.crypto import salted_hmac

from spreadsheets.read.files import read_file
from submissions.imports.report.scope import operator_scope
from submissions.imports.service.import_service import weigh
from submissions.models import WorkbookKey
from submissions.workbooks.keys import FormerKeys, drawn_from, remember_key
from submissions.workbooks.stamps import BadStamp, Shape, Stamp, read_stamp
from tests.factories.submissions import AT, a_place
from tests.submissions.imports.filled import filled
from tests.submissions.workbooks.world import a_world

STAMP = Stamp("季01表", "abc", "2026Q3", "350100", "35010001", Shape.UNIT, "place")
OLD, NEW, OTHER = "old-" * 20, "new-" * 20, "other-" * 20


@pytest.fixture
def world(db):
    """Made for each test: others of this module count the keys of all counties."""
    return a_world()


def taken(world, content: bytes):
    return weigh("季报.xlsx", read_file(content, "季报.xlsx"), operator_scope(world.place.officer, AT.date()))


def form(world) -> bytes:
    return filled(world.make().content, {(world.place.village.code, "IN"): 7})


@pytest.mark.django_db
def test_a_changed_secret_refuses_no_workbook_that_is_out(world, settings):
    settings.SECRET_KEY = OLD
    out = form(world)
    settings.SECRET_KEY = NEW
    result = taken(world, out)
    assert (result.verdict, [change.key for unit in result.units for change in unit.changes]) == ("preview", ["IN"])
    assert taken(world, form(world)).verdict == "preview"
    settings.SECRET_KEY = OTHER
    assert taken(world, out).verdict == "preview"
    assert set(WorkbookKey.objects.values_list("county__code", "key")) == {
        (world.place.county.code, drawn_from(secret).hex()) for secret in (OLD, NEW)
    }


@pytest.mark.django_db
def test_a_key_of_its_own_seals_and_its_fallbacks_are_known(world, settings):
    settings.WORKBOOK_KEY, settings.SECRET_KEY = OLD, OTHER
    out = form(world)
    assert not WorkbookKey.objects.exists()
    settings.SECRET_KEY = NEW
    assert taken(world, out).verdict == "preview"
    settings.WORKBOOK_KEY, settings.WORKBOOK_KEY_FALLBACKS = NEW, [OTHER, OLD]
    assert taken(world, out).verdict == "preview"
    settings.WORKBOOK_KEY_FALLBACKS = [OTHER]
    assert taken(world, out).verdict == "refused"


@pytest.mark.django_db
def test_workbooks_from_before_there_was_a_key_of_its_own_are_known(world, settings):
    settings.SECRET_KEY = OLD
    out = form(world)
    settings.WORKBOOK_KEY, settings.SECRET_KEY = NEW, OTHER
    assert taken(world, out).verdict == "preview"


def test_seals_of_earlier_versions_are_known(settings):
    plain = STAMP.text.rpartition("|")[0]
    seal = salted_hmac("submissions.workbooks.stamps", plain, algorithm="sha256").hexdigest()[:20]
    assert read_stamp(f"{plain}|{seal}") == STAMP
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW
    assert read_stamp(f"{plain}|{seal}") == STAMP
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(BadStamp):
        read_stamp(f"{plain}|{seal}")


@pytest.mark.django_db
def test_what_one_county_remembers_opens_no_workbook_of_another(settings):
    county = a_place().county
    settings.SECRET_KEY = OLD
    remember_key(county.pk)
    own, others = (replace(STAMP, county=code).text for code in (county.code, "999999"))
    settings.SECRET_KEY = NEW
    assert read_stamp(own, FormerKeys()).county == county.code
    with pytest.raises(BadStamp):
        read_stamp(others, FormerKeys())
    with pytest.raises(BadStamp):
        read_stamp(own.replace("2026Q3", "2026Q2"), FormerKeys())


@pytest.mark.django_db
def test_many_stamps_under_a_former_key_cost_one_query(settings, django_assert_num_queries):
    county = a_place().county
    settings.SECRET_KEY = OLD
    remember_key(county.pk)
    texts = [replace(STAMP, county=county.code, org=str(number)).text for number in range(5)]
    settings.SECRET_KEY = NEW
    former = FormerKeys()
    with django_assert_num_queries(1):
        assert [read_stamp(text, former).org for text in texts] == list("01234")


@pytest.mark.django_db
def test_remembering_twice_writes_once(django_assert_num_queries):
    county = a_place().county
    for _ in range(2):
        with django_assert_num_queries(1):
            remember_key(county.pk)
    assert WorkbookKey.objects.count() == 1
