"""The report page shows, saves and prints one and the same PDF."""

import pytest
from PySide6.QtPrintSupport import QPrinter

from desktop.application import reports
from desktop.application.records import open_record
from desktop.domain.periods import Period
from desktop.ui.places import Place
from desktop.ui.screens.reports.printing import print_pages
from desktop.ui.widgets.pages import PdfPages
from tests.ui.conftest import settle
from tests.ui.offices import TODAY


@pytest.fixture
def screen(qtbot, window):
    made = window.show_place(Place.REPORTS)
    settle(qtbot, window)
    return made


def test_the_preview_is_the_very_pdf_of_the_command_line(window, screen):
    with open_record(window.session.path, today=TODAY) as record:
        data, pages = reports.report_pdf(record, name="targets", unit=None, period=Period.of_year(2024), today=TODAY)
    chosen = screen.view.plan.currentData()
    assert len(screen.pages) >= 3
    if not chosen:
        assert (screen.pages.data, len(screen.pages)) == (data, pages)


def test_pages_are_painted_as_pdfium_renders_them(screen):
    image = screen.pages.image(0, 1.0)
    assert image.height() > image.width() > 500
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert "#ffffff" in colours
    assert len(colours) > 3


def test_the_saved_file_holds_the_bytes_that_were_shown(screen, tmp_path):
    out = tmp_path / "Báo cáo.pdf"
    screen.save(out)
    assert out.read_bytes() == screen.pages.data
    assert list(tmp_path.glob("*.part")) == []


def test_a_folder_that_cannot_be_written_is_said_in_words(window, screen, tmp_path):
    screen.save(tmp_path / "không có" / "b.pdf")
    assert "Không ghi được" in window.status.word.text()


def test_the_zoom_is_remembered(window, screen):
    screen.zoom(150)
    assert window.session.settings.zoom == 150
    assert screen.view.zoom.currentText() == "150%"


def test_the_pages_can_be_walked(screen):
    screen.zoom(100)
    screen.view.pages.go(len(screen.pages) - 1)
    assert screen.view.page.text() == f"Trang {len(screen.pages)}/{len(screen.pages)}"


def test_one_commune_can_be_reported_alone(qtbot, window, screen):
    before = screen.pages.data
    screen.view.unit.setCurrentIndex(2)
    screen.view.choice_changed.emit()
    settle(qtbot, window)
    assert screen.pages.data != before


def test_printing_makes_a_page_for_each_page_in_its_own_orientation(screen, tmp_path):
    out = tmp_path / "in.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    assert print_pages(printer, screen.pages) == len(screen.pages)
    printed = PdfPages(out.read_bytes())
    wide = [width > height for width, height in screen.pages.sizes]
    assert [width > height for width, height in printed.sizes] == wide
    assert any(wide)
    printed.close()


def test_the_findings_behind_the_figures_stand_beside_and_lead_to_their_cells(window, screen):
    cards = screen.view.findings.cards
    assert cards
    cards[0].chosen.emit(cards[0].finding)
    assert window.place is Place.ENTRY
