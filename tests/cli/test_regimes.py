"""A new regime of reports by command, end to end: installed from a workbook, entered under, reported across."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from desktop.application import shipped
from desktop.domain.elements import Catalogue, Form, Section, Status
from desktop.exchange.regime.writing import regime_xlsx
from tests.cli.command import ask, told
from tests.cli.test_office import AREA

LATER = ("--today", "2028-02-01")
PLAN = "62-NQ/TU-yen-bai"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """An invented regime: people and cards go on under new codes, visits are new; the yearly form is another."""
    old = shipped.catalogue().elements
    people = replace(old["population"], code="people", name_vi="Dân số chung", continues="population", synonyms=())
    cards = replace(old["insured"], code="cards", name_vi="Thẻ BHYT còn hạn", continues="insured", synonyms=())
    visits = replace(old["insured"], code="visits", name_vi="Lượt khám", synonyms=())
    form = Form("commune_new", "Biểu năm theo chế độ mới", "", "commune", "year", False, 10, "Thông tư (thử)",
                Status.UNVERIFIED, (Section("I", "Chung", "", ("people", "cards", "visits")),), "commune")  # fmt: skip
    file = tmp_path_factory.mktemp("regime") / "chế độ 2027.xlsx"
    whole = Catalogue({one.code: one for one in (people, cards, visits)}, {form.code: form})
    file.write_bytes(regime_xlsx(whole, source="Thông tư (thử)", status="unverified", made=date(2026, 11, 22)))
    return file


@pytest.fixture
def carried(district, tmp_path):
    """The district's record carried into the area centre of today, with figures of 2026 under the old codes."""
    told("units", "proposals", "--confirm-sure", "--db", district, *LATER)
    change = tmp_path / "change.json"
    change.write_text(json.dumps(AREA), encoding="utf-8")
    told("office", "change", "--db", district, "--from", "2025-07-01", change, *LATER)
    typed(district, 2026, population=8000, insured=7440)
    return district


def typed(record, year, **cells):
    for place, unit in enumerate(AREA["communes"]):
        for element, amount in cells.items():
            words = ("--unit", unit, "--period", str(year), "--element", element, str(amount + 10 * place))
            assert ask("value", "set", "--db", record, *words, *LATER).code == 0


def insured(record, period):
    rows = told("plan", "status", PLAN, "--period", period, "--db", record, *LATER)
    return next(row for row in rows if row["indicator"] == "insurance_coverage")


def test_a_regime_is_installed_and_the_series_runs_on_across_it(carried, workbook, tmp_path):
    refused = ask("forms", "install", workbook, "--db", carried, *LATER)
    assert [one["rule"] for one in refused.json["findings"]] == ["regime.no_first_day"]
    done = told("forms", "install", workbook, "--from", "2027-03-01", "--db", carried, *LATER)
    assert done["ends"] == [{"form": "commune", "valid_to": "2027-02-28"}]
    typed(carried, 2027, people=8000, cards=7600, visits=12000)
    assert (insured(carried, "2024")["reported"], insured(carried, "2024")["value"]) == (14, "98.004018")
    assert insured(carried, "2026")["numerator"] == str(7440 * 7 + 210)
    assert (insured(carried, "2027")["numerator"], insured(carried, "2027")["reported"]) == (str(7600 * 7 + 210), 7)
    out = tmp_path / "chỉ tiêu 2027.pdf"
    words = ("--period", "2027", "--format", "pdf", "--plan", PLAN, "--out", out)
    told("report", "targets", *words, "--db", carried, *LATER)
    printed = " ".join(_text(out).split())
    assert "95,0% (53.410/56.210; tính trên 7/7 xã)" in printed
    assert "93,0% 95,0%" in printed


def test_the_paper_form_of_the_new_regime_is_printed(carried, workbook, tmp_path):
    told("forms", "install", workbook, "--from", "2027-03-01", "--db", carried, *LATER)
    out = tmp_path / "biểu.pdf"
    words = ("--unit", "04456", "--period", "2027", "--form", "commune_new", "--format", "pdf", "--out", out)
    told("report", "blank-form", *words, "--db", carried, *LATER)
    printed = " ".join(_text(out).split())
    assert "Thẻ BHYT còn hạn người 7.440" in printed
    assert "Lượt khám người 7.440" not in printed


def test_what_is_known_of_the_official_regimes_is_told_with_its_gaps():
    found = {one["code"]: one for one in told("forms", "regimes")}
    assert (found["tt23_2025"]["valid_from"], found["tt23_2025"]["valid_to"]) == ("2025-07-01", "2027-03-01")
    assert all(one["gaps"] for one in found.values())
    assert all(fact["source"] for one in found.values() for fact in one["facts"] if fact["certainty"] != "memory")


def _text(file):
    with pypdfium2.PdfDocument(file) as book:
        return "\n".join(page.get_textpage().get_text_range() for page in book)
