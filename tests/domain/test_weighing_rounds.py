"""Which weighing sessions belong together."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.children import Session, SessionKind
from desktop.domain.weighing_rounds import LONGEST, rounds

DAY = date(2024, 6, 1)
sessions = st.lists(
    st.builds(
        lambda day, days, kind: (DAY + timedelta(day), DAY + timedelta(day + days), kind),
        st.integers(0, 400),
        st.integers(0, 20),
        st.sampled_from(SessionKind),
    ),
    max_size=12,
).map(
    lambda told: [
        Session(f"{place}", None, first, last if last > first else None, kind)
        for place, (first, last, kind) in enumerate(told)
    ]
)


@given(sessions)
def test_every_session_is_in_one_round_and_none_is_longer_than_a_campaign(held):
    found = rounds(held, kinds=SessionKind)
    assert sorted(uid for one in found for uid in one.sessions) == sorted(one.uid for one in held)
    assert all(one.last - one.first <= LONGEST for one in found)
    assert [one.first for one in found] == sorted(one.first for one in found)


def test_a_campaign_through_several_communes_is_one_round_and_monthly_weighing_none():
    held = [
        Session("a", "x", DAY, DAY + timedelta(2)),
        Session("b", "y", DAY + timedelta(14)),
        Session("c", "x", DAY + timedelta(60)),
        Session("d", "x", DAY + timedelta(1), kind=SessionKind.MONTHLY),
        Session("e", "y", DAY + timedelta(3), struck=True),
    ]
    assert [(one.first, one.sessions) for one in rounds(held)] == [(DAY, ("a", "b")), (DAY + timedelta(60), ("c",))]
