"""Supplements ticked in the list, children on the register of acute malnutrition, and what is printed of both."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from desktop.application import child_care, children
from desktop.domain.child_care import Degree, Outcome, Supplement
from desktop.ui.screens.children.care.giving import GiveDialog
from desktop.ui.screens.children.care.treating import TreatmentDialog
from desktop.ui.screens.children.papers import ALL, PaperDialog, open_follow_up
from desktop.ui.screens.children.weighing.columns import Col
from tests.ui.conftest import settle


def given(part, at):
    return child_care.care_page(part.session.record, uid=part.model.row(at).child.uid).given


def answered(monkeypatch, dialog, fill):
    def accept(made):
        fill(made)
        assert made.deed.isEnabled(), made.told.text()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(dialog, "exec", accept)


def test_a_letter_notes_a_supplement_for_the_chosen_lines_and_again_takes_it_away(qtbot, part, grid):
    grid.go(0, Col.CARE)
    qtbot.keyClick(grid, "a")
    qtbot.keyClick(grid, "k")
    assert part.model.text(0, Col.CARE) == "AK"
    assert {one.what for one in given(part, 0)} == {Supplement.VITAMIN_A, Supplement.ZINC}
    assert {one.day for one in given(part, 0)} == {part.model.row(0).now.day}
    qtbot.keyClick(grid, "a")
    assert part.model.text(0, Col.CARE) == "K"
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert given(part, 0) == ()
    qtbot.keyClick(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    part.load()
    assert part.model.text(0, Col.CARE) == "K"


def test_a_child_comes_on_the_register_with_its_arm_and_leaves_it_recovered(qtbot, monkeypatch, window, screen, part):
    uid = part.model.row(8).child.uid
    screen.open_child(uid)
    page = screen.part.view.page

    def comes(made):
        made.since.setText("05/12/2024")
        made.weight.setText("9,1")
        made.muac.setText("112")

    answered(monkeypatch, TreatmentDialog, comes)
    page.care.treat.click()
    (stay,) = child_care.care_page(screen.session.record, uid=uid).treatments
    assert (stay.since, stay.degree, stay.until) == (date(2024, 12, 5), Degree.SEVERE, None)
    assert "cấp tính nặng" in page.care.treatments.text()
    screen.show_part("care")
    settle(qtbot, window)
    register = screen.part
    (line,) = register.view.model.rows
    assert (line.came.muac, line.came.weight) == (112, 9100)
    assert screen.view.tabs["follow"].isChecked()

    def leaves(made):
        made.until.setText("20/12/2024")
        made.outcome.setCurrentIndex(made.outcome.findData(Outcome.RECOVERED.value))

    answered(monkeypatch, TreatmentDialog, leaves)
    register.view.change.click()
    settle(qtbot, window)
    assert register.view.model.rows[0].treatment.outcome is Outcome.RECOVERED
    assert "0 đang điều trị ngày 31/12/2024" in register.view.told.text()


def test_the_childs_page_notes_a_supplement_prints_its_card_and_takes_no_half_an_end(
    qtbot, monkeypatch, window, screen, part
):
    screen.open_child(part.model.row(0).child.uid)
    page = screen.part.view.page

    def fill(made):
        made.what.setCurrentIndex(made.what.findData(Supplement.IRON.value))
        made.day.setText("01/12/2024")
        made.doses.setValue(30)

    answered(monkeypatch, GiveDialog, fill)
    page.care.give.click()
    assert "Sắt 01/12/2024 (30 liều)" in page.care.given.text()
    asked = TreatmentDialog(window, window.session, page.page)
    asked.until.setText("20/12/2024")
    assert not asked.deed.isEnabled()
    asked.muac.setText("x")
    assert "vòng cánh tay" in asked.told.text()
    asked.deleteLater()
    screen.part.open_card()
    assert shown(qtbot, window)


def test_lists_are_printed_by_session_and_village(qtbot, window, screen, part):
    part.sessions.open_paper()
    assert shown(qtbot, window)
    villages = sorted({row.child.village for row in part.model.all_rows})
    known = [("Đợt", part.held_uid)]
    dialog = open_follow_up(
        window, window.session, unit=screen.commune.code, known=known, villages=villages, village=villages[0]
    )
    settle(qtbot, window)
    one = dialog.pages.pages.data
    dialog.lists[1].setCurrentIndex(dialog.lists[1].findData(ALL))
    dialog.make()
    settle(qtbot, window)
    assert len(dialog.pages.pages.data) > len(one)
    dialog.reject()


def shown(qtbot, window):
    """The pages of the paper that was opened, which is closed again."""
    settle(qtbot, window)
    (dialog,) = (one for one in window.findChildren(PaperDialog) if one.isVisible())
    data = dialog.pages.pages.data
    dialog.reject()
    return data


def test_a_day_before_the_birth_is_refused_in_words_while_it_is_typed(qtbot, window, part):
    page = children.child_page(part.session.record, uid=part.model.row(0).child.uid, log=False)
    for dialog, field in (
        (made := TreatmentDialog(window, window.session, page), made.since),
        (gift := GiveDialog(window, window.session, page.child), gift.day),
    ):
        qtbot.addWidget(dialog)
        field.clear()
        for letter in "1/12/2002":
            qtbot.keyClicks(field, letter)
        assert not dialog.deed.isEnabled()
        assert "từ lúc sinh đến hôm nay" in dialog.told.text()
        field.setText("1/12/2024")
        assert dialog.deed.isEnabled()
