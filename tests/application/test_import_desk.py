"""What the import desk asks of a plan: every figure beside the record, files with wishes of their own, questions."""

from collections import Counter

import openpyxl
import pytest

from desktop.application import entry, import_queries, imports, submissions
from desktop.application.imports import Outcome, Wanted
from desktop.application.offices import communes_of
from desktop.domain.periods import Period
from desktop.domain.values import NO, NOT_APPLICABLE, NOT_REPORTED, ZERO, State, number
from desktop.errors import AppError
from tests.application.conftest import SAMPLES

P = Period.parse("2024")
SOURCE = SAMPLES / "tong-hop-2024.xlsx"


def uid(record, code):
    return next(commune.uid for commune in communes_of(record, on=P.last) if commune.code == code)


def outcomes(plan):
    return Counter(cell.outcome for cell in plan.cells)


@pytest.fixture
def dashed(tmp_path):
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["SỐ LIỆU NĂM 2024"])
    page.append(["Xã", "Dân số trung bình", "Tử vong mẹ", "Trạm quản lý, điều trị bệnh không lây nhiễm"])
    page.append(["Xã Hồ Bốn", 2820, "-", "-"])
    page.append(["TT Mù Cang Chải", "-", 0, "x"])
    path = tmp_path / "gạch.xlsx"
    book.save(path)
    return path


def test_every_figure_stands_beside_what_the_record_holds(filled):
    entry.type_value(filled, unit=uid(filled, "04456"), period=P, element="population", value=number(6000))
    plan = imports.read_files(filled, files=[SOURCE])
    assert outcomes(plan) == {Outcome.SAME: 235, Outcome.KEPT: 1}
    kept = next(cell for cell in plan.cells if cell.outcome is Outcome.KEPT)
    assert (kept.held, kept.told, kept.row, kept.column) == (number(6000), number(5945), 7, "C")


def test_the_outcomes_add_up_to_what_the_plan_counts(district):
    plan = imports.read_files(district, files=[SOURCE, SAMPLES / "tong-hop-2023.xlsx"])
    found = outcomes(plan)
    assert found[Outcome.NEW] + found[Outcome.CHANGED] == len(plan.writes)
    assert (found[Outcome.SAME], found[Outcome.KEPT]) == (plan.same, plan.kept)


def test_a_figure_that_a_later_file_says_again_is_marked(district, tmp_path):
    again = tmp_path / "lần hai.xlsx"
    book = openpyxl.load_workbook(SOURCE)
    book["TH"]["C7"] = 1
    book.save(again)
    plan = imports.read_files(district, files=[SOURCE, again])
    assert outcomes(plan)[Outcome.LATER] == outcomes(plan)[Outcome.NEW] == len(plan.writes)
    assert {cell.file for cell in plan.cells if cell.outcome is Outcome.LATER} == {SOURCE.name}


def test_a_closed_form_is_an_outcome_of_its_own(filled):
    entry.type_value(filled, unit=uid(filled, "04456"), period=P, element="population", value=number(6000))
    submissions.complete(filled, unit="04456", form="commune", period=P, reason="đủ")
    submissions.check(filled, unit="04456", form="commune", period=P)
    submissions.lock(filled, unit="04456", form="commune", period=P)
    plan = imports.read_files(filled, files=[SOURCE], replace=True)
    assert outcomes(plan) == {Outcome.SAME: 235, Outcome.CLOSED: 1}
    assert plan.writes == ()


def test_one_file_may_replace_typed_figures_while_another_does_not(filled):
    for period in ("2023", "2024"):
        on = Period.parse(period)
        entry.type_value(filled, unit=uid(filled, "04456"), period=on, element="population", value=number(6000))
    files = [SOURCE, SAMPLES / "tong-hop-2023.xlsx"]
    plan = imports.read_files(filled, files=files, each={SOURCE.name: Wanted(replace=True)})
    assert [(write.file, write.after) for write in plan.writes] == [(SOURCE.name, number(5945))]
    assert plan.kept == 1


@pytest.mark.parametrize(
    ("meaning", "figures"),
    [
        (State.ZERO, {ZERO, NO}),
        (State.NOT_APPLICABLE, {NOT_APPLICABLE}),
        (State.NOT_REPORTED, {NOT_REPORTED}),
    ],
)
def test_a_dash_is_settled_for_a_whole_file(district, dashed, meaning, figures):
    plan = imports.read_files(district, files=[dashed], each={dashed.name: Wanted(dash=meaning)})
    assert "import.dash" not in {finding.rule for finding in plan.findings}
    told = {(cell.unit, cell.element): cell.told for cell in plan.cells}
    dashes = {told["04459", "maternal_deaths"], told["04459", "ncd_managed"]}
    assert dashes == figures
    assert told["04456", "maternal_deaths"] == ZERO


def test_a_dash_stays_asked_where_nobody_settled_it(district, dashed):
    plan = imports.read_files(district, files=[dashed])
    assert sum(finding.rule == "import.dash" for finding in plan.findings) == 3


def test_a_file_keeps_its_cells_for_showing(district, dashed):
    read = imports.read_files(district, files=[dashed]).files[0]
    assert read.workbook.sheets[0].at(3, 1) == "Xã Hồ Bốn"


def test_what_a_file_leaves_open_becomes_a_query_sheet(district, dashed):
    plan = imports.read_files(district, files=[dashed])
    asked = import_queries.to_ask(plan)
    assert asked == {("04459", P): 2, ("04456", P): 1}
    assert import_queries.communes(district, list(asked)) == {
        ("04459", P): "Xã Hồ Bốn",
        ("04456", P): "Thị trấn Mù Căng Chải",
    }
    sheet = import_queries.sheet(district, plan=plan, unit="04459", period=P)
    assert [question.number for question in sheet.questions] == [1, 2]
    assert "“-”" in sheet.questions[0].text


def test_questions_of_the_checks_follow_those_of_the_file(filled):
    plan = imports.read_files(filled, files=[SOURCE])
    sheet = import_queries.sheet(filled, plan=plan, unit="04486", period=P)
    assert [question.number for question in sheet.questions] == list(range(1, len(sheet.questions) + 1))


def test_nothing_open_is_nothing_to_ask(district):
    plan = imports.read_files(district, files=[])
    with pytest.raises(AppError) as refused:
        import_queries.sheet(district, plan=plan, unit="04459", period=P)
    assert refused.value.code == "nothing_to_ask"
