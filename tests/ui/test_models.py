"""Models behave as Qt expects, jobs as the house promises, settings and help are whole."""

import json
import re
import threading
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.application.records import open_record
from desktop.domain.values import NOT_APPLICABLE, NOT_REPORTED, YES, State, Value, number
from desktop.errors import AppError
from desktop.system import settings
from desktop.system.settings import Settings
from desktop.ui import figures
from desktop.ui.jobs import JobRunner, RunningJob
from desktop.ui.places import Place
from desktop.ui.screens.entry import clipboard
from desktop.ui.shell import help as help_pages
from desktop.ui.style import palette, signs
from desktop.ui.style.signs import Sign
from desktop.wording import say
from tests.ui.conftest import settle

ROOT = Path(__file__).resolve().parents[2]
ICON = re.compile(r'"([a-z_]+_(?:16|20)_(?:regular|filled|light))"')


def test_the_matrix_is_a_sound_model(qtmodeltester, window):
    qtmodeltester.check(window.screens[Place.ENTRY].model)


def test_the_reading_lists_are_sound_models(qtbot, qtmodeltester, busy_window):
    for place in (Place.OVERVIEW, Place.INDICATORS, Place.EXCHANGE):
        screen = busy_window.show_place(place)
        settle(qtbot, busy_window)
    for model in (
        busy_window.screens[Place.OVERVIEW].view.todo_model,
        busy_window.screens[Place.OVERVIEW].view.targets_model,
        busy_window.screens[Place.OVERVIEW].view.forms_model,
        busy_window.screens[Place.INDICATORS].view.model,
        busy_window.screens[Place.EXCHANGE].view.sent_model,
        screen.view.unreceived_model,
    ):
        assert model.rowCount() > 0
        qtmodeltester.check(model)


def test_a_job_reports_and_succeeds_on_the_windows_thread(qtbot, styled, record):
    runner = JobRunner(record)
    heard = []
    job = RunningJob(say("Save"), lambda _record, step: [step(done, 3) for done in (1, 2, 3)] and "done")
    job.progressed.connect(lambda done, total: heard.append((done, total, threading.current_thread())))
    with qtbot.waitSignal(job.succeeded, timeout=10_000) as signal:
        runner.start(job, writes=False)
    assert signal.args == ["done"]
    assert heard
    assert all(thread is threading.main_thread() for _done, _total, thread in heard)
    runner.close()


def test_a_stopped_job_is_cancelled_and_leaves_nothing(qtbot, styled, record):
    runner = JobRunner(record)
    begun, go_on = threading.Event(), threading.Event()

    def work(store, step):
        with store.change(say("Save"), source="test"):
            store.connection.execute("INSERT INTO setting (name, value) VALUES ('half', '1')")
            begun.set()
            go_on.wait(10)
            step(1, 2)

    job = RunningJob(say("Save"), work)
    with qtbot.waitSignal(job.cancelled, timeout=10_000):
        runner.start(job, writes=True)
        begun.wait(10)
        job.stop()
        go_on.set()
    with open_record(record) as store:
        assert store.connection.execute("SELECT count(*) FROM setting WHERE name = 'half'").fetchone()[0] == 0
    runner.close()


def test_a_refusal_arrives_as_it_was_raised(qtbot, styled, record):
    def work(_record, _step):
        raise AppError("no", say("Not now"))

    runner = JobRunner(record)
    job = RunningJob(say("Save"), work)
    with qtbot.waitSignal(job.failed, timeout=10_000) as signal:
        runner.start(job, writes=False)
    assert signal.args[0].code == "no"
    runner.close()


def test_writers_wait_for_each_other(qtbot, styled, record):
    runner = JobRunner(record)
    gate, order = threading.Event(), []

    def first(_record, _step):
        gate.wait(10)
        order.append("first")

    slow, quick = RunningJob(say("Save"), first), RunningJob(say("Save"), lambda _record, _step: order.append("second"))
    with qtbot.waitSignal(quick.succeeded, timeout=10_000):
        runner.start(slow, writes=True)
        runner.start(quick, writes=True)
        gate.set()
    assert order == ["first", "second"]
    runner.close()


@pytest.mark.parametrize(
    ("value", "shown", "typed"),
    [
        (number(1245), "1.245", "1245"),
        (number(Decimal("1234.5")), "1.234,5", "1234,5"),
        (number(0), "0", "0"),
        (NOT_REPORTED, "", ""),
        (NOT_APPLICABLE, "", "-"),
        (YES, "có", "có"),
        (number(-3), "−3", "-3"),
        (Value(State.TEXT, text="dịch tả"), "dịch tả", "dịch tả"),
    ],
)
def test_figures_are_written_as_an_office_writes_them(value, shown, typed):
    assert figures.figure(value) == shown
    assert figures.typed(value) == typed


def test_a_block_comes_back_as_it_went():
    lines = [["1", "a\tb", ""], ["x\ny", '"', "3"]]
    assert clipboard.split(clipboard.join(lines)) == lines


def test_letters_on_the_clipboard_become_one_form():
    assert clipboard.split("Ho\u0300a") == [["Hòa"]]


def test_settings_come_back_and_wrong_ones_are_left_out(tmp_path, monkeypatch):
    monkeypatch.setenv("SOTRAM_HOME", str(tmp_path))
    kept = Settings(language="en", window=(1, 2, 800, 600), dash={"commune": "zero"}, zoom=150)
    settings.save(kept)
    assert settings.load() == kept
    settings.file().write_text(
        json.dumps({"zoom": "wide", "folded": True, "window": [1], "later": 1}), encoding="utf-8"
    )
    assert settings.load() == Settings(folded=True)
    settings.file().write_text("{", encoding="utf-8")
    assert settings.load() == Settings()


def test_every_page_of_the_help_is_there_and_every_file_is_a_page():
    files = {path.stem for path in (ROOT / "resources" / "help").glob("*.md")}
    assert files == set(help_pages.ORDER)
    assert all(help_pages.title(name) for name in help_pages.ORDER)


def test_only_icons_that_are_used_are_shipped_and_all_of_them():
    from desktop.ui.shell.navigation import ORDER

    used = {
        name
        for path in (ROOT / "desktop" / "ui").rglob("*.py")
        for name in ICON.findall(path.read_text(encoding="utf-8"))
    }
    used |= {f"{icon}_20_{kind}" for _place, icon, _name in ORDER for kind in ("regular", "filled")}
    assert {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")} == used


@pytest.mark.parametrize("sign", list(Sign))
def test_every_sign_is_a_shape_of_its_own(styled, sign):
    drawn = {other: signs.pixmap(other, 16, 2.0).toImage() for other in Sign}
    twins = [other for other in Sign if other is not sign and drawn[other] == drawn[sign]]
    assert twins in ([], [Sign.SOON], [Sign.LATE])
    assert not drawn[sign].isNull()


def test_high_contrast_drops_every_tint(styled):
    made = palette.high_contrast(styled.palette())
    assert {made.good_tint, made.warn_tint, made.bad_tint, made.band, made.unsaved} == {made.sheet}
    assert made.high_contrast


def test_qt_speaks_vietnamese_where_it_speaks_and_keeps_its_own_words_elsewhere(styled):
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QPageSize

    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Hủy"
    assert QCoreApplication.translate("Any", "no word of ours") == "no word of ours"
    assert QPageSize(QPageSize.PageSizeId.A4).sizePoints().width() == 595
