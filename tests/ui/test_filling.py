"""Filling in somebody else's workbook: shown before it is saved, cells taken out, refusals in words."""

import openpyxl
import pytest
from PySide6.QtCore import Qt

from desktop.application import learned
from desktop.application.filling import Action
from desktop.ui.places import Place, Target
from desktop.ui.screens.imports.picking import PickDialog
from tests.ui.conftest import settle
from tests.ui.offices import SAMPLES


@pytest.fixture
def screen(window):
    made = window.show_place(Place.IMPORTS)
    made.go(Target(Place.IMPORTS, (("tab", "fill"),)))
    return made


@pytest.fixture
def template(tmp_path):
    """The sample of 2024 with its figures taken out but one, and a formula."""
    book = openpyxl.load_workbook(SAMPLES / "tong-hop-2024.xlsx")
    page = book["TH"]
    for row in range(7, 22):
        for column in range(3, 20):
            page.cell(row, column).value = None
    page["C8"] = 2800
    page["D10"] = "=C10-100"
    path = tmp_path / "mẫu của tỉnh.xlsx"
    book.save(path)
    return path


def choose(qtbot, window, screen, path):
    screen.filling.choose(path)
    settle(qtbot, window)


def row_of(view, place):
    return next(one for one in view.model.rows if f"{one.column}{one.row}" == place)


def test_the_tab_says_what_to_do(screen):
    assert screen.filling.view.first_act.isVisible()
    assert screen.filling.view.first_act.text() == "Chọn tệp mẫu…"


def test_every_cell_is_shown_with_what_will_stand_in_it(qtbot, window, screen, template):
    choose(qtbot, window, screen, template)
    view = screen.filling.view
    model = view.model
    kept = next(at for at, one in enumerate(model.rows) if one.action is Action.KEPT)
    assert [model.data(model.index(kept, column)) for column in (1, 2, 4, 5)] == ["C8", "Xã Hồ Bốn", "2.800", "2.800"]
    assert "giữ nguyên" in model.data(model.index(kept, 6))
    assert view.save.text() == f"Lưu thành… ({len(screen.filling.plan.writes)} ô)"
    view.narrow(Action.FORMULA)
    assert [f"{one.column}{one.row}" for one in model.rows] == ["D10"]


def test_a_cell_taken_out_stays_empty_in_the_copy(qtbot, window, screen, template, tmp_path):
    choose(qtbot, window, screen, template)
    view, before = screen.filling.view, template.read_bytes()
    view.table.selectRow(0)
    first = view.model.rows[0]
    qtbot.keyClick(view.table, Qt.Key.Key_Space)
    assert view.save.text() == f"Lưu thành… ({len(screen.filling.plan.writes) - 1} ô)"
    out = tmp_path / "đã điền.xlsx"
    screen.filling.save(out)
    settle(qtbot, window)
    page = openpyxl.load_workbook(out)["TH"]
    assert page[f"{first.column}{first.row}"].value is None
    assert page["C9"].value is not None
    assert (page["C8"].value, page["D10"].value) == (2800, "=C10-100")
    assert view.saved.isVisible()
    assert template.read_bytes() == before
    qtbot.keyClick(view.table, Qt.Key.Key_Space)
    assert not view.without


def test_other_figures_are_replaced_only_when_asked(qtbot, window, screen, template):
    choose(qtbot, window, screen, template)
    view = screen.filling.view
    view.replacing.setChecked(True)
    view.options_changed.emit()
    settle(qtbot, window)
    assert row_of(view, "C8").action is Action.REPLACE


def test_what_cannot_be_filled_is_refused_with_what_to_do(qtbot, window, screen, tmp_path):
    path = tmp_path / "mẫu.csv"
    path.write_text("Xã;Dân số trung bình\nXã Hồ Bốn;\n", encoding="utf-8")
    choose(qtbot, window, screen, path)
    view = screen.filling.view
    assert view.refusal.isVisible()
    assert view.first_act.isVisible()


def test_another_period_of_the_window_is_said_and_nothing_filled(qtbot, window, screen, template):
    from desktop.domain.periods import Period

    choose(qtbot, window, screen, template)
    window.choose_period(Period.parse("2023"))
    settle(qtbot, window)
    view = screen.filling.view
    assert not view.save.isEnabled()
    assert "import.period_differs" in {finding.rule for finding in screen.filling.plan.findings}


def test_a_heading_settled_here_is_remembered(qtbot, window, screen, template, monkeypatch):
    choose(qtbot, window, screen, template)
    view = screen.filling.view

    def exec_(dialog):
        dialog.answer = ""
        return 1

    monkeypatch.setattr(PickDialog, "exec", exec_)
    view.taken.selectRow(0)
    qtbot.mouseClick(view.settle, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert "population" not in {cell.element for cell in screen.filling.plan.cells}
    assert None in learned.learned(window.session.record, sender=screen.filling.plan.sender).headings.values()


def test_a_workbook_dropped_on_this_tab_is_filled_not_read_in(qtbot, window, screen, template):
    screen.add_files([template])
    settle(qtbot, window)
    assert screen.filling.plan is not None
    assert screen.desk is None
