"""Communes of area III and especially disadvantaged ones: said from a day on, counted apart in the results."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.application import history
from desktop.application.hard_areas import AreaOf, HardArea, area_named, areas, in_area_3, say_areas
from desktop.errors import AppError

DAY = date(2021, 6, 4)
LATER = date(2024, 12, 31)


def said(record, code, on=LATER):
    (found,) = areas(record, unit=code, on=on)
    return found


@pytest.mark.parametrize("text", ["III", "3", "khu vực III", "Khu vực 3", "iii"])
def test_area_three_has_many_spellings(text):
    assert area_named(text) is HardArea.III


@pytest.mark.parametrize("text", ["", "IV", "0", "khu vực", "III II"])
def test_what_is_no_area_is_none(text):
    assert area_named(text) is None


def test_a_commune_is_what_was_said_from_the_day_on_and_not_before(district):
    one = said(district, "04465")
    assert (one.area, one.is_hard) == (None, False)
    told = [replace(one, area=HardArea.III, is_hard=True, basis="Quyết định 861/QĐ-TTg")]
    assert say_areas(district, told=told, day=DAY).changed
    assert said(district, "04465") == told[0]
    assert said(district, "04465", date(2021, 6, 3)).area is None
    assert in_area_3(district, communes=[one.commune.uid], on=DAY) == {one.commune.uid}
    assert not say_areas(district, told=told, day=LATER).changed


def test_an_earlier_word_lasts_until_the_later_one(district):
    one, autumn = said(district, "04465"), date(2024, 10, 1)
    say_areas(district, told=[replace(one, area=HardArea.II)], day=autumn)
    say_areas(district, told=[replace(one, area=HardArea.III)], day=DAY)
    assert said(district, "04465", date(2024, 9, 30)).area is HardArea.III
    assert said(district, "04465", autumn).area is HardArea.II
    say_areas(district, told=[replace(one, area=None)], day=date(2024, 7, 1))
    days = (date(2024, 6, 30), date(2024, 7, 1), autumn)
    assert [said(district, "04465", day).area for day in days] == ["III", None, "II"]


def test_all_communes_are_said_as_one_change_that_can_be_undone(district):
    told = [replace(one, area=HardArea.III) for one in areas(district, unit=None, on=LATER)]
    say_areas(district, told=told, day=DAY)
    assert all(one.area is HardArea.III for one in areas(district, unit=None, on=LATER))
    history.undo(district, source="window")
    assert not any(one.area for one in areas(district, unit=None, on=LATER))


def test_a_commune_of_somebody_else_is_refused(district):
    one = said(district, "04465")
    other = replace(one.commune, uid="elsewhere")
    with pytest.raises(AppError, match="unknown_unit"):
        say_areas(district, told=[AreaOf(other, HardArea.I)], day=DAY)
