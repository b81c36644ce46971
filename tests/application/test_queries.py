"""The query sheet of a commune: what it asks, and what its answers do."""

import shutil
import subprocess

import openpyxl
import pytest

from desktop.application import checks, entry, history, imports, queries
from desktop.application.offices import communes_of
from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.values import NOT_REPORTED, State, number
from desktop.errors import AppError, UsageError
from tests.application.conftest import TODAY

P = Period.parse("2024")
UNIT = "04486"  # stunted 288 of 284 measured


def uid(record, code):
    return next(commune.uid for commune in communes_of(record, on=P.last) if commune.code == code)


@pytest.fixture
def sent(filled, tmp_path):
    """The sheet as it went to the commune."""
    path = tmp_path / "hỏi lại.xlsx"
    queries.write(filled, unit=UNIT, period=P, out=path, today=TODAY)
    return path


def answer(path, *answers):
    """Fill in (element, answer, correction, reason) in the first open row of each element."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    marks = {cell.value: (cell.row, cell.column) for line in page.iter_rows() for cell in line if cell.value}
    columns = {name: marks[f"sotram.col:{name}"][1] for name in ("answer", "correct", "reason")}
    for element, said, correction, reason in answers:
        rows = sorted(row for mark, (row, _) in marks.items() if str(mark).startswith(f"sotram.row:{element}|"))
        row = next(row for row in rows if not any(page.cell(row, column).value for column in columns.values()))
        for name, content in zip(columns, (said, correction, reason), strict=True):
            page.cell(row, columns[name]).value = content or None
    book.save(path)
    return path


def held(record, element):
    from desktop.application.figures import figures

    return figures(record, period=P)[uid(record, UNIT)].get(element)


def open_rules(record):
    return {(f.element, f.rule) for f in checks.findings(record, period=P, unit=UNIT) if f.kept is None}


def test_every_open_finding_is_asked_about(filled):
    asked = queries.sheet(filled, unit=UNIT, period=P)
    found = checks.findings(filled, period=P, unit=UNIT)
    assert {name for question in asked.questions for cell in question.cells for name in cell.findings} == {
        finding.id for finding in found
    }
    assert asked.questions[0].severity is Severity.ERROR


def test_a_kept_finding_is_asked_no_more(filled):
    found = checks.findings(filled, period=P, unit=UNIT)
    checks.keep(filled, ids=[one.id for one in found], period=P, reason="đã hỏi")
    assert queries.sheet(filled, unit=UNIT, period=P).is_empty


def test_figures_nobody_gave_are_asked_for_unless_a_reason_stands_there(filled):
    (cell,) = queries.sheet(filled, unit="04465", period=P).missing
    assert cell.element.code == "ehr"
    entry.type_value(
        filled, unit=uid(filled, "04465"), period=P, element="ehr", value=NOT_REPORTED, note="chưa có phần mềm"
    )
    assert queries.sheet(filled, unit="04465", period=P).missing == ()


def test_the_text_for_a_message_is_short_numbered_and_names_the_figures(filled):
    said = queries.text(queries.sheet(filled, unit="04474", period=P)).splitlines()
    assert said[0] == "Đề nghị Xã Lao Chải xem lại số liệu năm 2024:"
    assert said[1].startswith("1. Số người có thẻ BHYT 5.179, ")
    assert len(said) == 3


@pytest.mark.parametrize(("suffix", "begins"), [(".pdf", b"%PDF"), (".xlsx", b"PK"), (".txt", b"\xef\xbb\xbf")])
def test_the_sheet_is_written_as_its_name_says(filled, tmp_path, suffix, begins):
    made = queries.write(filled, unit=UNIT, period=P, out=tmp_path / f"a{suffix}", today=TODAY)
    assert made.file.read_bytes().startswith(begins)
    assert made.questions == 2


def test_what_cannot_be_written_is_refused(filled, tmp_path):
    with pytest.raises(UsageError, match="unknown_format"):
        queries.write(filled, unit=UNIT, period=P, out=tmp_path / "a.docx", today=TODAY)
    with pytest.raises(AppError, match="one_commune"):
        queries.write(filled, unit="137", period=P, out=tmp_path / "a.pdf", today=TODAY)
    with pytest.raises(AppError, match="nothing_to_ask"):
        queries.write(filled, unit="04459", period=P, out=tmp_path / "a.pdf", today=TODAY)


def test_an_unanswered_sheet_changes_nothing(filled, sent):
    plan = imports.read_files(filled, files=[sent])
    assert (plan.writes, plan.reasons, [f for f in plan.findings if f.severity is Severity.ERROR]) == ((), (), [])
    assert plan.files[0].layout == "query"


def test_a_confirmed_figure_keeps_its_findings_with_the_communes_reason(filled, sent):
    answer(sent, ("stunted", "đúng", "", "cân cả trẻ xã bên"), ("stunted", "Đúng", "", "cân cả trẻ xã bên"))
    plan = imports.read_files(filled, files=[sent])
    assert {(one.element, one.rule, one.reason) for one in plan.reasons} == {
        ("stunted", "stunted_within_measured", "cân cả trẻ xã bên"),
        ("stunted", "history", "cân cả trẻ xã bên"),
        ("measured", "stunted_within_measured", "cân cả trẻ xã bên"),
    }
    imports.apply_import(filled, plan=plan)
    assert open_rules(filled) == set()
    assert imports.read_files(filled, files=[sent]).reasons == ()


def test_a_corrected_figure_replaces_the_one_that_was_asked_about(filled, sent):
    entry.type_value(filled, unit=uid(filled, UNIT), period=P, element="stunted", value=number(288))
    answer(sent, ("stunted", "sửa", 88, "gõ nhầm"))
    plan = imports.read_files(filled, files=[sent])
    assert [(w.element, w.after, w.note) for w in plan.writes] == [("stunted", number(88), "gõ nhầm")]
    done = imports.apply_import(filled, plan=plan, source="window")
    assert (done.written, held(filled, "stunted").value, held(filled, "stunted").note) == (1, number(88), "gõ nhầm")
    assert open_rules(filled) == set()
    history.undo(filled, source="window")
    assert held(filled, "stunted").value == number(288)


@pytest.mark.parametrize("said", ["sửa thành 88", "Sửa lại là 88", "88", 88, "đề nghị sửa: 88"])
def test_a_correction_may_stand_in_the_answer(filled, sent, said):
    answer(sent, ("stunted", said, "", ""))
    assert [w.after for w in imports.read_files(filled, files=[sent]).writes] == [number(88)]


def test_words_without_a_choice_are_a_reason(filled, sent):
    answer(sent, ("stunted", "đã đối chiếu với sổ cân đo", "", ""))
    reasons = imports.read_files(filled, files=[sent]).reasons
    assert {one.reason for one in reasons} == {"đã đối chiếu với sổ cân đo"}


def test_an_answer_of_its_own_is_not_the_partners(filled, sent):
    answer(sent, ("stunted", "đúng", "", "cân cả trẻ xã bên"), ("measured", "đúng", "", "đủ trẻ"))
    reasons = imports.read_files(filled, files=[sent]).reasons
    assert {(one.element, one.reason) for one in reasons} == {("stunted", "cân cả trẻ xã bên"), ("measured", "đủ trẻ")}


def test_an_answer_about_a_figure_that_has_moved_is_not_taken(filled, sent):
    answer(sent, ("stunted", "sửa", 88, ""), ("measured", "đúng", "", ""))
    for element in ("stunted", "measured"):
        entry.type_value(filled, unit=uid(filled, UNIT), period=P, element=element, value=number(280))
    plan = imports.read_files(filled, files=[sent])
    assert (plan.writes, plan.reasons) == ((), ())
    assert {"import.kept", "import.answer_old"} <= {finding.rule for finding in plan.findings}


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ([("stunted", "đúng", 88, "")], "import.answer_two_ways"),
        ([("stunted", "sửa", "", "")], "import.answer_without_figure"),
        ([("stunted", "sửa", 88, ""), ("stunted", "sửa", 89, "")], "import.answer_twice"),
        ([("stunted", "sửa", "nhiều", "")], "import.not_a_number"),
    ],
)
def test_an_unclear_answer_is_an_error_at_its_cell(filled, sent, answers, rule):
    answer(sent, *answers)
    (error,) = [f for f in imports.read_files(filled, files=[sent]).findings if f.severity is Severity.ERROR]
    assert (error.rule, error.unit, error.element, error.sheet) == (rule, UNIT, "stunted", "Xã Dế Su Phình")
    assert error.row
    assert error.column


def test_a_missing_figure_is_answered_with_a_figure_or_a_reason(filled, tmp_path):
    path = tmp_path / "thiếu.xlsx"
    queries.write(filled, unit="04465", period=P, out=path, today=TODAY)
    answer(path, ("ehr", "", "", "chưa có phần mềm"))
    (write,) = imports.read_files(filled, files=[path]).writes
    assert (write.after, write.note) == (NOT_REPORTED, "chưa có phần mềm")
    book = openpyxl.load_workbook(path)
    assert book.worksheets[0].protection.sheet


def test_a_confirmed_figure_without_words_gets_words_of_our_own(filled, sent):
    answer(sent, ("measured", "đúng", "", ""))
    reasons = imports.read_files(filled, files=[sent]).reasons
    assert {one.reason for one in reasons} == {"Xã xác nhận số liệu đúng"}
    assert held(filled, "measured").value.state is State.NUMBER


def test_every_commune_with_something_to_ask_gets_its_sheet(filled, tmp_path):
    made = queries.write_all(filled, period=P, folder=tmp_path / "gửi", today=TODAY)
    asked = {
        one.code
        for one in communes_of(filled, on=P.last)
        if not queries.sheet(filled, unit=one.code, period=P).is_empty
    }
    assert len(made) == len(asked) > 2
    assert {path.name.split(" ")[4] for path in (tmp_path / "gửi").iterdir()} == asked


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_answers_survive_being_saved_in_libreoffice(filled, sent, tmp_path, kind):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    answer(sent, ("stunted", "sửa", 88, "gõ nhầm"), ("measured", "đúng", "", "đủ trẻ"))
    words = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind]
    out = tmp_path / "về"
    subprocess.run([*words, "--outdir", str(out), str(sent)], check=True, capture_output=True, timeout=180)
    plan = imports.read_files(filled, files=list(out.iterdir()))
    assert [(w.element, w.after, w.note) for w in plan.writes] == [("stunted", number(88), "gõ nhầm")]
    assert [(one.element, one.reason) for one in plan.reasons] == [("measured", "đủ trẻ")]
