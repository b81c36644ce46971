"""A template comes back exactly as it was filled in, whatever was done to the workbook."""

import dataclasses
import shutil
import subprocess
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.elements import Catalogue, Section, ValueType
from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.values import NO, NOT_APPLICABLE, NOT_REPORTED, YES, ZERO, Kind, State, Value, number
from desktop.exchange.template.reading import Asked
from tests.exchange.template.make import (
    CATALOGUE,
    ELEMENTS,
    FORM,
    element,
    fill,
    identity,
    opened,
    read,
    row_of,
    saved,
    template,
    written,
)

EMPTY = st.sampled_from([NOT_APPLICABLE, NOT_REPORTED])
BY_TYPE = {
    "people": EMPTY | st.just(ZERO) | st.integers(1, 10**14).map(number),
    "births": EMPTY | st.just(ZERO) | st.integers(-(10**6), 10**6).map(number),
    "coverage": EMPTY | st.decimals(0, 10**9, places=2).map(number),
    "doctor": EMPTY | st.sampled_from([YES, NO]),
    "words": EMPTY
    | st.from_regex(r"[A-Zđạ][a-zàịđ]{3,20}( [a-zưở]{4,9})?", fullmatch=True).map(
        lambda text: Value(State.TEXT, text=text)
    ),
}
FILLED = st.fixed_dictionaries({}, optional=BY_TYPE)
NOTES = st.dictionaries(st.sampled_from(sorted(ELEMENTS)), st.from_regex(r"[A-ZĐ][a-zạớ]{2,30}", fullmatch=True))


def by_element(reading):
    return {candidate.element: candidate.value for candidate in reading.candidates}


@given(FILLED, NOTES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_back_exactly(values, notes):
    (reading,) = read(written(template(values, notes)))
    assert {c.element: (c.value, c.note) for c in reading.candidates} == {
        code: (values.get(code, NOT_REPORTED), notes.get(code)) for code in {**values, **notes}
    }
    assert list(reading.all_findings()) == []
    assert (reading.period, reading.kind, str(reading.layout)) == (Period.parse("2024"), Kind.ACTUAL, "template")


def test_only_filled_cells_are_read():
    book = opened(written(template()))
    fill(book.worksheets[0], "people", 2820)
    fill(book.worksheets[0], "births", "x")
    fill(book.worksheets[0], "coverage", "12,5", "theo BHXH")
    (reading,) = read(saved(book))
    assert by_element(reading) == {
        "people": number(2820),
        "births": NOT_APPLICABLE,
        "coverage": number(Decimal("12.5")),
    }
    assert reading.accepted == 3


def test_an_x_means_yes_where_yes_or_no_is_asked():
    book = opened(written(template()))
    fill(book.worksheets[0], "doctor", "x")
    (reading,) = read(saved(book))
    assert by_element(reading) == {"doctor": YES}


def test_a_dash_is_shown_with_its_readings():
    book = opened(written(template()))
    fill(book.worksheets[0], "births", "-")
    (reading,) = read(saved(book))
    assert by_element(reading) == {"births": NOT_REPORTED}
    assert [finding.rule for finding in reading.all_findings()] == ["import.dash"]


def test_a_cell_that_is_no_figure_is_an_error_at_its_place():
    book = opened(written(template()))
    page = book.worksheets[0]
    fill(page, "people", "nhiều")
    (reading,) = read(saved(book))
    (finding,) = reading.all_findings()
    row, entry, _ = row_of(page, "people")
    assert (finding.severity, finding.row, finding.column, finding.unit, finding.element) == (
        Severity.ERROR,
        row,
        "ABCDEFG"[entry - 1],
        "04459",
        "people",
    )


def shuffled(page):
    """Rows above, a column beside, another name, hidden columns, other formats."""
    page.title = "gửi huyện lần 2"
    page.insert_rows(1, 3)
    page.cell(1, 2, "TRẠM Y TẾ XÃ HỒ BỐN")
    page.insert_cols(2)
    page.column_dimensions["D"].hidden = True
    for line in page.iter_rows():
        for cell in line:
            cell.number_format = "@"


VALUES = {"people": number(2820), "births": NOT_APPLICABLE, "coverage": number(Decimal("98.75")), "doctor": NO}


def test_renaming_inserting_hiding_and_formatting_change_nothing():
    book = opened(written(template(VALUES)))
    for merged in list(book.worksheets[0].merged_cells.ranges):
        book.worksheets[0].unmerge_cells(str(merged))
    shuffled(book.worksheets[0])
    (reading,) = read(saved(book))
    assert by_element(reading) == VALUES


def rows_swapped(page, one, other, first):
    """Swap the cells of two rows from a column on."""
    for column in range(first, 9):
        mine, theirs = page.cell(one, column), page.cell(other, column)
        mine.value, theirs.value = theirs.value, mine.value


@pytest.mark.parametrize("first", [1, 2])
def test_sorted_rows_are_known_by_mark_or_by_name(first):
    book = opened(written(template(VALUES)))
    page = book.worksheets[0]
    rows_swapped(page, row_of(page, "people")[0], row_of(page, "births")[0], first)
    (reading,) = read(saved(book))
    assert by_element(reading) == VALUES
    assert {f.rule for f in reading.all_findings()} == (set() if first == 1 else {"import.template_row"})


def test_a_sheet_copied_to_another_workbook_still_knows_whose_it_is():
    book = opened(written(template(VALUES)))
    book.remove(book.worksheets[1])
    (reading,) = read(saved(book))
    assert by_element(reading) == VALUES


def test_a_deleted_hidden_column_is_made_up_for_by_the_names():
    book = opened(written(template(VALUES)))
    page = book.worksheets[0]
    for merged in list(page.merged_cells.ranges):
        page.unmerge_cells(str(merged))
    page.delete_cols(1)
    page.title = "Sheet9"
    (reading,) = read(saved(book))
    assert by_element(reading) == VALUES


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_saving_in_libreoffice_changes_nothing(tmp_path, kind):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    source = tmp_path / "mau.xlsx"
    source.write_bytes(written(template(VALUES, {"people": "theo công an xã"})))
    out = tmp_path / "out"
    words = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind]
    subprocess.run([*words, "--outdir", str(out), str(source)], check=True, capture_output=True, timeout=180)
    (reading,) = read((out / f"mau.{kind}").read_bytes(), name=f"mau.{kind}")
    assert by_element(reading) == VALUES
    assert {c.element: c.note for c in reading.candidates if c.note} == {"people": "theo công an xã"}


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        (Asked(period=Period.parse("2023")), "import.period_differs"),
        (Asked(kind=Kind.ESTIMATE), "import.kind_differs"),
        (Asked(unit="04456"), "import.unit_differs"),
        (Asked(form="other"), "import.form_differs"),
    ],
)
def test_another_unit_period_or_form_than_asked_stops_the_sheet(asked, rule):
    (reading,) = read(written(template(VALUES)), asked=asked)
    assert (reading.candidates, [finding.rule for finding in reading.findings], reading.stopped) == ((), [rule], True)


