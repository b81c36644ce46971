"""The page of national criteria: ranked, typed by keyboard, explained; recognitions, sets and papers.

One window for all tests; each types into a commune of its own, because they run in any order.
"""

import shutil
import time
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.application.criteria import standing_of
from desktop.application.records import open_record
from desktop.domain.criteria.scoring import By
from desktop.system.settings import Settings
from desktop.ui import app
from desktop.ui.places import Place
from desktop.ui.screens.criteria.heat import HeatKind
from desktop.ui.screens.criteria.model import Col
from desktop.ui.screens.criteria.screen import CriteriaScreen
from tests.ui import offices, scored

CODES: list[str] = []


@pytest.fixture(autouse=True)
def taken_apart() -> None:
    """The window here outlives its tests; its own fixture takes it apart."""


@pytest.fixture(scope="module")
def shared(qapp: QApplication, sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CriteriaScreen]:
    path = Path(shutil.copy(sample_file, tmp_path_factory.mktemp("criteria") / "so-tram.sotramdb"))
    with open_record(path, today=offices.TODAY) as record:
        CODES[:] = scored.fill(record)
        scored.recognise(record, today=offices.TODAY)
    kept = Settings(period="2024", place="criteria", maximised=False)
    app.make_application([], kept)
    window = app.make_window(path, kept=kept, now=lambda: offices.NOW, today=offices.TODAY)
    window.resize(1366, 697)
    window.show()
    window.open()
    screen = window.screens[Place.CRITERIA]
    assert isinstance(screen, CriteriaScreen)
    settle(screen)
    yield screen
    app.dispose(window)


@pytest.fixture
def screen(shared: CriteriaScreen) -> CriteriaScreen:
    shared.show_part("scoring")
    settle(shared)
    return shared


def settle(screen: CriteriaScreen) -> None:
    """Let jobs end and be heard; what one of them asked for may begin another."""
    until, quiet = time.monotonic() + 60, 0
    while quiet < 3 and time.monotonic() < until:
        QTest.qWait(4)
        quiet = 0 if screen.session.jobs.is_busy else quiet + 1


def choose(screen: CriteriaScreen, place: int) -> str:
    screen.choose_commune(CODES[place])
    settle(screen)
    return CODES[place]


