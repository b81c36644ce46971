"""A new regime by file: loaded from a workbook for 1 March 2027, and series that run across it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from desktop.application import catalogue, entry, imports, regimes
from desktop.application.checks import findings
from desktop.application.commune_form import commune_form
from desktop.application.figures import figures
from desktop.application.offices import communes_of
from desktop.application.scopes import Scope
from desktop.application.series import figures_along
from desktop.domain.elements import Catalogue, Form, Section, Status
from desktop.domain.findings import Severity, has_errors
from desktop.domain.periods import Period
from desktop.domain.values import number
from desktop.errors import AppError
from desktop.exchange.regime.writing import regime_xlsx
from tests.application.conftest import SAMPLES, YEARS

FIRST = date(2027, 3, 1)
NEXT = Period.of_year(2024)
BEFORE = Period.of_year(2023)
SINCE = date(2024, 1, 1)
MADE = date(2026, 11, 22)


@pytest.fixture
def three_years(district):
    """A district whose figures end with 2023."""
    for name in YEARS[:3]:
        plan = imports.read_files(district, files=[SAMPLES / f"{name}.xlsx"])
        imports.apply_import(district, plan=plan)
    return district


def _new(record, **also: object) -> Catalogue:
    """The invented regime: two elements under new codes, one that is new, a form in the place of the old one."""
    old = catalogue.catalogue(record).elements
    people = replace(old["population"], code="people", name_vi="Dân số chung", continues="population", synonyms=())
    cards = replace(old["insured"], code="cards", name_vi="Thẻ BHYT còn hạn", continues="insured", synonyms=())
    visits = replace(old["insured"], code="visits", name_vi="Lượt khám", synonyms=())
    form = Form("commune_new", "Biểu năm mới", "", "commune", "year", False, 10, "Thông tư (thử)", Status.UNVERIFIED,
                (Section("I", "Chung", "", ("people", "cards", "visits")),), "commune")  # fmt: skip
    elements = {one.code: one for one in (people, cards, visits)}
    return Catalogue(elements | dict(also.get("elements", {})), {"commune_new": form})  # type: ignore[call-overload]


def _install(record, told, *, begin=FIRST, dry_run=False, rules=()):
    data = regime_xlsx(told, rules, source="Thông tư (thử)", status="unverified", made=MADE)
    return regimes.install_file(record, data=data, name="chế độ mới.xlsx", begin=begin, dry_run=dry_run)


def test_a_first_day_before_what_was_entered_is_told_and_one_nobody_meant_is_refused(three_years):
    told = _new(three_years)
    (one,) = _install(three_years, told, begin=date(2023, 1, 1), dry_run=True).findings
    assert (one.rule, one.severity, one.element) == ("regime.figures_after", Severity.WARNING, "commune")
    assert dict(one.message.values)["periods"] == "2023"
    assert _install(three_years, told, begin=SINCE, dry_run=True).findings == ()
    for wrong in (date(1800, 1, 1), date(2101, 1, 1)):
        found = _install(three_years, told, begin=wrong).findings
        assert has_errors(list(found))
        assert len({finding.id for finding in found}) == len(found)


def test_a_preview_says_what_comes_and_what_ends_and_writes_nothing(filled):
    before = catalogue.catalogue(filled)
    seen = _install(filled, _new(filled), dry_run=True)
    assert seen.findings == ()
    assert seen.new == ("people", "cards", "visits", "commune_new")
    assert dict(seen.continues) == {"people": "population", "cards": "insured", "commune_new": "commune"}
    assert seen.ends == (("commune", date(2027, 2, 28)),)
    assert not seen.changes.changed
    assert catalogue.catalogue(filled) == before


def test_the_old_form_ends_the_day_before_the_new_one_begins(filled):
    _install(filled, _new(filled))
    forms = catalogue.catalogue(filled).forms
    for year, wanted in ((2026, ["commune"]), (2027, ["commune_new"])):
        period = Period.of_year(year)
        assert [code for code, form in forms.items() if form.is_in_force(period)] == wanted


def test_a_series_runs_across_the_regimes(three_years):
    """The shipped indicator names the old elements; the figures of the first new year stand under the new ones."""
    _install(three_years, _new(three_years), begin=SINCE)
    communes = communes_of(three_years, on=NEXT.last)
    cells = [
        entry.Typed(one.uid, code, number(amount))
        for one in communes
        for code, amount in (("people", 4000), ("cards", 3000))
    ]
    entry.type_block(three_years, period=NEXT, cells=cells)
    known = catalogue.catalogue(three_years)
    series = Scope.of(three_years, None, NEXT).series(known.indicators["insurance_coverage"], 2021, 2024)
    assert sorted(series) == [2021, 2022, 2023, 2024]
    assert series[2024] == Fraction(75)


def test_last_year_stands_beside_under_the_new_codes(three_years):
    _install(three_years, _new(three_years), begin=SINCE)
    commune = communes_of(three_years, on=NEXT.last)[0]
    stored = figures(three_years, period=BEFORE, uids=[commune.uid])[commune.uid]
    along = figures_along(three_years, period=BEFORE, uids=[commune.uid], only=["people", "visits"])
    assert along[commune.uid] == {"people": stored["population"]}
    form = commune_form(three_years, unit=commune.code, form="commune_new", period=NEXT)
    now = {line.column.element.code: line.figure for line in form.lines}
    assert not now["people"].touched  # what is typed is never made up from another element
    matrix = entry.matrix(three_years, form="commune_new", period=NEXT, checked=False)
    assert matrix.totals_before[0].reported == len(matrix.rows)
    assert form.lines[0].last_year == stored["population"].value


def test_the_checks_compare_with_the_years_before_the_regime(three_years):
    _install(three_years, _new(three_years), begin=SINCE)
    commune = communes_of(three_years, on=NEXT.last)[0]
    then = figures(three_years, period=BEFORE, uids=[commune.uid])[commune.uid]["population"].value
    assert then.number is not None
    typed = entry.Typed(commune.uid, "people", number(Decimal(int(then.number) * 10)))
    entry.type_block(three_years, period=NEXT, cells=[typed])
    assert [one.element for one in findings(three_years, period=NEXT) if one.unit] == ["people"]


def test_figures_keep_the_meaning_of_their_element(filled):
    meant = replace(catalogue.catalogue(filled).elements["insured"], unit="nghìn người")
    told = _install(filled, Catalogue({"insured": meant}))
    assert [one.rule for one in told.findings] == ["regime.superseded"]
    assert not told.changes.changed
    renamed = replace(catalogue.catalogue(filled).elements["insured"], name_vi="Số thẻ BHYT")
    assert _install(filled, Catalogue({"insured": renamed})).renewed == ("insured",)


def test_an_official_form_is_superseded_never_edited(filled):
    form = replace(catalogue.catalogue(filled).forms["commune"], code="official", status=Status.OFFICIAL)
    assert not has_errors(_install(filled, Catalogue(forms={"official": form})).findings)
    shorter = replace(form, sections=form.sections[:1])
    assert [f.rule for f in _install(filled, Catalogue(forms={"official": shorter})).findings] == ["regime.superseded"]


@pytest.mark.parametrize(
    ("continues", "is_right"), [("nobody", False), ("people", False), ("cards", False), ("health_managed", True)]
)
def test_what_cannot_be_continued_is_an_error(filled, continues, is_right):
    told = _new(filled)
    wrong = replace(told.elements["cards"], continues=continues)
    done = _install(filled, Catalogue(told.elements | {"cards": wrong}, told.forms))
    assert {one.rule for one in done.findings} == (set() if is_right else {"regime.continues"})
    assert done.changes.changed == is_right


def test_a_form_without_a_first_day_does_not_end_another(filled):
    done = _install(filled, _new(filled), begin=None)
    assert {one.rule for one in done.findings} == {"regime.no_first_day"}


def test_a_workbook_of_figures_is_refused(filled, tmp_path):
    with pytest.raises(AppError) as refused:
        regimes.install_file(filled, data=(SAMPLES / "tong-hop-2024.xlsx").read_bytes(), name="a.xlsx")
    assert refused.value.code == "no_regime"


def test_what_is_installed_written_and_installed_again_changes_nothing(filled, tmp_path):
    file = regimes.write_regime(filled, out=tmp_path / "chế độ.xlsx", today=MADE)
    done = regimes.install_file(filled, data=file.read_bytes(), name=file.name)
    assert (done.findings, done.new, done.renewed, done.changes.changed) == ((), (), (), False)