def test_a_unit_the_office_does_not_serve_stops_the_sheet():
    (reading,) = read(written(template(VALUES)), codes=lambda _: {"other": "00001"})
    assert [finding.rule for finding in reading.findings] == ["import.unknown_unit"]


def test_a_unit_is_known_by_its_code_where_its_uid_is_another_records():
    (reading,) = read(written(template(VALUES)), codes=lambda _: {"other": "04459"})
    assert {candidate.unit for candidate in reading.candidates} == {"04459"}


def test_an_older_form_is_matched_by_codes_and_what_continues_them():
    newer = element("people2", "Dân số trung bình năm", ValueType.COUNT, continues="people")
    elements = {**{k: v for k, v in ELEMENTS.items() if k not in ("people", "births")}, "people2": newer}
    form = dataclasses.replace(FORM, sections=(Section("I", "Dân số", "", ("people2", "coverage", "doctor")),))
    (reading,) = read(written(template(VALUES)), known=Catalogue(elements, {"form": form}, {}))
    assert by_element(reading) == {"people2": VALUES["people"], "coverage": VALUES["coverage"], "doctor": NO}
    assert {f.rule for f in reading.findings} == {"import.template_old", "import.template_gone"}


def test_one_workbook_may_hold_many_communes():
    two = template({"people": number(5)}, unit="Xã Nậm Có", told=identity(unit="second", code="04462"))
    data = written(template(VALUES), two)
    readings = read(data, codes=lambda _: {"unit-uid": "04459", "second": "04462"})
    assert [{c.unit for c in reading.candidates} for reading in readings] == [{"04459"}, {"04462"}]


def test_the_same_template_has_the_same_bytes():
    assert written(template(VALUES)) == written(template(VALUES))


def test_somebody_elses_workbook_is_none_of_ours():
    import openpyxl

    assert read(saved(openpyxl.Workbook())) == []


def test_headings_are_locked_and_entry_cells_are_open():
    page = opened(written(template())).worksheets[0]
    row, entry, note = row_of(page, "people")
    locked = {column: page.cell(row, column).protection.locked for column in (2, 3, 4, 5, entry, note)}
    assert page.protection.sheet
    assert {column for column, is_locked in locked.items() if not is_locked} == {entry, note}
    assert page.page_setup.paperSize == 9
    assert {rule.type for rule in page.data_validations.dataValidation} == {"custom", "list"}


def test_the_known_types_are_all_tried():
    assert {one.type for one in CATALOGUE.elements.values()} == set(ValueType)


def test_a_template_of_a_form_nobody_installed_is_refused():
    (reading,) = read(written(template({"people": number(5)})), known=Catalogue())
    assert [finding.rule for finding in reading.all_findings()] == ["import.unknown_form"]
    assert reading.stopped


def test_every_entry_cell_is_told_what_it_takes():
    page = opened(written(template({}))).worksheets[0]
    rules = {
        cell: rule for rule in page.data_validations.dataValidation for block in rule.cells for cell in block.cells
    }
    for code, asked in ELEMENTS.items():
        row, entry, _ = row_of(page, code)
        assert ((row, entry) in rules) == (asked.type is not ValueType.TEXT)
