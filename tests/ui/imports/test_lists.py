"""Weighing lists on the desk: recognised, doubtful rows settled, written, taken back."""

from __future__ import annotations

from datetime import date

import openpyxl

from desktop.application import children
from desktop.application.children_import import NEW, ListWish, Who, apply_lists, lists_of
from desktop.application.imports import read_files
from desktop.application.records import open_record
from desktop.domain.findings import Severity
from tests.ui.conftest import settle
from tests.ui.imports.conftest import choose
from tests.ui.offices import SAMPLES, TODAY
from tests.ui.screenshots_imports import weighing_book

JUNE = SAMPLES / "can-do-tre-2024-06.xlsx"


def known(path):
    """The sample's children in the record."""
    with open_record(path, today=TODAY) as record:
        read = read_files(record, files=[JUNE])
        apply_lists(record, plan=lists_of(record, files=read.files, wish=ListWish(), today=TODAY))


def held(window, text):
    return children.find(window.session.record, text=text, today=TODAY)


def test_a_list_is_shown_with_what_its_columns_were_taken_for_and_its_children(qtbot, window, screen):
    choose(qtbot, window, screen, JUNE)
    assert screen.sheet.listed.count(Who.NEW) == 40
    assert [one.code for one in screen.view.left.taken_model.rows if one.code][:3] == ["name", "male", "female"]
    assert len(screen.view.lists.model.rows) == 40
    assert screen.view.ways.currentWidget() is screen.view.lists
    assert screen.view.write.isEnabled()


def test_doubtful_rows_are_settled_and_everything_is_written_and_taken_back(qtbot, window, screen, empty, tmp_path):
    known(empty)
    choose(qtbot, window, screen, weighing_book(JUNE, tmp_path / "12.xlsx"))
    counts = {who: screen.sheet.listed.count(who) for who in Who}
    assert counts == {Who.KNOWN: 38, Who.NEW: 1, Who.DOUBTFUL: 2, Who.TWICE: 1}
    first, second = (one for one in screen.desk.lists.rows if one.who is Who.DOUBTFUL)
    screen.view.lists.settled.emit(first, first.others[0].uid)
    settle(qtbot, window)
    screen.view.lists.menu(second).actions()[-1].trigger()
    settle(qtbot, window)
    assert screen.lists.settled == {first.place: first.others[0].uid, second.place: NEW}
    assert screen.sheet.listed.count(Who.DOUBTFUL) == 0
    again = next(one for one in screen.desk.lists.rows if one.place == first.place)
    lists = screen.view.lists
    lists.menu(again).actions()[-1].trigger()  # a slip can be put right
    settle(qtbot, window)
    lists.menu(next(one for one in screen.desk.lists.rows if one.place == first.place)).actions()[0].trigger()
    settle(qtbot, window)
    assert screen.lists.settled[first.place] == first.others[0].uid
    screen.write()
    settle(qtbot, window)
    assert screen.written
    assert len(held(window, "Giàng A Mới")) == 1
    assert len(children.child_page(window.session.record, uid=first.others[0].uid, log=False).measurements) == 2
    window.step_history("undo")
    settle(qtbot, window)
    assert screen.written is None
    assert held(window, "Giàng A Mới") == []


def test_the_day_of_a_list_that_does_not_say_it_is_named(qtbot, window, screen, tmp_path, monkeypatch):
    book = openpyxl.load_workbook(JUNE)
    for page in book.worksheets:
        page["A4"] = ""
    path = tmp_path / "danh sách.xlsx"
    book.save(path)
    choose(qtbot, window, screen, path)
    assert {one.rule for one in screen.plan.findings if one.severity is Severity.ERROR} == {"import.list_no_day"}
    assert not screen.view.write.isEnabled()
    asked = "desktop.ui.screens.imports.listing.QInputDialog.getText"
    monkeypatch.setattr(asked, lambda *_words, **_more: ("5/6/2024", True))
    screen.view.left.name_day.click()
    settle(qtbot, window)
    assert {one.list.day for one in screen.desk.lists.sheets} == {date(2024, 6, 5)}
    assert screen.view.write.isEnabled()
