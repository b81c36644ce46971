"""Figures to divide by: proposed, typed, what moves shown before anything is written, taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.application import denominators
from desktop.domain.values import number
from desktop.ui.places import Place, Target
from desktop.ui.screens.denominators.model import PROPOSED
from tests.ui.conftest import settle


@pytest.fixture
def screen(qtbot, window):
    made = window.show_place(Place.DENOMINATORS)
    settle(qtbot, window)
    return made


def chosen(window):
    return denominators.sheet(window.session.record, year=2024, population="average")


def test_at_first_rates_divide_by_the_forms(window, screen):
    assert len(screen.view.model.rows) == 14
    assert "biểu của các xã" in screen.view.sum.text()
    assert not screen.view.moves.write.isEnabled()
    assert not screen.view.clear.isEnabled()
    assert window.navigation.rows[Place.INDICATORS].isChecked()


def test_what_the_forms_say_moves_nothing_and_is_not_written_by_itself(qtbot, window, screen):
    screen.propose_forms()
    settle(qtbot, window)
    assert screen.view.moves.nothing.text() == "Không tỷ lệ nào đổi."
    assert screen.view.moves.write.isEnabled()
    assert not chosen(window).sources


def test_a_typed_figure_shows_what_moves_and_is_written_with_its_source(qtbot, window, screen):
    screen.propose_forms()
    line = screen.view.model.rows[2]
    assert screen.view.model.setData(screen.view.model.index(2, PROPOSED), "2.500")
    settle(qtbot, window)
    moved = {rate.unit for rate in screen.view.moves.model.rows}
    assert {None, line.commune.code} == moved
    screen.view.moves.source.setText("  ")
    screen.view.moves.changed.emit()
    assert not screen.view.moves.write.isEnabled()
    screen.view.moves.source.setText("Niên giám thống kê 2024")
    screen.view.moves.official.setChecked(True)
    screen.view.moves.write.click()
    settle(qtbot, window)
    held = chosen(window)
    assert held.sources == ("Niên giám thống kê 2024",)
    assert held.official
    assert held.lines[2].chosen == number(2500)
    assert "chính thức" in screen.view.sum.text()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert not chosen(window).sources
    assert screen.view.model.proposed == {}


def test_digits_typed_on_a_line_go_into_its_proposal(qtbot, window, screen):
    table = screen.view.table
    table.selectRow(1)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_3)
    editor = table.viewport().findChild(QLineEdit)
    qtbot.keyClicks(editor, "100")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(qtbot, window)
    uid = screen.view.model.rows[1].commune.uid
    assert screen.view.model.proposed == {uid: number(3100)}
    assert table.currentIndex().row() == 2
    assert not screen.view.moves.missing.isHidden()


def test_words_are_no_number_of_people(window, screen):
    said = []
    window.session.said.connect(lambda text, _tone: said.append(text))
    assert not screen.take_text(screen.view.model.rows[0], "nhiều")
    assert not screen.take_text(screen.view.model.rows[0], "0")
    assert len(said) == 2


def test_a_list_is_read_and_communes_it_lacks_are_named(qtbot, window, screen, tmp_path):
    file = tmp_path / "Niên giám 2024.csv"
    rows = [f"{at};{line.commune.name};{5000 + at}" for at, line in enumerate(screen.view.model.rows[:13], 1)]
    file.write_text("Năm 2024\nTT;Xã;Dân số trung bình\n" + "\n".join(rows), encoding="utf-8")
    screen.read_list(file)
    settle(qtbot, window)
    assert len(screen.view.model.proposed) == 13
    assert screen.view.moves.source.text() == "Niên giám 2024"
    assert "Nậm Khắt" in screen.view.moves.missing.text()
    screen.view.moves.drop.click()
    assert screen.view.model.proposed == {}


def test_another_kind_drops_what_was_prepared(qtbot, window, screen):
    screen.propose_forms()
    screen.go(Target(Place.DENOMINATORS, (("population", "under5"),)))
    settle(qtbot, window)
    assert screen.view.model.proposed == {}
    assert screen.population == "under5"


def test_it_is_reached_from_the_indicators_and_by_searching(qtbot, window):
    from desktop.ui.shell.search import hits

    indicators = window.show_place(Place.INDICATORS)
    settle(qtbot, window)
    indicators.view.denominators.click()
    assert window.place is Place.DENOMINATORS
    assert any(target.place is Place.DENOMINATORS for _text, target in hits(window.session, "mau so"))