def keys(widget, text: str) -> None:
    for letter in text:
        target = widget.editor if widget.is_editing else widget
        if letter == "\n":
            QTest.keyClick(target, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(target, letter)


def held(screen: CriteriaScreen, code: str):
    return standing_of(screen.session.record, unit=code, year=2024)


def test_communes_stand_ranked_with_maxima_above_and_means_below(screen):
    rows = screen.part.view.table.rows_model.rows
    assert rows[0].kind is HeatKind.MOST
    assert rows[-1].kind is HeatKind.MEAN
    assert rows[0].cells[1].text == "10 (5)"
    assert rows[1].verdict == "Đạt, dư 12,0"
    assert rows[-2].verdict == "Chưa chấm"
    under = [cell for row in rows[1:-1] for cell in row.cells if cell.band == "under"]
    assert under
    assert all(cell.text and "dưới sàn" in cell.told for cell in under)


def test_a_knock_out_marks_its_criterion_though_the_floor_is_reached():
    from dataclasses import replace

    from desktop.application.criteria_overview import Line
    from desktop.application.criteria_sets import shipped_sets
    from desktop.application.offices import Commune
    from desktop.domain.criteria.scoring import judge
    from desktop.ui.screens.criteria.heat import Order, _commune

    one = shipped_sets()["1300"]
    staff = replace(one.criteria[1], rows=(replace(one.criteria[1].scored[0], code="2.1", least=Fraction(9)),))
    held = replace(one, criteria=(one.criteria[0], staff, *one.criteria[2:]))
    points = {row.code: row.maximum for row in held.rows} | {"2.1": Fraction(8)}
    line = Line(Commune("u", "1", "Xã A"), 3, judge(held, {By.OFFICE: points}), Fraction(-1), None, held)
    cells = _commune(line, held.criteria, Order.SURPLUS).cells
    assert [cell.knocked for cell in cells] == [False, True, *[False] * 8]
    assert "có điểm liệt" in cells[1].told


def test_the_order_can_be_by_nearness_to_losing_the_standard(screen):
    part = screen.part
    part.turn_order()
    told = [row.line.margin for row in part.view.table.rows_model.rows if row.line and row.line.margin is not None]
    passing = [margin for margin in told if margin >= 0]
    assert passing == sorted(passing, reverse=True)
    part.turn_order()


def test_points_typed_by_keyboard_are_saved_at_once_and_change_the_verdict(screen):
    code = choose(screen, 10)
    screen.open_sheet()
    grid = screen.part.grid
    grid.go(1, Col.OFFICE)
    keys(grid, "8,5\n")
    assert screen.model.text(1, Col.OFFICE) == "8,5"
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (2, Col.OFFICE)
    settle(screen)
    found = held(screen, code)
    assert found.judged.total == 80
    assert found.judged.verdict == "pass"
    assert screen.part.view.tag.accessibleName() == "Đạt, dư 0,0"


def test_points_the_set_does_not_give_stay_in_the_cell_and_are_said(screen):
    choose(screen, 11)
    screen.open_sheet()
    grid, said = screen.part.grid, []
    screen.session.said.connect(lambda text, _tone: said.append(text))
    grid.go(0, Col.OFFICE)
    keys(grid, "15\n")
    assert grid.is_editing
    assert any("từ 0 đến 14" in text for text in said)
    grid.give_up()
    assert screen.model.text(0, Col.OFFICE) == "11,5"


def test_ctrl_z_takes_typed_points_back(screen):
    code = choose(screen, 9)
    screen.open_sheet()
    grid = screen.part.grid
    grid.go(0, Col.OFFICE)
    keys(grid, "10\n")
    settle(screen)
    assert held(screen, code).judged.criteria[0].score == 10
    screen.view.window().step_history("undo")
    settle(screen)
    assert held(screen, code).judged.criteria[0].score == 12
    assert screen.model.text(0, Col.OFFICE) == "12"


def test_a_reason_is_typed_beside_its_points_and_marks_the_cell(screen):
    choose(screen, 8)
    screen.open_sheet()
    grid = screen.part.grid
    grid.go(2, Col.OFFICE)
    grid.go(2, Col.REASON)
    grid.begin("nhà trạm xuống cấp")
    assert grid.settle()
    settle(screen)
    assert screen.model.cell(2, By.OFFICE).reason == "nhà trạm xuống cấp"
    assert "nhà trạm xuống cấp" in screen.model.told(2, Col.OFFICE)


def test_delete_takes_points_away_and_the_column_is_no_longer_complete(screen):
    code = choose(screen, 7)
    screen.open_sheet()
    grid = screen.part.grid
    grid.go(4, Col.OFFICE)
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    settle(screen)
    assert screen.model.text(4, Col.OFFICE) == ""
    assert held(screen, code).judged.by is By.SELF


def test_a_block_from_excel_is_taken_whole_or_not_at_all_and_taken_back_at_once(screen):
    code = choose(screen, 1)
    screen.open_sheet()
    grid = screen.part.grid
    QApplication.clipboard().setText("12\t11\n9\t8,5\n")
    grid.go(0, Col.SELF)
    grid.pasted.emit()
    settle(screen)
    assert [screen.model.text(row, Col.OFFICE) for row in (0, 1)] == ["11", "8,5"]
    assert held(screen, code).judged.criteria[0].score == 11
    QApplication.clipboard().setText("13\t13\n99\t1\n")
    grid.pasted.emit()
    settle(screen)
    assert screen.model.text(0, Col.SELF) == "12"
    screen.view.window().step_history("undo")
    settle(screen)
    assert [screen.model.text(row, Col.OFFICE) for row in (0, 1)] == ["13", "8,5"]


def test_totals_are_not_typed_and_say_why(screen):
    choose(screen, 6)
    screen.open_sheet()
    grid, said = screen.part.grid, []
    screen.session.said.connect(lambda text, _tone: said.append(str(text)))
    grid.go(len(screen.model.lines) - 1, Col.OFFICE)
    QTest.keyClicks(grid, "9")
    assert not grid.is_editing
    assert any("tự cộng" in text for text in said)


def test_the_blanks_of_a_column_are_filled_from_another(screen):
    code = choose(screen, 5)
    screen.writing._allowed.add(By.PROVINCE)
    screen.writing.copy_column(By.OFFICE, By.PROVINCE)
    settle(screen)
    assert held(screen, code).judged.by is By.PROVINCE


def test_the_way_to_pass_leads_to_its_row(screen):
    choose(screen, 12)
    screen.open_sheet()
    screen.part.view.outcome.row_asked.emit("2")
    assert screen.part.grid.currentIndex().row() == 1
    assert screen.sheet.standing.way
    assert "Không đạt" in screen.part.view.tag.accessibleName() or "thiếu" in screen.part.view.tag.accessibleName()


def test_evidence_is_kept_listed_and_taken_out(screen, tmp_path):
    choose(screen, 4)
    screen.open_sheet()
    part = screen.part
    part.grid.go(0, Col.OFFICE)
    file = tmp_path / "Biên bản họp.pdf"
    file.write_bytes(b"%PDF-1.4\n%%EOF\n")
    part.row_panel.add_file(file)
    settle(screen)
    kept = screen.model.cell(0, By.OFFICE).evidence
    assert [one.name for one in kept] == ["Biên bản họp.pdf"]
    assert screen.model.text(0, Col.EVIDENCE) == "1"
    part.row_panel.remove_file(kept[0])
    settle(screen)
    assert screen.model.cell(0, By.OFFICE).evidence == ()


def test_recognised_is_told_apart_from_scored(screen):
    screen.show_part("recognised")
    settle(screen)
    part = screen.part
    told = {one.commune.code: one for one in part.view.model.rows}
    assert told[CODES[5]].latest.withdrawn == offices.TODAY
    part.which.setCurrentIndex(part.which.findData("due"))
    part._show()
    assert {one.commune.code for one in part.view.model.rows} >= {CODES[6], CODES[7], CODES[8]}
    part.which.setCurrentIndex(0)
    part._show()
    assert "90,2%" in part.view.share.text()


def test_a_decision_is_noted_by_its_dialog(screen):
    from desktop.ui.screens.criteria.recognise_dialog import RecogniseDialog

    screen.show_part("recognised")
    settle(screen)
    one = next(row for row in screen.part.view.model.rows if row.commune.code == CODES[13])
    dialog = RecogniseDialog(screen.view, screen.session, one.commune, 2024)
    assert not dialog.deed.isEnabled()
    dialog.decision.setText("12/QĐ-UBND")
    dialog.day.setText("10/1/2025")
    assert dialog.deed.isEnabled()
    dialog.save()
    settle(screen)
    one = next(row for row in screen.part.view.model.rows if row.commune.code == CODES[13])
    assert (one.latest.decision, one.latest.day, one.latest.valid) == ("12/QĐ-UBND", date(2025, 1, 10), True)


def test_a_table_is_looked_at_before_it_is_loaded(screen, tmp_path):
    from desktop.ui.screens.criteria.install_dialog import InstallDialog

    file = tmp_path / "bang.xlsx"
    file.write_bytes(scored.detailed_set())
    dialog = InstallDialog(screen.view, screen.session, file)
    assert dialog.deed.isEnabled()
    assert "47 dòng" in dialog.told.text()
    assert len(dialog.model.rows) >= 47
    file.write_bytes(b"not a workbook")
    refused = InstallDialog(screen.view, screen.session, file)
    assert not refused.deed.isEnabled()
    assert refused.told.text()


def test_sets_show_their_gaps_and_sources(screen):
    screen.show_part("sets")
    view = screen.part.view
    assert [one.code for one in view.model.rows][:2] == ["1300", "4667"]
    assert "47 chỉ tiêu" in view.gaps.text()
    assert view.sources_model.rows


def test_a_paper_is_shown_as_its_pages(screen):
    choose(screen, 3)
    screen.papers.make("criteria-check")
    settle(screen)
    dialog = screen.papers.dialog
    assert dialog is not None
    assert len(dialog.pages.pages) >= 1
    dialog.close()


def test_the_zone_is_said_with_its_decision(screen):
    from desktop.ui.screens.criteria.zone_dialog import ZoneDialog

    choose(screen, 2)
    dialog = ZoneDialog(screen.view, screen.session, screen.sheet.standing.commune, 2024)
    dialog.zone.setCurrentIndex(dialog.zone.findData(3))
    dialog.basis.setText("1736/QĐ-SYT")
    dialog.save()
    settle(screen)
    assert screen.sheet.standing.zone.number == 3
    assert screen.part.view.zone.text() == "vùng 3"


def test_every_cell_speaks_row_column_and_what_is_wrong(screen):
    choose(screen, 12)
    assert screen.model.spoken(1, Col.OFFICE).startswith("2 Nhân lực y tế. Phúc tra: 4,5")
    assert "dưới sàn" in screen.model.spoken(1, Col.OFFICE)
    table = screen.part.view.table.rows_model
    assert table.data(table.index(1, 1), Qt.ItemDataRole.AccessibleTextRole)


def test_points_of_one_column_can_be_ranked(screen):
    screen.choose_column("self")
    settle(screen)
    best = next(row for row in screen.part.view.table.rows_model.rows if row.line is not None)
    assert best.line.judged.by is By.SELF
    assert best.line.judged.total > Fraction(90)
    screen.choose_column(None)
    settle(screen)


def test_a_merged_commune_shows_the_results_of_its_parts_and_is_not_judged(screen):
    from dataclasses import replace

    from desktop.application.criteria_results import Part
    from desktop.ui.screens.criteria.outcome import part_words

    choose(screen, 0)
    standing = screen.sheet.standing
    parts = tuple(Part(line.commune, None, line.recognised) for line in screen.overview.lines[:2])
    told = screen.part.view.outcome
    told.show_sheet(replace(screen.sheet, standing=replace(standing, parts=parts)), (), brief=True)
    names = [widget.accessibleName() for widget in told.widget().findChildren(QWidget)]
    assert part_words(parts[0]) in names
    assert "chưa chấm" in part_words(parts[0])


def test_evidence_is_packed_on_demand(screen, tmp_path):
    choose(screen, 0)
    screen.papers.pack(tmp_path / "minh-chung.zip")
    settle(screen)
    assert (tmp_path / "minh-chung.zip").read_bytes()[:2] == b"PK"


def test_years_without_maxima_judge_nothing_and_say_so(screen):
    from desktop.domain.periods import Period

    screen.view.window().choose_period(Period.of_year(2019))
    settle(screen)
    assert {row.kind for row in screen.part.view.table.rows_model.rows} == {HeatKind.COMMUNE}
    assert "chưa biết điểm tối đa" in screen.part.view.note.accessibleName()
    screen.view.window().choose_period(Period.of_year(2024))
    settle(screen)


def test_what_decides_is_reached_where_there_is_no_room_for_the_panel(screen):
    choose(screen, 10)
    part = screen.part
    part.set_compact(True)
    try:
        assert not part.view.side.isVisible()
        assert part.view.brief.text()
        part.explain()
        assert screen.shown == "sheet"
        sheet = screen.part
        assert sheet.view.pages.currentWidget() is sheet.view.outcome
        QTest.keyClick(sheet.view.outcome, Qt.Key.Key_Escape)
        QTest.keyClick(sheet.grid, Qt.Key.Key_Escape)
        assert screen.shown == "scoring"
    finally:
        part.set_compact(False)


def test_enter_at_the_foot_stays_out_of_the_column_another_office_gives(screen):
    choose(screen, 9)
    screen.open_sheet()
    grid = screen.part.grid
    last = max(row for row in range(screen.model.rowCount()) if grid.may_type(row, Col.OFFICE))
    grid.go(last, Col.OFFICE)
    keys(grid, "\n")
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (last, Col.OFFICE)
    grid.go(last, Col.SELF)
    keys(grid, "\n")
    assert grid.currentIndex().column() == Col.OFFICE


def test_every_commune_of_a_large_office_fits_the_width():
    from desktop.ui.screens.criteria.heat import _shrunk

    assert sum(_shrunk([60, 50, 40], [50, 40, 40], 140)) <= 140
    assert _shrunk([60, 50], [60, 50], 100) == [60, 50]
