"""A record on a stick or a network drive: one connection, and everything of the window works with it in turn."""

import os
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop.application import backups, entry, packages
from desktop.domain.values import NOT_REPORTED, number
from desktop.system.drives import Drive
from desktop.ui import app
from desktop.ui.dialogs.ask import Ask
from desktop.ui.jobs import RunningJob
from desktop.ui.places import Place
from desktop.wording import say
from tests.ui.conftest import opened, settle
from tests.ui.offices import SAMPLES

POPULATION, LAST = 0, 12
ON_STICK = """
import sys
import db.store
from desktop.system.drives import Drive
db.store.drive_of = lambda path: Drive.REMOVABLE
from desktop.__main__ import main
sys.exit(main())
"""


@pytest.fixture
def stick(qtbot, styled, busy, monkeypatch):
    monkeypatch.setattr("db.store.drive_of", lambda path: Drive.REMOVABLE)
    monkeypatch.setattr("db.backup.drive_of", lambda path: Drive.REMOVABLE)
    made = opened(qtbot, busy, package_folder=str(busy.parent / "usb"), backup_folder=str(busy.parent / "b"))
    faults = []
    made.session.failed.connect(faults.append)
    yield made
    app.dispose(made)
    assert faults == []


def page(qtbot, window, place):
    screen = window.show_place(place)
    settle(qtbot, window)
    return screen


def typed(qtbot, window, text, row=LAST):
    grid = window.screens[Place.ENTRY].view.grid
    grid.setFocus()
    grid.go(row, POPULATION)
    qtbot.keyClicks(grid, text)
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)


def kept(window, row=LAST):
    rows = entry.matrix(window.session.record, form="commune", period=window.session.period).rows
    return rows[row].cells[POPULATION].figure.value


def test_the_window_says_where_the_record_lies(stick):
    assert not stick.session.record.shares
    assert "USB" in stick.status.word.text()


def test_typing_and_checks_and_the_count_work_on_one_connection(qtbot, stick):
    typed(qtbot, stick, "4155")
    assert kept(stick) == number(4155)
    settle(qtbot, stick)
    stick.show_facts()
    settle(qtbot, stick)
    assert f"{packages.pending_changes(stick.session.record)}" in stick.status.partner.toolTip()


@pytest.mark.parametrize("place", list(Place))
def test_every_page_opens_and_typing_goes_on(qtbot, stick, place):
    assert page(qtbot, stick, place) is not None
    page(qtbot, stick, Place.ENTRY)
    typed(qtbot, stick, "77")
    assert kept(stick) == number(77)


def test_files_are_read_and_written(qtbot, stick):
    screen = page(qtbot, stick, Place.IMPORTS)
    screen.add_files([SAMPLES / "tong-hop-2024.xlsx"])
    settle(qtbot, stick)
    assert screen.plan is not None
    screen.write()
    settle(qtbot, stick)
    assert "Ctrl+Z" in stick.status.word.text() or not screen.plan.writes


def test_a_report_is_made(qtbot, stick):
    assert len(page(qtbot, stick, Place.REPORTS).pages) >= 3


def test_a_package_is_written_and_looked_at(qtbot, stick):
    typed(qtbot, stick, "4155")
    screen = page(qtbot, stick, Place.EXCHANGE)
    before = len(list((stick.session.path.parent / "usb").rglob("*.sotram")))
    screen.view.finished_only.setChecked(False)
    screen.write()
    settle(qtbot, stick)
    assert len(list((stick.session.path.parent / "usb").rglob("*.sotram"))) == before + 1


def test_a_backup_is_made_proven_and_gone_back_to(qtbot, stick):
    screen = page(qtbot, stick, Place.ADMIN)
    screen.back_up()
    settle(qtbot, stick)
    made = backups.last_backup(stick.session.record)
    page(qtbot, stick, Place.ENTRY)
    before = kept(stick)
    typed(qtbot, stick, "4155")
    screen = page(qtbot, stick, Place.ADMIN)

    def agree():
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, Ask)
        asked.buttons["deed"].click()

    QTimer.singleShot(0, agree)
    screen.restore(made.file)
    settle(qtbot, stick)
    assert not stick.session.record.shares
    assert kept(stick) == before


def test_typing_comes_between_two_steps_of_a_job(qtbot, stick):
    computing, typed_in = threading.Event(), threading.Event()
    found = []

    def work(record, step):
        before = record.head()
        computing.set()
        while not typed_in.wait(0.001):
            step(0, 1)
        return record.head() - before

    job = RunningJob(say("Save"), work)
    job.succeeded.connect(found.append)
    stick.session.jobs.start(job, writes=False)
    qtbot.waitUntil(computing.is_set)
    typed(qtbot, stick, "4155")
    typed_in.set()
    settle(qtbot, stick)
    assert found == [1]


def test_a_reader_in_the_windows_way_begins_again(qtbot, stick):
    began, states = [], []
    inside = threading.Event()

    def work(record, step):
        began.append(True)
        with record.reading():
            record.head()
            inside.set()
            for done in range(2000):
                step(done, 2000)
                threading.Event().wait(0.001 if len(began) == 1 else 0)
        return record.head()

    job = RunningJob(say("Save"), work)
    job.succeeded.connect(states.append)
    stick.session.jobs.start(job, writes=False)
    qtbot.waitUntil(inside.is_set)
    typed(qtbot, stick, "4155")
    assert kept(stick) == number(4155)
    settle(qtbot, stick)
    assert len(began) >= 2
    assert states == [stick.session.record.head()]


def test_stopping_never_waits_for_a_job_that_waits_for_the_window(qtbot, stick):
    for writes in (True, False, False, False):
        stick.session.record.head()
        stick.session.jobs.start(RunningJob(say("Save"), lambda record, _step: record.head()), writes=writes)
    stick.session.jobs.stop_all()
    assert not stick.session.jobs.is_busy
    typed(qtbot, stick, "0")
    assert kept(stick) != NOT_REPORTED


def test_the_command_line_beside_the_window_says_who_has_the_record(stick):
    done = subprocess.run(
        [sys.executable, "-c", ON_STICK, "findings", "--db", str(stick.session.path), "--period", "2024"],
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "đang được chương trình khác dùng" in done.stderr + done.stdout
    assert "Sổ đang mở trên máy" in done.stderr + done.stdout
