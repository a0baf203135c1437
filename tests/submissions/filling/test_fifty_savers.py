"""The night before the deadline: fifty people save at once, each in the own report. No error, nothing lost."""

import pytest

from audit.chain_verification import broken_links
from audit.models import Event
from submissions.filling.draft_actions import save_draft
from submissions.models import Version
from tests.factories.orgs import an_organization
from tests.factories.submissions import AT, a_place, a_task, submission_of
from tests.submissions.core.racing import kinds, race

SAVERS, SAVES_EACH = 50, 8


@pytest.mark.django_db(transaction=True)
def test_fifty_savers_lose_nothing():
    place = a_place()
    villages = [an_organization(f"S{number:02d}", parent=place.township) for number in range(SAVERS)]
    task = a_task(place.county)
    submissions = [submission_of(task, village) for village in villages]

    def save_all(saver: int) -> int:
        for turn in range(SAVES_EACH):
            save_draft(
                submission=submissions[saver], changes={"A": saver * 1000 + turn}, revision=turn, key=f"{saver}-{turn}",
                by=place.clerk, at=AT,
            )  # fmt: skip
        return saver

    assert kinds(race(SAVERS, save_all, together=SAVERS)) == {"int": SAVERS}
    stored = dict(Version.objects.values_list("submission_id", "figures"))
    assert stored == {one.pk: {"A": saver * 1000 + SAVES_EACH - 1} for saver, one in enumerate(submissions)}
    assert Event.objects.filter(kind="submission.saved").count() == SAVERS * SAVES_EACH
    assert broken_links() == []
