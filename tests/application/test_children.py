"""Registered, weighed, found again, merged and taken back, in a district's record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from db import check, history
from desktop.application import access, children, weighing
from desktop.application import history as past
from desktop.application.children import NewChild
from desktop.application.children_figures import visits
from desktop.application.children_matching import matches, merge, preview_merge, suggest_duplicates, unmerge
from desktop.application.children_writing import measure_in, open_in, register_in
from desktop.application.records import Record
from desktop.application.weighing import NewSession
from desktop.domain.children import Child, Measurement, Origin, Presence, Sex, Status
from desktop.errors import AppError
from desktop.wording import say

JUNE, DECEMBER = date(2024, 6, 10), date(2024, 12, 10)


@pytest.fixture
def commune(district: Record) -> str:
    return children.meant(district, unit="04465", day=JUNE)[0]


def new(commune: str, name: str = "Cứ A Dê", born: date | None = date(2022, 5, 19), **more: object) -> NewChild:
    return NewChild(commune, name, Sex.MALE, born, **more)  # type: ignore[arg-type]


def registered(record: Record, *told: NewChild) -> tuple[str, ...]:
    return children.register(record, new=told).uids


def session(record: Record, commune: str | None, day: date = JUNE) -> str:
    return weighing.open_session(record, new=NewSession(commune, day))[0].uid


def weigh(record: Record, session: str | None, child: str, weight: int, lenhei: int, day: date = JUNE) -> None:
    weighing.measure(record, measurements=[Measurement(child, day, session, weight, lenhei)])


def names(found: Sequence[children.Found]) -> list[str]:
    return [one.child.name for one in found]


def test_a_child_is_found_by_name_without_marks_mother_and_birth_date(district: Record, commune: str) -> None:
    registered(district, new(commune, mother="Giàng Thị Mỷ"), new(commune, "Hờ Thị Dơ", date(2021, 1, 17)))
    for text in ("cu a de", "DÊ", "giang my", "19/5/2022", "cứ 19-05-2022", "2022-05-19"):
        assert names(children.find(district, text=text, today=JUNE)) == ["Cứ A Dê"], text
    assert children.find(district, text="", today=JUNE) == []
    assert children.find(district, text="100%", today=JUNE) == []


def test_the_list_of_a_day_holds_who_is_under_five_and_here(district: Record, commune: str) -> None:
    baby, old, gone, unborn = registered(
        district,
        new(commune),
        new(commune, "Sùng Thị Chở", date(2019, 6, 10)),
        new(commune, "Lý A Páo", date(2020, 11, 9)),
        new(commune, "Hờ A Say", date(2024, 7, 18)),
    )
    children.say_status(district, status=Status(gone, date(2024, 3, 1), Presence.MOVED_OUT))
    assert names(children.children_of(district, communes=[commune], day=date(2024, 6, 9))) == [
        "Sùng Thị Chở",
        "Cứ A Dê",
    ]
    assert names(children.children_of(district, communes=[commune], day=JUNE)) == ["Cứ A Dê"]
    assert len(children.children_of(district, communes=[commune], day=date(2024, 2, 29))) == 3
    assert {baby, old, gone, unborn} == {one.child.uid for one in children.find(district, text="a", today=JUNE)} | {old}


def test_who_moved_is_on_the_list_of_the_new_commune_from_that_day(district: Record) -> None:
    here, there = children.meant(district, unit=None, day=JUNE)[:2]
    (uid,) = registered(district, new(here))
    children.say_status(district, status=Status(uid, DECEMBER, Presence.MOVED_IN, there))
    for day, commune in ((JUNE, here), (DECEMBER, there)):
        assert names(children.children_of(district, communes=[commune], day=day)) == ["Cứ A Dê"]
    assert children.children_of(district, communes=[there], day=JUNE) == []
    assert [one.unit for one in children.children_of(district, communes=[here, there], day=DECEMBER)] == [there]
    children.take_status_back(district, child=uid, valid_from=DECEMBER)
    assert names(children.children_of(district, communes=[here], day=DECEMBER)) == ["Cứ A Dê"]


def test_a_session_shows_the_last_figures_beside_and_counts(district: Record, commune: str) -> None:
    first, second, third = registered(
        district, new(commune), new(commune, "Vàng A Dê"), new(commune, "Hờ A Say", date(2024, 7, 18))
    )
    june, december = session(district, commune), session(district, commune, DECEMBER)
    weigh(district, june, first, 10300, 786)
    weighing.measure(
        district,
        measurements=[
            Measurement(first, DECEMBER, december, 11100, 83),
            Measurement(second, DECEMBER, december, absent=True),
        ],
    )
    told = weighing.sheet(district, session=december)
    assert (told.expected, told.measured, told.absent) == (3, 1, 1)
    lines = {line.child.uid: line for line in told.lines}
    assert lines[first].before == Measurement(first, JUNE, june, 10300, 786)
    assert [one.rule for one in lines[first].findings] == ["child_digit_slip"]
    assert (lines[third].now, lines[third].before, lines[third].age_days) == (None, None, 145)
    assert weighing.sheet(district, session=june).expected == 2


def test_who_came_without_being_looked_for_is_on_the_list_all_the_same(district: Record, commune: str) -> None:
    (uid,) = registered(district, new(commune))
    children.say_status(district, status=Status(uid, date(2024, 1, 1), Presence.MOVED_OUT))
    told = session(district, commune)
    weigh(district, told, uid, 10300, 786)
    sheet = weighing.sheet(district, session=told)
    assert [(line.expected, line.now is not None) for line in sheet.lines] == [(False, True)]
    assert (sheet.expected, sheet.measured) == (0, 1)


def test_an_empty_row_takes_the_measurement_away_and_undo_brings_it_back(district: Record, commune: str) -> None:
    (uid,) = registered(district, new(commune))
    told = session(district, commune)
    weigh(district, told, uid, 10300, 786)
    assert weighing.measure(district, measurements=[Measurement(uid, JUNE, told)]).changed
    assert children.child_page(district, uid=uid).measurements == ()
    past.undo(district, source="window")
    assert [one.weight for one in children.child_page(district, uid=uid).measurements] == [10300]
    past.redo(district, source="window")
    assert children.child_page(district, uid=uid).measurements == ()
    assert check.check(district) == []


def test_a_child_of_a_session_of_days_is_not_absent_once_it_came(district: Record, commune: str) -> None:
    (uid,) = registered(district, new(commune))
    told, _ = weighing.open_session(district, new=NewSession(commune, JUNE, date(2024, 6, 14)))
    weighing.measure(district, measurements=[Measurement(uid, JUNE, told.uid, absent=True)])
    weigh(district, told.uid, uid, 10300, 786, date(2024, 6, 12))
    sheet = weighing.sheet(district, session=told.uid)
    assert (sheet.measured, sheet.absent) == (1, 0)
    assert [one.day for one in children.child_page(district, uid=uid).measurements] == [date(2024, 6, 12)]


def test_an_import_never_replaces_what_was_typed(district: Record, commune: str) -> None:
    (uid,) = registered(district, new(commune))
    weigh(district, None, uid, 10300, 786)
    came = Measurement(uid, JUNE, None, 10400, 786, origin=Origin.IMPORT)
    for replaced in (False, True):
        with district.change(say("Type measurements: {count}", count=1), source="import"):
            written = measure_in(district, [came], replace_typed=replaced)
        assert (written.rows, written.kept) == ((1, ()) if replaced else (0, (came,)))
    assert children.child_page(district, uid=uid).measurements[0].weight == 10400


def test_one_import_is_one_change_and_one_undo(district: Record, commune: str) -> None:
    with district.change(say("Type measurements: {count}", count=2), source="import") as change:
        uids = register_in(district, [new(commune), new(commune, "Lù Thị Kía")])
        held = open_in(district, NewSession(commune, JUNE))
        assert open_in(district, NewSession(commune, JUNE)) == held
        measure_in(district, [Measurement(uid, JUNE, held.uid, 9000, 800, origin=Origin.IMPORT) for uid in uids])
    assert change.rows == 5
    past.undo(district, source=None)
    assert children.find(district, text="a", today=JUNE) == []
    assert weighing.sessions(district) == []
    past.redo(district, source=None)
    assert len(weighing.sheet(district, session=held.uid).lines) == 2
    assert check.check(district) == []


def test_two_entries_of_one_child_are_found_shown_merged_and_taken_apart(district: Record, commune: str) -> None:
    one, other = registered(
        district,
        new(commune, mother="Giàng Thị Mỷ"),
        new(commune, "Cu A De", mother="Giang Thi My", village="Hua Khắt"),
    )
    june = session(district, commune)
    weigh(district, june, one, 10300, 786)
    weigh(district, june, other, 10350, 786)
    weigh(district, None, other, 9100, 745, date(2023, 12, 12))
    (pair,) = suggest_duplicates(district, communes=[commune], day=JUNE)
    assert {pair.one.uid, pair.other.uid} == {one, other}
    told = preview_merge(district, keep=one, other=other)
    assert (told.filled, len(told.measurements), len(told.clashes)) == (("village",), 1, 1)
    assert merge(district, keep=one, other=other).changed
    page = children.child_page(district, uid=other)
    assert (page.child.uid, page.child.village, page.entries) == (one, "Hua Khắt", (one, other))
    assert [measured.weight for measured in page.measurements] == [9100, 10300]
    assert names(children.find(district, text="cu a de", today=JUNE)) == ["Cứ A Dê"]
    assert weighing.sheet(district, session=june).measured == 1
    assert suggest_duplicates(district, communes=None, day=JUNE) == []
    with pytest.raises(AppError, match="same child"):
        merge(district, keep=other, other=one)
    past.undo(district, source="window")
    assert children.child_page(district, uid=one).child.village == ""
    assert len(children.children_of(district, communes=[commune], day=JUNE)) == 2
    merge(district, keep=one, other=other)
    assert unmerge(district, other=other).changed
    assert len(children.children_of(district, communes=[commune], day=JUNE)) == 2


def test_a_list_that_comes_in_finds_the_children_it_knows(district: Record, commune: str) -> None:
    one, other = registered(district, new(commune), new(commune, "Cứ A Dế", date(2022, 5, 20)))
    told = matches(
        district,
        wanted=[
            new(commune, "CỨ A DÊ"),
            new(commune, "Cứ A Dế", date(2022, 5, 20)),
            new(commune, "Giàng Thị Pàng", date(2021, 10, 25)),
            new(commune, "Cứ A Tê"),
        ],
        communes=[commune],
        day=JUNE,
    )
    assert [found.child.uid if found.child else None for found in told[:3]] == [one, other, None]
    assert told[3].sure is False


def test_a_child_struck_by_mistake_comes_back_by_undo(district: Record, commune: str) -> None:
    (uid,) = registered(district, new(commune))
    children.strike(district, uid=uid)
    assert children.find(district, text="cứ", today=JUNE) == []
    past.undo(district, source="window")
    assert names(children.find(district, text="cứ", today=JUNE)) == ["Cứ A Dê"]


def test_a_correction_is_kept_in_nfc_and_seen_in_history(district: Record, commune: str) -> None:
    (uid,) = registered(district, new(commune))
    held = children.child_page(district, uid=uid, log=False).child
    children.correct(district, child=replace(held, name="  Cứ   A Dê", sex=Sex.FEMALE))
    entry = history.of(district, limit=1)[0]
    assert (entry.table, entry.before, entry.after) == ("child", {"sex": "m"}, {"sex": "f"})
    with pytest.raises(AppError, match="name"):
        children.correct(district, child=replace(held, name=" "))
    with pytest.raises(AppError, match="number"):
        children.correct(district, child=Child("nobody", commune, "x"))


def test_who_looked_at_what_is_noted_without_names(district: Record, commune: str) -> None:
    (uid,) = registered(district, new(commune))
    told = session(district, commune)
    children.child_page(district, uid=uid)
    weighing.sheet(district, session=told, log=True)
    looks = access.log(district)
    assert [(one.what, one.unit, one.about, one.rows, one.who) for one in looks] == [
        ("session", commune, "2024-06-10", 1, "thống kê"),
        ("child", commune, uid, 1, "thống kê"),
    ]


def test_a_session_in_which_somebody_was_measured_is_not_struck(district: Record, commune: str) -> None:
    (uid,) = registered(district, new(commune))
    told = session(district, commune)
    weigh(district, told, uid, 10300, 786)
    with pytest.raises(AppError, match="measured"):
        weighing.strike_session(district, uid=told)
    weighing.measure(district, measurements=[Measurement(uid, JUNE, told)])
    weighing.strike_session(district, uid=told)
    assert weighing.sessions(district, communes=[commune]) == []


def test_of_each_child_one_visit_counts_the_named_session_or_the_last(district: Record, commune: str) -> None:
    one, other, third = registered(district, new(commune), new(commune, "Hờ A Say"), new(commune, "Lù Thị Kía"))
    june, december = session(district, commune), session(district, commune, DECEMBER)
    weigh(district, june, one, 10300, 786)
    weigh(district, december, one, 11100, 834, DECEMBER)
    weigh(district, june, other, 9000, 700)
    weighing.measure(district, measurements=[Measurement(other, DECEMBER, december, absent=True)])
    weigh(district, None, third, 9900, 770, date(2025, 1, 2))
    year = {"communes": [commune], "first": date(2024, 1, 1), "last": date(2024, 12, 31)}
    found = visits(district, **year)
    days, weights, ages = found.days.tolist(), found.grams.tolist(), found.ages.tolist()
    assert sorted(zip(days, weights, ages, strict=True)) == [
        (JUNE.toordinal(), 9000, 753),
        (DECEMBER.toordinal(), 11100, 936),
    ]
    assert sorted(visits(district, **year, sessions=[june]).grams.tolist()) == [9000, 10300]
    assert set(found.communes.tolist()) == {0}
    merge(district, keep=one, other=other)
    assert visits(district, **year).days.tolist() == [DECEMBER.toordinal()]
