"""What is doubtful on the desk is settled once: dashes, headings, names, periods; then it is remembered or asked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.application import entry
from desktop.application.imports import Outcome, Wanted
from desktop.application.learned import learned
from desktop.application.records import open_record
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.domain.values import NOT_REPORTED, ZERO, number
from desktop.ui.screens.imports.curing import meanings, remember
from desktop.ui.screens.imports.picking import FORGET, PickDialog
from desktop.ui.screens.imports.taken import Sure, Taken
from desktop.wording import say
from tests.ui.conftest import settle
from tests.ui.imports.conftest import YEAR, choose, read


def cure(screen, rule, key):
    finding = next(one for one in screen.plan.findings if one.rule == rule)
    screen.view.findings.point_at(finding)
    button = screen.view.findings.card.buttons[key]
    button.click()


def test_a_dash_is_settled_for_the_whole_file_beside_its_finding(qtbot, window, screen, odd):
    choose(qtbot, window, screen, odd)
    assert {cell.told for cell in screen.plan.cells if cell.element == "maternal_deaths"} == {NOT_REPORTED}
    cure(screen, "import.dash", "dash:zero")
    settle(qtbot, window)
    assert {cell.told for cell in screen.plan.cells if cell.element == "maternal_deaths"} == {ZERO}
    assert screen.view.left.dash.currentText() == "0"
    assert "import.dash" not in {one.rule for one in screen.plan.findings}


def answer(monkeypatch, key, for_all=False):
    def exec_(dialog):
        dialog.answer = key
        dialog.for_everybody.setChecked(for_all)
        return 1

    monkeypatch.setattr(PickDialog, "exec", exec_)


def test_a_heading_is_settled_from_a_list_and_remembered_for_its_sender(qtbot, window, screen, odd, monkeypatch):
    choose(qtbot, window, screen, odd)
    answer(monkeypatch, "live_births")
    cure(screen, "import.extra_column", "heading")
    settle(qtbot, window)
    taken = {one.written: one for one in screen.sheet.taken}
    assert (taken["Khẩu"].code, taken["Khẩu"].sure) == ("live_births", Sure.SETTLED)
    assert learned(window.session.record, sender=screen.sheet.reading.sender).headings["khau"] == "live_births"
    assert "khau" not in learned(window.session.record).headings


def test_an_unknown_name_becomes_a_commune_and_can_be_forgotten(qtbot, window, screen, odd, monkeypatch):
    choose(qtbot, window, screen, odd)
    town = next(one.uid for one in window.session.communes if one.code == "04456")
    answer(monkeypatch, town, for_all=True)
    cure(screen, "import.unknown_unit", "unit")
    settle(qtbot, window)
    assert "04456" in {cell.unit for cell in screen.plan.cells}
    assert learned(window.session.record).units["khu trung tam"] == town
    with open_record(window.session.path) as record:
        taken = Taken("7", "Khu trung tâm", "04456", "", Sure.SETTLED, is_unit=True)
        remember(record, taken, FORGET, "", screen.sheet.reading.sender)
        assert "khu trung tam" not in learned(record).units


def test_the_list_of_meanings_narrows_without_marks(qtbot, window, screen, odd):
    choose(qtbot, window, screen, odd)
    taken = next(one for one in screen.sheet.taken if one.written == "Khẩu")
    dialog = PickDialog(window, taken, meanings(window.session, units=False), "ai đó")
    qtbot.addWidget(dialog)
    dialog.filter.setText("dan so")
    assert [one.key for one in dialog.model.rows] == ["population"]
    qtbot.mouseClick(dialog.deed, Qt.MouseButton.LeftButton)
    assert (dialog.answer, dialog.for_all) == ("population", False)


def test_another_period_is_refused_until_the_file_decides(qtbot, window, screen, odd):
    choose(qtbot, window, screen, odd)
    screen.wishes[odd.name] = Wanted(period=Period.of_year(2023))
    screen.read()
    settle(qtbot, window)
    assert not screen.view.write.isEnabled()
    cure(screen, "import.period_differs", "period")
    settle(qtbot, window)
    assert screen.view.write.isEnabled()


def test_typed_figures_are_replaced_for_one_file_only_when_asked(qtbot, window, screen):
    session = window.session
    uid = next(one.uid for one in session.communes if one.code == "04459")
    for year in ("2023", "2024"):
        period = Period.parse(year)
        session.write(
            lambda record, period=period: entry.type_value(
                record, unit=uid, period=period, element="population", value=number(1)
            )
        )
    read(qtbot, window, screen, "tong-hop-2023.xlsx", "tong-hop-2024.xlsx")
    assert screen.desk.counts[Outcome.KEPT] == 2
    cure(screen, "import.kept", "replace")
    settle(qtbot, window)
    assert screen.desk.counts[Outcome.KEPT] == 1
    assert screen.view.left.replacing.isChecked()
    screen.view.show_way(1)
    screen.view.comparison.narrow(Outcome.CHANGED)
    model = screen.view.comparison.model
    assert [model.data(model.index(0, column)) for column in (0, 1, 4)] == ["Khác số", "Xã Hồ Bốn", "1"]


# ---- asking, sizes ----


def test_what_files_leave_open_is_asked_as_message_and_workbook(qtbot, window, screen, odd, tmp_path):
    choose(qtbot, window, screen, odd)
    screen.asking.fill_menu()
    assert screen.view.menu.actions()[0].text().startswith("Xã Hồ Bốn (")
    screen.asking.copy_message("04459", YEAR)
    settle(qtbot, window)
    assert "Hồ Bốn" in QApplication.clipboard().text()
    for suffix in (".pdf", ".xlsx"):
        screen.asking.write_one("04459", YEAR, tmp_path / f"hỏi{suffix}")
        settle(qtbot, window)
        assert (tmp_path / f"hỏi{suffix}").stat().st_size > 1000
    (tmp_path / "phiếu").mkdir()
    screen.asking.write_all(tmp_path / "phiếu")
    settle(qtbot, window)
    assert len(list((tmp_path / "phiếu").iterdir())) == len(screen.asking.asked) > 1


def test_two_thousand_findings_are_listed_and_gone_through(qtbot, window, screen):
    findings = [
        Finding("import.not_a_number", Severity.ERROR, say("“{shown}” is not a number; nothing was read.", shown=str(n)),
                file="f.xlsx", sheet="TH", row=n + 1, column="C")
        for n in range(2000)
    ]  # fmt: skip
    panel = screen.view.findings
    panel.show_findings(findings)
    assert panel.model.rowCount() == 2001
    panel.step(1)
    panel.step(1)
    assert panel.rows.current().first.row == 2


def test_alike_findings_share_a_card_that_goes_to_each_cell_in_turn(qtbot, window, screen, odd):
    choose(qtbot, window, screen, odd)
    dash = next(one for one in screen.plan.findings if one.rule == "import.dash")
    panel = screen.view.findings
    panel.point_at(dash)
    seen = []
    panel.went.connect(lambda finding: seen.append(finding.row))
    for _time in range(4):
        panel.rows.went.emit(panel.rows.current())
    assert seen == [5, 6, 8, 5]


@pytest.mark.parametrize("width", [1366, 910])
def test_every_part_can_be_reached_in_any_width(qtbot, window, screen, odd, width):
    window.resize(width, 465 if width < 1000 else 697)
    choose(qtbot, window, screen, odd)
    view = screen.view
    if width < 1000:
        view.toggle.setChecked(True)
        assert view.findings.isVisible()
        view.toggle.setChecked(False)
        view.left.show_part(2)
    assert view.left.taken.isVisible()
    assert view.left.settle.isVisible()
    assert view.write.isVisible()
