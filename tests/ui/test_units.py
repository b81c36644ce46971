"""Danh mục › Đơn vị: the tree, the timeline, acts by a dialog with preview, proposals, undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.acts import ActKind
from desktop.ui.places import Place
from desktop.ui.screens.catalogue.units import part
from desktop.ui.screens.catalogue.units.act_dialog import ActDialog
from tests.ui.test_pages import shown


@pytest.fixture
def page(qtbot, window):
    screen = shown(qtbot, window, Place.CATALOGUE)
    screen.choose("units")
    return screen.view.units


def names(page):
    return {item.text(0) for item in page.tree._items.values()}


def code(page, name):
    return next(item.text(1) for item in page.tree._items.values() if item.text(0) == name)


def choose_day(page, text):
    page.day.setText(text)
    page.day.editingFinished.emit()


def test_the_tree_shows_the_units_of_a_day(page):
    choose_day(page, "30/06/2025")
    assert "Huyện Mù Căng Chải" in names(page)
    choose_day(page, "01/07/2025")
    assert "Huyện Mù Căng Chải" not in names(page)
    assert page.day.text() == "01/07/2025"
    for wrong in ("không", "01/07/3000", "31/02/2025"):
        choose_day(page, wrong)
        assert page.day.text() == "01/07/2025"


def test_a_search_opens_the_way_to_what_fits(page):
    choose_day(page, "30/06/2025")
    assert page.tree.narrow("nam co") == 1
    (item,) = [item for item in page.tree._items.values() if item.text(0) == "Xã Nậm Có"]
    assert not item.isHidden()
    assert item.parent().isExpanded()


def test_sure_proposals_are_confirmed_at_once_and_the_timeline_tells(qtbot, page):
    choose_day(page, "01/07/2025")
    before = [one for one in page.proposals.rows_model.rows if not one.is_confirmed]
    qtbot.mouseClick(page.confirm_sure, Qt.MouseButton.LeftButton)
    left = [one for one in page.proposals.rows_model.rows if not one.is_confirmed]
    assert len(left) < len(before)
    assert not any(one.is_sure for one in left)
    assert not page.confirm_sure.isEnabled()
    page.choose("proposals")
    tu_le = next(item for item in page.tree._items.values() if item.text(0) == "Xã Tú Lệ")
    page.tree.scrollToItem(tu_le)
    qtbot.mouseClick(page.tree.viewport(), Qt.MouseButton.LeftButton, pos=page.tree.visualItemRect(tu_le).center())
    assert page.tabs["timeline"].isChecked()
    (event,) = page.timeline.rows_model.rows
    assert event.before == ("Xã Cao Phạ", "Xã Tú Lệ")


@pytest.fixture
def accepted(monkeypatch):
    """The dialog is filled by `fill` and confirmed."""
    filled = []

    def execute(self):
        for fill in filled:
            fill(self)
        self.look()
        return self.DialogCode.Accepted if self.draft is not None else self.DialogCode.Rejected

    monkeypatch.setattr(ActDialog, "exec", execute)
    return filled


def test_an_act_is_entered_by_the_dialog_and_undone_by_its_line(qtbot, page, accepted, monkeypatch):
    choose_day(page, "01/07/2025")
    nam_co = next(item for item in page.tree._items.values() if item.text(0) == "Xã Nậm Có")
    page.tree.setCurrentItem(nam_co)

    def fill(dialog):
        dialog.kinds.setCurrentIndex(list(ActKind).index(ActKind.RENAME))
        dialog.day.setText("01/03/2026")
        dialog.basis.setText("NQ 7")
        dialog.tos.item(0, 1).setText("Phường Nậm Có")

    accepted.append(fill)
    qtbot.mouseClick(page.enter, Qt.MouseButton.LeftButton)
    choose_day(page, "02/03/2026")
    assert "Phường Nậm Có" in names(page)
    page.tree.setCurrentItem(next(item for item in page.tree._items.values() if item.text(0) == "Phường Nậm Có"))
    page.timeline.selectRow(len(page.timeline.rows_model.rows) - 1)
    assert page.undo.isEnabled()
    monkeypatch.setattr(part, "confirm", lambda *_args, **_told: "")
    qtbot.mouseClick(page.undo, Qt.MouseButton.LeftButton)
    assert "Phường Nậm Có" not in names(page)


def test_the_dialog_says_what_is_missing_and_what_the_act_does(qtbot, window, page):
    dialog = ActDialog(window, window.session, first="04462")
    qtbot.addWidget(dialog)
    dialog.day.setText("01/01/2027")
    dialog.look()
    assert not dialog.save.isEnabled()
    dialog.basis.setText("NQ 12")
    dialog.froms.item(1, 0).setText("04456")
    assert dialog.froms.item(1, 1).text() == "Xã Mù Cang Chải"
    assert dialog.froms.rowCount() == 3
    dialog.look()
    assert dialog.save.isEnabled()
    assert "Xã Nậm Có" in dialog.told.toPlainText()
    dialog.froms.item(1, 2).setCheckState(Qt.CheckState.Checked)
    dialog.froms.item(1, 3).setText("35 %")
    dialog.look()
    assert [(share.old, share.share) for share in dialog.draft.shares] == [("04456", 3500)]
    for wrong in ("hôm nay", "01/01/1600"):
        dialog.day.setText(wrong)
        dialog.look()
        assert not dialog.save.isEnabled()
    dialog.day.setText("1/1/27")
    dialog.look()
    assert dialog.save.isEnabled()


def test_a_doubtful_proposal_is_looked_at_and_confirmed_by_a_person(qtbot, page, accepted):
    doubtful = next(at for at, one in enumerate(page.proposals.rows_model.rows) if not one.is_sure)
    uid = page.proposals.rows_model.rows[doubtful].uid
    page.choose("proposals")
    page.proposals.selectRow(doubtful)
    assert page.confirm_one.isEnabled()
    qtbot.mouseClick(page.confirm_one, Qt.MouseButton.LeftButton)
    assert {one.uid: one.is_confirmed for one in page.proposals.rows_model.rows}[uid]
