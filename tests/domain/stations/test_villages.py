"""The counts of villages follow from the list of them, and nothing is said while one is not known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.stations import villages
from desktop.domain.stations.doubts import beside_list
from desktop.domain.stations.lists import with_counts
from desktop.domain.stations.profile import Asked, Group, Item, Profile
from desktop.domain.units import UnitKind
from desktop.domain.values import NOT_APPLICABLE, State, Value, number
from tests.domain.stations.making import DAY, fact

COUNTED = Profile(
    (
        Group(
            "villages",
            "Thôn, bản",
            (
                Item("villages", "Số thôn", Asked.COUNT, of=(UnitKind.STATION,)),
                Item("villages_with_worker", "Có nhân viên", Asked.COUNT, of=(UnitKind.STATION,), within="villages"),
            ),
        ),
    )
)
codes = st.sampled_from([one.code for one in villages.CHOICES] + [None])


def standing(*answers, since=DAY):
    return {
        (code := villages.village(f"Bản {at}").code): fact(
            code, NOT_APPLICABLE if answer is None else Value(State.TEXT, text=answer), since
        )
        for at, answer in enumerate(answers)
    }


@given(st.lists(codes, max_size=8))
def test_counts_follow_from_the_list(answers):
    found = with_counts(COUNTED, standing(*answers))
    there = [one for one in answers if one is not None]
    assert ("villages" in found) == bool(there)
    if there:
        assert found["villages"].value == number(len(there))
    known = bool(there) and "unknown" not in there
    assert ("villages_with_worker" in found) == known
    if known:
        active = sum(one in ("trained", "untrained", "active") for one in there)
        assert found["villages_with_worker"].value == number(active)
    assert villages.counted(standing(*answers)) == found.keys() & set(villages.COUNTS)


def test_a_typed_count_stands_where_the_list_does_not_say():
    typed = {"villages_with_worker": fact("villages_with_worker", number(3))}
    assert with_counts(COUNTED, typed | standing("trained", "unknown"))["villages_with_worker"].value == number(3)
    assert with_counts(COUNTED, typed | standing("trained", "none"))["villages_with_worker"].value == number(1)


def test_a_count_typed_in_the_year_that_the_list_does_not_have_is_a_doubt():
    typed = {"villages": fact("villages", number(3)), "villages_with_worker": fact("villages_with_worker", number(1))}
    said = typed | standing("trained", "none")
    (found,) = beside_list(COUNTED, said, with_counts(COUNTED, said), DAY)
    assert found.item.code == "villages"
    said = {code: fact(code, one.value, date(2024, 1, 1)) for code, one in typed.items()} | standing("trained")
    assert not list(beside_list(COUNTED, said, with_counts(COUNTED, said), DAY))


def test_the_list_is_as_old_as_its_oldest_answer():
    old, new = standing("trained", since=date(2023, 5, 1)), {"village:Bản mới": fact("village:Bản mới", number(1))}
    assert villages.counts(old | new)["villages"].since == date(2023, 5, 1)


@pytest.mark.parametrize(
    ("cells", "name", "answer"),
    [
        (["Bản Thái"], "Bản Thái", "unknown"),
        (["1.", "Bản Thái", "x", "k"], "Bản Thái", "untrained"),
        (["Bản Thái", "có", "có"], "Bản Thái", "trained"),
        (["Bản Thái", "2"], "Bản Thái", "active"),
        (["Bản Thái", "0"], "Bản Thái", "none"),
        (["Bản Thái", "Có (đã đào tạo)"], "Bản Thái", "trained"),
        (["Bản Thái", "Có, chưa đào tạo"], "Bản Thái", "untrained"),
        (["Bản Thái", "không", "x"], "Bản Thái", "none"),
        (["Bản Thái", "-"], "Bản Thái", "none"),
        (["Tổ 5", "", ""], "Tổ 5", "unknown"),
    ],
)
def test_a_line_of_a_list_names_a_village_and_its_worker(cells, name, answer):
    assert villages.of_line(cells) == (name, Value(State.TEXT, text=answer))


def test_what_is_no_answer_is_not_made_one():
    assert villages.of_line(["Bản Thái", "chị Hoa"]) is None
    assert villages.of_line(["Bản Thái", "có", "hôm qua"]) is None


def test_a_village_is_found_however_it_is_spelt():
    held = standing("trained") | {"village:Bản Hòa": fact("village:Bản Hòa", number(1))}
    assert villages.known(held, "bản hoà").code == villages.known(held, "ban hoa").code == "village:Bản Hòa"
    assert villages.known(held, "Bản Họa").code == "village:Bản Họa"
    assert villages.known(held, "Bản Lạ").code == "village:Bản Lạ"
    assert len(villages.village("a" * 300).name_vi) == villages.LONGEST
