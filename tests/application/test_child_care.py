"""Supplements and the register of acute malnutrition in a district's record: written, listed, counted, erased."""

from __future__ import annotations

from datetime import date

import pytest

from db import check
from desktop.application import child_care, children
from desktop.application import history as past
from desktop.application.child_care import counts, give, proposed_degree, register, treat
from desktop.application.children import NewChild
from desktop.application.children_matching import merge
from desktop.application.erasing import erase_child
from desktop.application.nutrition_feeding import feed, lacking
from desktop.application.records import Record
from desktop.application.regimes import install_file
from desktop.domain.child_care import Care, Degree, Given, Outcome, Supplement, Treatment
from desktop.domain.children import Measurement, Presence, Sex, Status
from desktop.domain.periods import Period
from desktop.errors import AppError
from desktop.wording import say

JUNE, TODAY = date(2024, 6, 10), date(2024, 12, 20)
FIRST, LAST = date(2024, 1, 1), date(2024, 6, 30)


@pytest.fixture
def here(district: Record) -> str:
    return children.meant(district, unit="04465", day=JUNE)[0]


def child(record: Record, commune: str, name: str = "Cứ A Dê", born: date = date(2022, 5, 19)) -> str:
    return children.register(record, new=[NewChild(commune, name, Sex.MALE, born)]).uids[0]


def stay(uid: str, since: date = JUNE, until: date | None = None, outcome: Outcome | None = None) -> Treatment:
    return Treatment(uid, since, Degree.SEVERE, Care.OUTPATIENT, until, outcome)


def test_a_supplement_is_noted_once_a_day_and_taken_back_without_a_dose(district: Record, here: str) -> None:
    uid = child(district, here)
    vitamin = Given(uid, JUNE, Supplement.VITAMIN_A)
    assert give(district, given=[vitamin], today=TODAY).changed
    assert not give(district, given=[vitamin], today=TODAY).changed
    assert child_care.care_page(district, uid=uid).given == (vitamin,)
    assert give(district, given=[Given(uid, JUNE, Supplement.VITAMIN_A, 0)], today=TODAY).changed
    assert child_care.care_page(district, uid=uid).given == ()
    past.undo(district, source="window")
    assert child_care.care_page(district, uid=uid).given == (vitamin,)
    assert check.check(district) == []


def test_a_child_counts_once_for_each_supplement_in_the_commune_it_lived_in(district: Record, here: str) -> None:
    there = children.meant(district, unit="04459", day=JUNE)[0]
    one, two = child(district, here), child(district, here, "Hờ A Say")
    days = (date(2024, 2, 1), JUNE)
    give(district, given=[Given(uid, day, Supplement.ZINC) for uid in (one, two) for day in days], today=TODAY)
    children.say_status(district, status=Status(two, date(2024, 3, 1), Presence.MOVED_IN, there))
    told = {held.unit: held.care for held in counts(district, communes=[here, there], first=FIRST, last=LAST)}
    assert (told[here].given[Supplement.ZINC], told[there].given[Supplement.ZINC]) == (2, 1)
    assert told[here].given[Supplement.IRON] == 0
    later = counts(district, communes=[here], first=date(2024, 7, 1), last=TODAY)
    assert later[0].care.is_empty


def test_the_register_holds_how_the_child_came_and_how_it_ended(district: Record, here: str) -> None:
    uid = child(district, here)
    measured = Measurement(uid, JUNE, None, 8200, 820, muac=112)
    treat(district, treatment=stay(uid), measured=measured, today=TODAY)
    (line,) = register(district, communes=[here], first=FIRST, last=LAST)
    assert (line.child.uid, line.unit, line.came and line.came.muac) == (uid, here, 112)
    assert proposed_degree(line.child, measured) is Degree.SEVERE
    (held,) = counts(district, communes=[here], first=FIRST, last=LAST)
    assert (held.care.begun[Degree.SEVERE], held.care.open, sum(held.care.ended.values())) == (1, 1, 0)
    treat(district, treatment=stay(uid, until=date(2024, 8, 1), outcome=Outcome.RECOVERED), today=TODAY)
    (after,) = counts(district, communes=[here], first=date(2024, 7, 1), last=TODAY)
    assert (after.care.begun[Degree.SEVERE], after.care.open, after.care.ended[Outcome.RECOVERED]) == (0, 0, 1)
    assert register(district, communes=[here], first=date(2024, 9, 1), last=TODAY) == []


