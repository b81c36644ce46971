"""A commune's form beside its findings: keeping, its steps, its day of receipt, what its commune is asked."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from db.tables import findings as kept_rows
from desktop.application import entry, queries, submissions
from desktop.application.records import open_record
from desktop.domain.values import NOT_REPORTED
from desktop.ui import printing
from desktop.ui.screens.entry.findings.model import Breach
from desktop.ui.screens.entry.looks import Look
from desktop.wording import say
from tests.ui.commune.conftest import YEAR, answer, at, here
from tests.ui.conftest import settle


def test_an_error_is_shown_at_the_cell_in_the_list_and_in_the_panel(qtbot, screen, way, grid):
    at(way, "stunted")
    qtbot.keyClicks(grid, "9")
    grid.editor.setText("9999")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    row = way.model.row_of("stunted")
    qtbot.waitUntil(lambda: way.model.look(row) is Look.ERROR, timeout=10_000)
    assert way.communes.count(0) >= 1
    at(way, "population")
    qtbot.keyClick(way.view, Qt.Key.Key_F8)
    assert here(way)[0] in ("measured", "stunted")
    panel = screen.side.panel
    assert panel.isVisible()
    assert panel.model.groups[0].errors >= 1
    assert "9.999" in panel.card.message.text()
    assert way.life.why_not("check")


def test_a_finding_is_kept_with_a_reason_from_the_panel(qtbot, window, screen, way, panel):
    row = next(at for at, one in enumerate(panel.model.rows) if isinstance(one, Breach) and one.is_open)
    panel.rows.show_row(row)
    breach = panel.model.rows[row]
    answer("deed", "đã hỏi trạm")
    panel.card.keep.click()
    with open_record(window.session.path) as record:
        found = entry.matrix(record, form="commune", period=YEAR).findings
    mine = [finding for finding in found if finding.id in {one.id for one in breach.findings}]
    assert mine
    assert all(finding.kept and finding.kept.reason == "đã hỏi trạm" for finding in mine)


def test_one_reason_serves_many_findings(qtbot, window, screen, way, panel):
    panel.rows.selectAll()
    wanted = {one.id for breach in panel.rows.chosen() for one in breach.findings}
    assert len(panel.rows.chosen()) > 1
    answer("deed", "đối chiếu sổ, đúng")
    panel.card.keep.click()
    with open_record(window.session.path) as record:
        found = entry.matrix(record, form="commune", period=YEAR).findings
    assert all(finding.kept for finding in found if finding.id in wanted)


def test_enter_on_a_finding_goes_to_its_cell_in_the_way_shown(qtbot, screen, way, panel):
    row = next(at for at, one in enumerate(panel.model.rows) if isinstance(one, Breach))
    breach = panel.model.rows[row]
    panel.rows.show_row(row)
    panel.rows.setFocus()
    qtbot.keyClick(panel.rows, Qt.Key.Key_Return)
    assert way.model.form.commune.code == breach.first.unit
    assert here(way)[0] == breach.first.element
    screen.ways.show("matrix")
    screen.side.toggle()
    panel.rows.show_row(row)
    panel.model.fold_all_but(None)
    panel.rows.show_row(row)
    panel.rows.setFocus()
    qtbot.keyClick(panel.rows, Qt.Key.Key_Return)
    assert screen.model.columns[screen.view.grid.currentIndex().column()].element.code == breach.first.element


def test_a_form_is_completed_checked_locked_and_reopened_by_its_buttons(qtbot, window, way):
    buttons = way.view.foot.buttons
    way.show_commune(way.communes.rows[1][0].code)
    missing = any(figure.value == NOT_REPORTED for figure in way.model.figures.values())
    if missing:
        answer("deed", "trạm chưa có số")
    buttons["complete"].click()
    assert way.model.life.state == "complete"
    buttons["check"].click()
    assert way.model.life.state == "checked"
    buttons["lock"].click()
    assert way.model.life.state == "locked"
    answer("deed", "trạm báo lại")
    buttons["reopen"].click()
    assert way.model.life.state == "in_entry"
    assert way.model.life.correction == 1


def test_a_step_that_may_not_be_taken_says_why_and_changes_nothing(window, way):
    way.view.foot.buttons["lock"].click()
    assert way.model.life.state == "in_entry"
    assert window.status.word.text() == "Biểu còn đang nhập. Lãnh đạo khóa khi biểu đã kiểm tra."


def test_the_day_of_receipt_is_typed(window, way):
    answer("deed", "6/1/2025")
    way.view.header.received.click()
    assert way.model.life.received_on == date(2025, 1, 6)
    assert "06/01/2025" in way.view.header.received.text()


def test_the_questions_to_a_commune_are_copied_as_a_message(qtbot, window, screen, way, panel):
    way.show_commune(panel.model.groups[0].unit)
    QGuiApplication.clipboard().clear()
    way.asking.actions["message"].trigger()
    settle(qtbot, window)
    text = QGuiApplication.clipboard().text()
    assert way.model.form.commune.name.removeprefix("Xã ") in text
    assert window.status.word.text().startswith("Đã chép")


@pytest.mark.parametrize(("act", "kind"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("template", b"PK")])
def test_query_sheet_and_template_are_saved(qtbot, window, way, panel, tmp_path, monkeypatch, act, kind):
    out = tmp_path / f"xã.{'pdf' if act == 'pdf' else 'xlsx'}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(out), ""))
    way.show_commune(panel.model.groups[0].unit)
    way.asking.actions[act].trigger()
    settle(qtbot, window)
    assert out.read_bytes().startswith(kind)
    assert window.status.word.text() == f"Đã lưu {out.name}."


def test_a_commune_without_questions_is_told_so(qtbot, window, way, panel):
    with open_record(window.session.path) as record:
        empty = [
            commune.code
            for commune, _state in way.communes.rows
            if queries.sheet(record, unit=commune.code, form="commune", period=YEAR).is_empty
        ]
    assert empty
    way.show_commune(empty[0])
    way.asking.actions["message"].trigger()
    settle(qtbot, window)
    assert way.model.form.commune.name in window.status.word.text()
    assert not window.status.word.text().startswith("Đã chép")


def test_a_form_is_returned_with_a_reason_and_the_way_it_was_told(qtbot, window, screen, way):
    code = way.model.form.commune.code
    with open_record(window.session.path) as record:
        submissions.complete(record, unit=code, form="commune", period=YEAR, reason="chưa có")
    screen.load()
    answer("deed", "đối chiếu lại sổ")
    way.view.foot.buttons["return"].click()
    assert way.model.life.state == "returned"
    assert way.model.life.returned_by == "phone"
    assert way.view.header.about.text() == "Trả lại vì: đối chiếu lại sổ"


def test_the_reason_accepted_last_year_is_proposed(qtbot, window, screen, way, panel):
    row = next(at for at, one in enumerate(panel.model.rows) if isinstance(one, Breach) and one.is_open)
    breach = panel.model.rows[row]
    unit = next(commune.uid for commune, _state in way.communes.rows if commune.code == breach.first.unit)
    with open_record(window.session.path, actor="Hoa") as record, record.change(say("Save"), source="findings"):
        for finding in breach.findings:
            kept_rows.put(
                record,
                kept_rows.KeptReason(
                    unit, "2023", finding.element, finding.rule, "1", "xã đông dân di cư", "Hoa", record.stamp()
                ),
            )
    panel.rows.clearSelection()
    panel.rows.show_row(row)
    assert "xã đông dân di cư" in panel.card.reason.text()
    answer("deed")
    panel.card.keep.click()
    with open_record(window.session.path) as record:
        found = entry.matrix(record, form="commune", period=YEAR).findings
    reasons = {one.kept.reason for one in found if one.kept and one.id in {f.id for f in breach.findings}}
    assert reasons == {"xã đông dân di cư"}


@pytest.mark.parametrize("act", ["print", "form", "blank"])
def test_query_sheet_and_form_go_to_the_printer(qtbot, window, way, panel, monkeypatch, act):
    printed = []
    monkeypatch.setattr(printing, "ask_printer", lambda *words: printed.append(words[2]))
    way.show_commune(panel.model.groups[0].unit)
    way.asking.actions[act].trigger()
    settle(qtbot, window)
    assert len(printed) == 1
    assert printed[0].startswith(b"%PDF")
