"""A fact holds until the next, what was taken away holds no more, and only a change is a difference."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.stations.facts import (
    Completeness,
    applies,
    asked_of,
    completeness,
    differences,
    is_confirmed,
    on_day,
)
from desktop.domain.stations.lists import is_there, with_counts
from desktop.domain.stations.profile import Asked, Group, Item, Profile, faults
from desktop.domain.units import UnitKind
from desktop.domain.values import NO, NOT_APPLICABLE, NOT_REPORTED, YES, State, Value, number
from tests.domain.stations.making import DAY, DOCTORS, HOUSE, KINDS, NURSES, PROFILE, STATION_ONLY, fact

days = st.dates(date(2020, 1, 1), date(2025, 12, 31))
values = st.sampled_from([number(1), number(2), NOT_APPLICABLE, NOT_REPORTED])


def test_a_fact_holds_until_the_next():
    said = [fact("doctors", number(1), date(2023, 5, 1)), fact("doctors", number(2), date(2025, 1, 1))]
    assert on_day(said, date(2023, 4, 30)) == {}
    assert on_day(said, date(2024, 12, 31))["doctors"].value == number(1)
    assert on_day(said, DAY)["doctors"].value == number(2)


@given(st.lists(st.tuples(days, values), unique_by=lambda told: told[0], max_size=6), days)
def test_what_holds_is_the_last_that_was_said(told, day):
    said = [fact("doctors", value, since) for since, value in told]
    last = max((one for one in told if one[0] <= day), default=None)
    held = on_day(said, day).get("doctors")
    if last is None or last[1] == NOT_REPORTED:
        assert held is None
    else:
        assert held is not None
        assert (held.since, held.value) == last


def test_only_what_changed_is_a_difference():
    before = on_day([fact("doctors", number(1), date(2024, 1, 1)), fact("water", YES, date(2024, 1, 1))], DAY)
    after = on_day([fact("doctors", number(2)), fact("water", YES)], DAY)
    (found,) = differences(PROFILE.items.values(), before, after)
    assert (found.item, found.before, found.after) == (DOCTORS, number(1), number(2))
    assert differences(PROFILE.items.values(), {}, after)[0].before is None


def test_completeness_counts_what_is_asked_and_what_is_old():
    held = on_day([fact("doctors", number(1), date(2024, 6, 1)), fact("water", NO), fact("gone", NO)], DAY)
    told = completeness(asked_of(PROFILE, UnitKind.STATION), held, DAY)
    assert told == Completeness(2, 11, 1)
    assert completeness(asked_of(PROFILE, UnitKind.SATELLITE), held, DAY).asked == 7
    assert not told.is_whole
    assert (told + Completeness(1, 1, 0)) == Completeness(3, 12, 1)
    assert Completeness(3, 3, 0).is_whole
    assert not is_confirmed(held["doctors"], DAY)
    assert is_confirmed(held["water"], DAY)


def test_what_hangs_on_another_answer_is_asked_only_where_it_is_so():
    until = Item("until", "Đến ngày", Asked.DATE, when=("contract", "yes"))
    roof = Item("roof", "Mái", Asked.YES_NO, when=("house", "bad"))
    assert applies(until, {})
    assert applies(until, {"contract": fact("contract", YES)})
    assert not applies(until, {"contract": fact("contract", NO)})
    assert applies(roof, {"house": fact("house", Value(State.TEXT, text="bad"))})
    assert not applies(roof, {"house": fact("house", Value(State.TEXT, text="solid"))})
    held = {"contract": fact("contract", NO)}
    assert completeness([until, HOUSE], held, DAY).asked == 1
    assert completeness([until, HOUSE], held | {"until": fact("until", NOT_APPLICABLE)}, DAY).asked == 2


def test_an_offices_list_is_counted_once_all_of_it_is_answered():
    scales = Item("equipment:can", "Cân", Asked.COUNT, of=STATION_ONLY, listed="equipment", needed=2)
    fridge = Item("equipment:tu", "Tủ lạnh", Asked.YES_NO, of=STATION_ONLY, listed="equipment")
    asked = PROFILE.with_lists({"equipment": (scales, fridge)})
    assert PROFILE.with_lists({}) is PROFILE
    assert PROFILE.counted == frozenset()
    assert asked.counted == {"equipment_listed", "equipment_present"}
    held = {"equipment:can": fact("equipment:can", number(1)), "equipment_listed": fact("equipment_listed", number(9))}
    assert "equipment_listed" not in with_counts(asked, held)
    held["equipment:tu"] = fact("equipment:tu", YES)
    counts = with_counts(asked, held)
    assert (counts["equipment_listed"].value, counts["equipment_present"].value) == (number(2), number(1))
    held["equipment:can"] = fact("equipment:can", NOT_APPLICABLE)
    assert with_counts(asked, held)["equipment_listed"].value == number(1)
    assert is_there(scales, number(2))
    assert not is_there(scales, number(0))
    assert not is_there(fridge, NO)


def test_a_profile_says_what_does_not_fit_in_it():
    wrong = Profile(
        (
            Group(
                "x",
                "X",
                (
                    DOCTORS,
                    DOCTORS,
                    Item("a", "A", Asked.CHOICE),
                    Item("b", "B", Asked.COUNT, within="nobody"),
                    Item("c", "C", Asked.COUNT, minimum=5, maximum=1),
                    Item("d", "D", Asked.COUNT, when=("nobody", "yes")),
                ),
            ),
        )
    )
    assert set(faults(wrong)) == {
        ("doctors", "twice"),
        ("a", "choices"),
        ("b", "within"),
        ("c", "bounds"),
        ("d", "when"),
    }
    assert list(faults(PROFILE)) == []
    assert PROFILE.group_of("house") == PROFILE.groups[1]
    assert PROFILE.group_of("nothing") is None
    assert PROFILE.words["dieu duong"] == NURSES
    assert HOUSE.choice("half") is HOUSE.choices[1]
    assert not KINDS.decimals
