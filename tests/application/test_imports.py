"""Importing: exactly what the files say, once, over nothing that a person typed."""

import json
import shutil

import pytest

from desktop.application import entry, history, imports, submissions, values
from desktop.application.offices import communes_of
from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.values import NOT_REPORTED, State, number, plain
from tests.application.conftest import SAMPLES

EXPECTED = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
YEARS = [key for key in EXPECTED["periods"] if key[:4] in ("2021", "2022", "2023", "2024")]
P = Period.parse("2024")


def read(record, name="tong-hop-2024.xlsx", **more):
    return imports.read_files(record, files=[SAMPLES / name], **more)


def uid(record, code):
    return next(commune.uid for commune in communes_of(record, on=P.last) if commune.code == code)


@pytest.mark.parametrize("key", YEARS)
def test_every_sample_figure_is_in_the_record_exactly(filled, key):
    period = key.split("|")[0]
    held = {(row.unit, row.element): row for row in values.value_rows(filled, period=Period.parse(period))}
    found = {}
    for unit, cells in EXPECTED["periods"][key]["values"].items():
        found[unit] = {}
        for element, typed in cells.items():
            row = held.get((unit, element))
            if row is None or row.value.state is State.NOT_REPORTED:
                found[unit][element] = None
            elif isinstance(typed, bool):
                found[unit][element] = row.value.state is State.YES
            else:
                found[unit][element] = int(plain(row.value))
    assert found == EXPECTED["periods"][key]["values"]


def test_importing_again_changes_nothing(filled):
    plan = read(filled)
    assert (plan.writes, plan.same) == ((), 236)
    assert not imports.apply_import(filled, plan=plan).changes.changed


def test_reading_alone_changes_nothing(district):
    head = district.head()
    assert len(read(district).writes) == 236
    assert district.head() == head


def test_an_import_is_one_change_and_one_undo(district):
    imports.apply_import(district, plan=read(district), source="window")
    history.undo(district, source="window")
    assert all(row.value == NOT_REPORTED for row in values.value_rows(district, period=P))


def test_a_typed_figure_is_replaced_only_when_asked(filled):
    entry.type_value(filled, unit=uid(filled, "04456"), period=P, element="doctors", value=number(7))
    plan = read(filled)
    assert (plan.writes, plan.kept) == ((), 1)
    (kept,) = [finding for finding in plan.findings if finding.rule == "import.kept"]
    assert (kept.severity, kept.unit, kept.element, kept.row, kept.column) == (
        Severity.WARNING,
        "04456",
        "doctors",
        7,
        "Q",
    )
    imports.apply_import(filled, plan=read(filled, replace=True))
    (row,) = values.value_rows(filled, period=P, unit="04456", element="doctors")
    assert row.value == number(1)


def test_a_missing_figure_never_erases_a_number(filled):
    entry.type_value(filled, unit=uid(filled, "04477"), period=P, element="doctors", value=number(2))
    imports.apply_import(filled, plan=read(filled))
    (row,) = values.value_rows(filled, period=P, unit="04477", element="doctors")
    assert row.value == number(2)


def test_a_locked_form_is_not_written_and_the_others_are(filled):
    told = {"unit": "04456", "form": "commune", "period": P}
    for act in (submissions.complete, submissions.check, submissions.lock):
        act(filled, **told)
    history_before = filled.head()
    entry.type_value(filled, unit=uid(filled, "04459"), period=P, element="doctors", value=number(5))
    plan = read(filled, "tong-hop-2023.xlsx", period=None)
    assert plan.writes == ()
    assert filled.head() > history_before


def test_a_year_that_differs_from_the_title_stops_the_sheet(district):
    plan = read(district, period=Period.parse("2023"))
    assert plan.writes == ()
    assert any(finding.severity is Severity.ERROR for finding in plan.findings)


def test_a_file_that_cannot_be_read_does_not_stop_the_others(district, tmp_path):
    broken = tmp_path / "hỏng.xlsx"
    broken.write_bytes(b"not a workbook")
    shutil.copyfile(SAMPLES / "tong-hop-2024.xlsx", tmp_path / "tốt.xlsx")
    plan = imports.read_files(district, files=[broken, tmp_path / "tốt.xlsx", tmp_path / "không có.xlsx"])
    assert len(plan.writes) == 236
    assert {f.file for f in plan.findings if f.severity is Severity.ERROR} == {"hỏng.xlsx", "không có.xlsx"}


def test_the_same_cell_in_two_files_is_said(district, tmp_path):
    shutil.copyfile(SAMPLES / "tong-hop-2023.xlsx", tmp_path / "khác.xlsx")
    plan = imports.read_files(district, files=[SAMPLES / "tong-hop-2024.xlsx", SAMPLES / "tong-hop-2024.xlsx"])
    assert len(plan.writes) == 236
    assert not [finding for finding in plan.findings if finding.rule == "import.twice"]