def test_a_treatment_is_refused_with_what_to_do(district: Record, here: str) -> None:
    uid = child(district, here)
    treat(district, treatment=stay(uid), today=TODAY)
    for wrong, code in (
        (stay(uid, date(2024, 7, 1)), "in_care"),
        (stay(uid, date(2025, 7, 1)), "bad_day"),
        (stay(uid, until=date(2024, 7, 1)), "bad_treatment"),
        (stay(uid, until=date(2024, 6, 1), outcome=Outcome.RECOVERED), "bad_treatment"),
    ):
        with pytest.raises(AppError) as refused:
            treat(district, treatment=wrong, today=TODAY)
        assert (refused.value.code, bool(refused.value.advice)) == (code, True)


def test_entries_that_are_one_child_have_one_register(district: Record, here: str) -> None:
    keep, other = child(district, here), child(district, here, "Cu A De")
    treat(district, treatment=stay(other), today=TODAY)
    give(district, given=[Given(uid, JUNE, Supplement.IRON) for uid in (keep, other)], today=TODAY)
    merge(district, keep=keep, other=other)
    assert [one.child.uid for one in register(district, communes=[here], first=FIRST, last=LAST)] == [keep]
    assert len(child_care.care_page(district, uid=other).treatments) == 1
    (held,) = counts(district, communes=[here], first=FIRST, last=LAST)
    assert (held.care.given[Supplement.IRON], held.care.open) == (1, 1)


def test_an_erased_child_leaves_no_trace_of_its_care(district: Record, here: str) -> None:
    uid = child(district, here)
    give(district, given=[Given(uid, JUNE, Supplement.IRON, note="ghi chú uống")], today=TODAY)
    treat(
        district, treatment=Treatment(uid, JUNE, Degree.MODERATE, Care.PREVENTIVE, note="ghi chú điều trị"), today=TODAY
    )
    erase_child(district, uid=uid, reason="đơn số 3")
    assert register(district, communes=[here], first=FIRST, last=LAST) == []
    told = district.connection.execute("SELECT count(*) FROM journal WHERE after LIKE '%ghi chú%'").fetchone()
    assert told[0] == 0
    with pytest.raises(AppError):
        treat(district, treatment=stay(uid), today=TODAY)
    assert check.check(district) == []


def test_the_age_of_who_is_registered_is_remarked(district: Record, here: str) -> None:
    uid = child(district, here, born=date(2024, 3, 1))
    page = children.child_page(district, uid=uid, log=False)
    assert child_care.age_remark(page.child, JUNE) == say(
        "The child is {months} months old; the register is of children of 6 to 59 months.", months=3
    )
    assert child_care.age_remark(page.child, date(2024, 9, 1)) is None


FORM = """\
format: sotram-catalogue/1
source: Quyết định của Sở
elements:
  - {code: children_given_vitamin_a, name_vi: Trẻ uống vitamin A, type: count, behaviour: flow, level: commune}
  - {code: acute_malnutrition_in_care, name_vi: Trẻ đang điều trị, type: count, behaviour: flow, level: commune}
forms:
  - code: micronutrients
    name_vi: Biểu vi chất
    level: commune
    periods: half
    sections:
      - {number: I, name_vi: Vi chất, elements: [children_given_vitamin_a, acute_malnutrition_in_care]}
"""


def test_a_form_that_has_the_elements_is_filled_with_the_counts(district: Record, here: str) -> None:
    half = Period.parse("2024S1")
    assert "children_given_vitamin_a" in lacking(district, period=half)
    install_file(district, data=FORM.encode(), name="vi-chat.yaml", begin=date(2024, 1, 1))
    assert "children_given_vitamin_a" not in lacking(district, period=half)
    assert {"children_given_vitamin_a", "measured"} & {*lacking(district, period=Period.parse("2024"))} == {
        "children_given_vitamin_a"
    }
    uid = child(district, here)
    give(district, given=[Given(uid, JUNE, Supplement.VITAMIN_A)], today=TODAY)
    treat(district, treatment=stay(uid), today=TODAY)
    done = feed(district, unit=None, period=half)
    told = {(one.commune.uid, one.element.code, int(one.told.number)) for one in done.written}
    assert told == {(here, "children_given_vitamin_a", 1), (here, "acute_malnutrition_in_care", 1)}
    assert feed(district, unit=None, period=half).written == ()
