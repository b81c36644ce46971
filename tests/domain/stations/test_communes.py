"""A commune's facts follow from its places, and nothing is added up silently."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.stations.communes import Place, staff, told, zoned
from desktop.domain.stations.profile import Asked, Choice, Group, Item, Profile
from desktop.domain.units import UnitKind
from desktop.domain.values import NO, NOT_APPLICABLE, NOT_REPORTED, YES, State, Value, number
from tests.domain.stations.making import DAY, PROFILE, fact

STATION, POINT = UnitKind.STATION, UnitKind.SATELLITE
answers = st.sampled_from([None, YES, NO, NOT_APPLICABLE])


def place(uid, kind, **values):
    return Place(uid, f"Trạm {uid}", kind, {item: fact(item, value, place=uid) for item, value in values.items()})


def test_staff_is_summed_over_station_and_points_once_all_have_told():
    main, point = place("a", STATION, doctors=number(2)), place("b", POINT)
    alone = told(PROFILE, [main], DAY)["doctors"]
    assert (alone.value, alone.parts) == (number(2), (("a", number(2)),))
    waiting = told(PROFILE, [main, point], DAY)["doctors"]
    assert waiting.value is None
    assert "Trạm b" in str(waiting.why)
    assert told(PROFILE, [main, place("b", POINT, doctors=number(1))], DAY)["doctors"].value == number(3)
    assert told(PROFILE, [main, place("b", POINT, doctors=NOT_APPLICABLE)], DAY)["doctors"].value == number(2)


def test_what_is_asked_of_the_station_is_read_from_it_alone():
    found = told(PROFILE, [place("a", STATION, contract=YES), place("b", POINT)], DAY)["contract"]
    assert found.value == YES
    both = [place("a", STATION, contract=YES), place("b", STATION, contract=NO)]
    assert told(PROFILE, both, DAY)["contract"].value is None
    assert told(PROFILE, [], DAY)["contract"].why is not None


@given(st.lists(answers, min_size=1, max_size=4))
def test_one_yes_is_yes_and_no_needs_all(given_answers):
    places = [
        place(str(at), POINT if at else STATION, **({} if answer is None else {"water": answer}))
        for at, answer in enumerate(given_answers)
    ]
    found = told(PROFILE, places, DAY)["water"].value
    if YES in given_answers:
        assert found == YES
    elif None in given_answers:
        assert found is None
    else:
        assert found == (NO if NO in given_answers else NOT_APPLICABLE)


@given(st.permutations([("a", 1), ("b", 2), ("c", 3)]))
def test_the_order_of_places_changes_nothing(places):
    made = [place(uid, STATION if uid == "a" else POINT, doctors=number(count)) for uid, count in places]
    assert told(PROFILE, made, DAY)["doctors"].value == number(6)


def test_a_fact_of_an_earlier_year_is_old():
    old = Place("a", "Trạm a", STATION, {"doctors": fact("doctors", number(1), date(2024, 3, 1), "a")})
    found = told(PROFILE, [old], DAY)["doctors"]
    assert (found.value, found.old, found.since) == (number(1), True, date(2024, 3, 1))


def test_the_zone_follows_from_the_communes_facts():
    terrain = Item("terrain", "Địa hình", Asked.CHOICE, choices=(Choice("plain", "Đồng bằng"),))
    asked = Profile((Group("place", "Vị trí", (terrain, Item("distance_km", "Khoảng cách", Asked.DECIMAL))),))
    here = place("a", STATION, terrain=Value(State.TEXT, text="plain"), distance_km=number(Decimal("3.5")))
    assert zoned(told(asked, [here], DAY)).zone == 2
    assert zoned(told(asked, [place("a", STATION, terrain=Value(State.TEXT, text="sea"))], DAY)).zone is None
    assert zoned({}).zone is None


def test_staff_is_the_sum_of_cadres():
    assert staff(PROFILE, {}) == (NOT_REPORTED, 2)
    here = place("a", STATION, doctors=number(1), nurses=number(2), trained=number(2))
    assert staff(PROFILE, here.standing) == (number(3), 0)
    assert staff(PROFILE, place("a", STATION, doctors=NOT_APPLICABLE).standing) == (NOT_REPORTED, 1)


def test_stations_that_differ_in_their_terrain_are_said_to():
    choices = (Choice("plain", "Đồng bằng"), Choice("mountain", "Miền núi"))
    terrain = Item("terrain", "Địa hình", Asked.CHOICE, of=(STATION,), choices=choices)
    asked = Profile((Group("place", "Vị trí", (terrain,)),))
    two = [
        place(uid, STATION, terrain=Value(State.TEXT, text=text)) for uid, text in (("a", "plain"), ("b", "mountain"))
    ]
    assert "different" in zoned(told(asked, two, DAY)).why.msgid
    assert "b" in str(zoned(told(asked, [two[0], place("b", STATION)], DAY)).why)
