"""The window's switch of boundaries: the reading matrix, the targets and the report on the new communes."""

from datetime import date, datetime

import pytest

from desktop.system.settings import Settings
from desktop.ui import app
from desktop.ui.places import Place
from desktop.ui.screens.entry.ground.way import UNKNOWN, cell_text, cell_tip
from desktop.ui.widgets.boundaries import BoundaryList
from tests.ui.conftest import settle

NEW = date(2025, 7, 1)
TODAY = date(2025, 12, 31)


@pytest.fixture
def window(qtbot, styled, record):
    """The sample record at the end of 2025, when the reform is past."""
    settings = Settings(period="2024", place="entry", maximised=False)
    made = app.make_window(record, kept=settings, now=lambda: datetime(2025, 12, 31, 9).astimezone(), today=TODAY)
    qtbot.addWidget(made, before_close_func=lambda made: made.session.jobs.close())
    made.resize(1366, 697)
    made.show()
    qtbot.waitExposed(made)
    made.open()
    settle(qtbot, made)
    yield made
    made.session.jobs.close()


def choose(qtbot, window, boundaries: BoundaryList, day: date | None) -> None:
    boundaries.setCurrentIndex([boundaries.itemData(at) for at in range(boundaries.count())].index(day))
    boundaries.activated.emit(boundaries.currentIndex())
    settle(qtbot, window)


@pytest.fixture
def ground(qtbot, window):
    screen = window.show_place(Place.ENTRY)
    settle(qtbot, window)
    assert screen.view.tabs["ground"].isVisibleTo(screen.view)
    assert screen.ways.show("ground")
    settle(qtbot, window)
    return screen.ways.shown


def test_the_matrix_is_read_on_the_new_communes_and_names_what_is_missing(ground):
    assert ground.list.day == NEW
    assert ground.grid is None
    rows = {row.commune.name: row for row in ground.model.rows if row.commune is not None}
    assert len(rows) == 7
    births = next(at for at, cell in enumerate(rows["Xã Khao Mang"].cells) if cell.element == "live_births")
    assert cell_text(rows["Xã Khao Mang"].cells[births]) == "147"
    missing = rows["Xã Tú Lệ"].cells[births]
    assert cell_text(missing) == UNKNOWN
    assert "Xã Tú Lệ (04630)" in cell_tip(missing)
    assert "Xã Tú Lệ (04630)" in ground.legend.text()
    assert cell_text(ground.model.rows[-1].cells[births]) == UNKNOWN


def test_the_missing_part_is_kept_as_history_from_the_window(qtbot, window, ground, monkeypatch):
    from desktop.application.history_units import kept_as_history
    from desktop.ui.screens.entry.ground import way

    assert ground.keep.isVisibleTo(ground.view)
    monkeypatch.setattr(way, "confirm", lambda *_words, **_more: "NQ 1673")
    ground.keep.click()
    settle(qtbot, window)
    assert [one.code for one in kept_as_history(window.session.record)] == ["04630"]
    ground.load()
    settle(qtbot, window)
    assert not ground.keep.isVisibleTo(ground.view)
    [tu_le] = [row for row in ground.model.rows if row.commune and row.commune.name == "Xã Tú Lệ"]
    [births] = [cell for cell in tu_le.cells if cell.element == "live_births"]
    assert cell_text(births).endswith("(1/2)")


def test_a_figure_some_parts_did_not_report_says_on_how_many_it_rests(ground):
    [khao_mang] = [row for row in ground.model.rows if row.commune and row.commune.name == "Xã Khao Mang"]
    [ehr] = [cell for cell in khao_mang.cells if cell.element == "ehr"]
    assert cell_text(ehr).endswith("(1/2)")


def test_the_targets_are_judged_on_other_boundaries_and_back(qtbot, window):
    screen = window.show_place(Place.INDICATORS)
    settle(qtbot, window)
    view = screen.view
    assert view.boundaries.day is None

    def figures():
        return {row.indicator.code: row.figure.value for row in view.model.rows}

    before = figures()
    assert before["insurance_coverage"] is not None
    choose(qtbot, window, view.boundaries, NEW)
    row = next(row for row in view.model.rows if row.indicator.code == "insurance_coverage")
    assert (row.figure.value, row.reason) == (None, "outside_record")
    assert [one.code for one in row.missing] == ["04630"]
    choose(qtbot, window, view.boundaries, None)
    assert figures() == before


def test_the_report_is_made_on_other_boundaries_with_their_communes(qtbot, window):
    screen = window.show_place(Place.REPORTS)
    settle(qtbot, window)
    own, units = screen.pages.data, screen.view.unit.count()
    choose(qtbot, window, screen.view.boundaries, NEW)
    assert screen.pages.data != own
    assert (units, screen.view.unit.count()) == (15, 8)
    assert screen.file_name().endswith("-dia-gioi-2025-07-01.pdf")
    choose(qtbot, window, screen.view.boundaries, None)
    assert screen.pages.data == own


def test_before_the_reform_there_is_nothing_to_choose(qtbot, record):
    from desktop.application.boundary_days import boundary_days
    from desktop.application.offices import has_other_boundaries
    from desktop.application.records import open_record
    from desktop.domain.periods import Period

    with open_record(record, today=date(2025, 1, 14)) as opened:
        assert not has_other_boundaries(opened, today=date(2025, 1, 14))
        [only] = boundary_days(opened, period=Period.parse("2024"), today=date(2025, 1, 14))
        assert only.is_own
        found = boundary_days(opened, period=Period.parse("2024"), today=TODAY)
        assert [(one.day, one.is_own) for one in found] == [(NEW, False), (date(2024, 12, 31), True)]


def test_boundaries_chosen_stay_chosen_in_another_period(qtbot, window):
    from desktop.domain.periods import Period

    screen = window.show_place(Place.INDICATORS)
    settle(qtbot, window)
    choose(qtbot, window, screen.view.boundaries, NEW)
    window.choose_period(Period.parse("2023"))
    settle(qtbot, window)
    assert screen.view.boundaries.day == NEW
