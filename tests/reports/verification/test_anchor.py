"""The anchor of the audit trail in a file, as `verify --anchor` keeps and holds it."""

import pytest
from django.core.management import CommandError

from audit.models import ChainHead, Event
from audit.write_guard import unguarded
from reports.verification.anchor import Anchor, BadAnchor, differences_from, present_anchors, read_anchors


@pytest.fixture
def county(story):
    story.villages("V1")
    story.indicators("A,走访,次,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q1")
    return story


def test_the_first_run_makes_the_file_and_the_next_ones_add_to_it(county, tmp_path):
    path = tmp_path / "anchor"
    assert "events_are_as_anchored: holds" in county.run("verify", "--anchor", str(path))
    first = read_anchors(path)
    assert {anchor.chain for anchor in first} == set(ChainHead.objects.values_list("chain", flat=True))
    county.figures("F", "2026Q1,V1,A,,5")
    county.run("verify", "--anchor", str(path))
    assert read_anchors(path)[: len(first)] == first
    assert len(read_anchors(path)) == 2 * len(first)


def cut_the_last_events(chain: int, count: int) -> None:
    """As somebody with the database's password would: events gone, the head set back to what is left."""
    with unguarded():
        last = Event.objects.filter(chain=chain).order_by("-sequence")
        Event.objects.filter(pk__in=[event.pk for event in last[:count]]).delete()
        left = Event.objects.filter(chain=chain).order_by("-sequence").first()
        ChainHead.objects.filter(chain=chain).update(sequence=left.sequence, hash=left.hash)


def test_events_cut_from_the_end_are_noticed_though_the_chain_fits(county, tmp_path, english):
    path = tmp_path / "anchor"
    county.figures("F", "2026Q1,V1,A,,5", state="draft")
    county.run("verify", "--anchor", str(path))
    kept = path.read_bytes()
    cut_the_last_events(ChainHead.objects.exclude(chain=0).get().chain, 1)
    with pytest.raises(SystemExit):
        county.run("verify", "--anchor", str(path))
    assert "audit_is_unbroken: holds" in county.printed
    assert "is gone" in county.printed
    assert path.read_bytes() == kept


def test_another_event_in_its_place_is_noticed(county, english):
    (anchor, *_rest) = present_anchors(Event.objects.first().at)
    assert differences_from([anchor]) == []
    assert "another one" in differences_from([anchor._replace(hash="0" * 64)])[0]


@pytest.mark.parametrize("line", ["x", "2026-01-01\t1\t2", "2026-01-01\tone\t2\thash", "2026-01-01\t1\t²\thash"])
def test_a_line_that_is_no_anchor_is_refused_by_number(tmp_path, line):
    path = tmp_path / "anchor"
    path.write_text(f"2026-01-01T00:00:00\t1\t2\thash\n{line}\n", encoding="utf-8")
    with pytest.raises(BadAnchor, match="2"):
        read_anchors(path)


def test_a_folder_is_no_anchor(county, tmp_path):
    with pytest.raises(CommandError, match="--anchor"):
        county.run("verify", "--anchor", str(tmp_path))


def test_blank_lines_are_passed_over(tmp_path):
    path = tmp_path / "anchor"
    path.write_text("\n2026-01-01T00:00:00\t1\t2\thash\n\n", encoding="utf-8")
    assert read_anchors(path) == [Anchor("2026-01-01T00:00:00", 1, 2, "hash")]
