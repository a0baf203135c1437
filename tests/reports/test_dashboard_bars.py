"""What the bars of the dashboard leave out."""

from orgs.choices import Role
from tests.reports.people import signed_in, text_of


def test_bars_say_which_districts_they_leave_out(story):
    """T3 gave nothing, T4 was asked nothing; T1 and T2 have bars."""
    story.orgs(
        "C,云岭县,county,,,,,", *(f"T{n},{n}镇,township,C,,,," for n in (1, 2, 3, 4)),
        *(f"V{n},{n}村,{'village' if n < 4 else 'community'},T{n},,,," for n in (1, 2, 3, 4)),
    )  # fmt: skip
    story.indicators("A,受理,件,flow,,,", "B,办结,件,flow,,,", "R,办结率,%,ratio,B,A,")
    story.form("F", "A", "B", "R", head="unit_categories", values="village")
    story.open("F", "2026Q3")
    story.figures("F", *(f"2026Q3,V{n},{code},,5" for n in (1, 2) for code in "AB"), "2026Q3,V3,A,,5")
    assert "1 without data: 3镇" in text_of(signed_in(Role.LEADER, "C").get("/dashboard/?period=2026Q3&figure=R"))


def test_who_has_sent_is_not_among_those_without_data(story):
    """T3 has sent and waits for approval, T4 has not sent: nobody is chased for what lies with a reviewer."""
    story.orgs(
        "C,云岭县,county,,,,,", *(f"T{n},{n}镇,township,C,,,," for n in (1, 2, 3, 4)),
        *(f"V{n},{n}村,village,T{n},,,," for n in (1, 2, 3, 4)),
    )  # fmt: skip
    story.indicators("A,受理,件,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q3")
    story.figures("F", *(f"2026Q3,V{n},A,,5" for n in (1, 2)))
    story.figures("F", "2026Q3,V3,A,,5", state="submitted")
    leader = signed_in(Role.LEADER, "C")
    text = text_of(leader.get("/dashboard/?period=2026Q3"))
    assert "1 without data: 4镇; 1 not approved yet: 3镇" in text
    text = text_of(leader.get("/dashboard/?period=2026Q3&basis=submitted"))
    assert "1 without data: 4镇" in text
    assert "not approved yet: 3镇" not in text
