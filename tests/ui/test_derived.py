"""Figures that follow from other periods stand in the cells nobody typed, told apart, and give way to typed ones."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.application import values
from desktop.domain.periods import Period
from desktop.domain.values import number
from desktop.ui.places import Place
from desktop.ui.screens.entry.commune.lines import Col
from desktop.ui.screens.entry.looks import Look

QUARTER = Period.parse("2024Q2")
CUMULATIVE = {"2024Q1": ("live_births", 42), "2024S1": ("live_births", 85), "2024C05": ("fully_vaccinated", 60)}


@pytest.fixture
def screen(window):
    code = window.session.communes[0].code
    for period, (element, amount) in CUMULATIVE.items():
        window.session.write(
            lambda record, period=period, element=element, amount=amount: values.set_value(
                record, unit=code, period=Period.parse(period), element=element, text=str(amount)
            )
        )
    window.choose_period(QUARTER)
    return window.screens[Place.ENTRY]


def look_at(window, name):
    """A picture for the eye, where a folder is named for it."""
    folder = os.environ.get("SOTRAM_LOOK")
    if folder:
        window.resize(1366, 768)
        window.grab().save(str(Path(folder, f"{name}.png")))


def test_the_matrix_shows_and_sums_what_follows(qtbot, window, screen):
    model = screen.model
    column = model.column_of("live_births")
    assert (model.look(0, column), model.text(0, column)) == (Look.DERIVED, "= 43")
    assert "6 tháng đầu năm 2024" in model.told(0, column)
    assert model.total(column).value == number(43)
    look_at(window, "tu-ky-khac-ma-tran")
    view = screen.ways.shown.view if hasattr(screen.ways.shown, "view") else screen.view
    grid = screen.view.grid if hasattr(screen.view, "grid") else view.grid
    grid.go(0, column)
    qtbot.keyClicks(grid, "40")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert (model.look(0, column), model.text(0, column)) == (Look.PLAIN, "40")
    assert model.total(column).value == number(40)


def test_the_years_population_stands_in_a_quarter(window, screen):
    model = screen.model
    column = model.column_of("population")
    assert model.look(0, column) is Look.DERIVED
    widest = max(len(model.text(row, column)) for row in range(len(model.rows)))
    assert max(map(len, model.longest(column))) >= widest


def test_a_missing_part_leaves_the_cell_empty(window, screen):
    model = screen.model
    assert model.look(0, model.column_of("fully_vaccinated")) is Look.BLANK


def test_the_commune_s_form_shows_it_too(window, screen):
    screen.ways.show("commune")
    model = screen.ways.shown.model
    row = model.row_of("live_births")
    assert (model.look(row), model.text(row, Col.NOW)) == (Look.DERIVED, "= 43")
    assert model.text(row, Col.PREVIOUS) == "42"
    assert "quý I/2024" in model.told(row, Col.NOW)
    look_at(window, "tu-ky-khac-bieu-xa")


def test_f4_says_what_other_periods_give(qtbot, window, screen):
    from desktop.ui.screens.entry.source import SourceDialog

    model = screen.model
    element, commune = model.columns[model.column_of("live_births")].element, model.rows[0].commune
    asked = {"commune": commune, "element": element, "form": model.matrix.form, "kind": screen.kind}
    dialog = SourceDialog(window, window.session, **asked)
    assert dialog.lines[0].startswith("Số: 43")
    assert "Tính từ kỳ khác: 6 tháng đầu năm 2024 − quý I/2024" in dialog.lines[1]
    values_of_quarter = ("live_births", "40")
    window.session.write(
        lambda record: values.set_value(
            record, unit=commune.code, period=QUARTER, element=values_of_quarter[0], text=values_of_quarter[1]
        )
    )
    dialog = SourceDialog(window, window.session, **asked)
    assert "Theo các kỳ khác: 43" in dialog.lines[1]
