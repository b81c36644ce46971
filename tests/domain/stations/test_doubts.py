"""What does not fit: a part above its whole, a year to come, a repair before the building, a contract that ended."""

from datetime import date

import pytest

from desktop.domain.stations.doubts import doubts
from desktop.domain.stations.profile import Asked, Group, Item, Profile
from desktop.domain.values import NOT_APPLICABLE, State, Value, number
from tests.domain.stations.making import DAY, PROFILE, fact

BUILDING = Profile(
    (
        Group(
            "building",
            "Nhà",
            (
                Item("built_year", "Năm xây dựng", Asked.COUNT, unit="năm"),
                Item("repaired_year", "Năm sửa chữa", Asked.COUNT, unit="năm"),
                Item("insurance_until", "Hợp đồng đến", Asked.DATE),
            ),
        ),
    )
)


def standing(**values):
    return {code: fact(code, value) for code, value in values.items()}


def day(text):
    return Value(State.TEXT, text=text)


def test_a_part_above_its_whole_is_a_doubt():
    (found,) = doubts(PROFILE, standing(nurses=number(2), trained=number(3)), DAY)
    assert (found.item.code, found.whole.code) == ("trained", "nurses")
    assert not list(doubts(PROFILE, standing(nurses=number(3), trained=number(3)), DAY))
    assert not list(doubts(PROFILE, standing(trained=number(3)), DAY))


@pytest.mark.parametrize(
    ("values", "doubtful"),
    [
        ({"built_year": number(2025)}, []),
        ({"built_year": number(2026)}, ["built_year"]),
        ({"built_year": number(2011), "repaired_year": number(2010)}, ["repaired_year"]),
        ({"built_year": number(2011), "repaired_year": number(2011)}, []),
        ({"built_year": NOT_APPLICABLE, "repaired_year": number(2010)}, []),
        ({"insurance_until": day("2025-12-31")}, []),
        ({"insurance_until": day("2025-12-30")}, ["insurance_until"]),
    ],
)
def test_years_and_days_are_held_against_the_day_of_the_profile(values, doubtful):
    assert [one.item.code for one in doubts(BUILDING, standing(**values), date(2025, 12, 31))] == doubtful
