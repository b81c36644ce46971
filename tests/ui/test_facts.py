"""The status bar counts on a worker, follows what is typed, and never makes a page load itself again for it."""

import pytest
from PySide6.QtCore import QEvent

from desktop.application import entry, lacking, packages
from desktop.application.records import open_record
from desktop.domain.values import number
from desktop.ui.shell import facts
from tests.ui.conftest import settle
from tests.ui.offices import TODAY


def told(qtbot, window) -> str:
    window.show_facts()
    settle(qtbot, window)
    return window.status.partner.toolTip()


def typed(window, value: int):
    session = window.session
    commune = session.communes[-1]
    return session.write(
        lambda record: entry.type_value(
            record, unit=commune.uid, period=session.period, element="live_births", value=number(value)
        )
    )


def test_before_it_is_counted_the_bar_says_so(busy_window):
    assert facts.counting().text == "Đang đếm số liệu chưa gửi…"


def test_typing_is_followed_without_counting_again(qtbot, busy_window):
    window = busy_window
    before = told(qtbot, window)
    with open_record(window.session.path) as record:
        rows = lacking.count_lacking(record).rows
    assert f"{rows}" in before
    asked: list[str] = []
    typed(window, 76)
    told(qtbot, window)  # the shapes of the tables are asked once
    typed(window, 77)
    window.session.record.connection.set_trace_callback(asked.append)
    window.show_facts()
    window.session.record.connection.set_trace_callback(None)
    assert not [words for words in asked if "GROUP BY" in words or "count(*) FROM released" in words]
    assert len(asked) < 30
    settle(qtbot, window)
    with open_record(window.session.path) as record:
        now = lacking.count_lacking(record)
        assert packages.pending_changes(record) == now.rows
    assert f"{now.rows}" in window.status.partner.toolTip()


def test_a_package_makes_it_count_anew(qtbot, busy_window, tmp_path):
    window = busy_window
    told(qtbot, window)
    with open_record(window.session.path, today=TODAY) as record:
        packages.export_package(record, partner="15", folder=tmp_path / "usb", today=TODAY)
        rows = lacking.count_lacking(record).rows
    assert f"{rows}" in told(qtbot, window)


def test_without_a_key_nothing_is_counted(qtbot, window):
    assert told(qtbot, window) == "Chưa có khóa của cấp trên"


@pytest.mark.parametrize("by_another", [False, True])
def test_pages_load_again_only_for_what_others_wrote(qtbot, busy_window, monkeypatch, by_another):
    window = busy_window
    told(qtbot, window)
    window.session.was_overtaken()
    typed(window, 78)
    told(qtbot, window)  # a worker tidies the record after it
    if by_another:
        with open_record(window.session.path, today=TODAY) as record:
            commune = window.session.communes[-1]
            entry.type_value(
                record, unit=commune.uid, period=window.session.period, element="live_births", value=number(5)
            )
    loaded = []
    screen = window.screens[window.place]
    monkeypatch.setattr(screen, "load", lambda: loaded.append(True))
    monkeypatch.setattr(window, "isActiveWindow", lambda: True)
    window.changeEvent(QEvent(QEvent.Type.ActivationChange))
    assert bool(loaded) is by_another
