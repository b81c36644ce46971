"""F1: the help opens at the page of what is shown, and at the heading in it."""

import pytest

from desktop.ui.shell.help import ORDER, source
from tests.ui.conftest import settle


@pytest.mark.parametrize(
    ("way", "page"), [("matrix", "nhap-so-lieu"), ("commune", "nhap-so-lieu"), ("board", "tinh-hinh-bieu")]
)
def test_every_way_of_entry_has_its_own_help(qtbot, window, screen, way, page):
    screen.ways.show(way)
    settle(qtbot, window)
    window.show_help()
    shown = window.help_window
    assert ORDER[shown.pages.currentRow()] == page
    bar = shown.text.verticalScrollBar()
    qtbot.waitUntil(lambda: (bar.value() > 0) == (way == "commune"), timeout=3_000)
    shown.close()


def test_every_place_the_help_is_opened_at_is_there(window):
    from desktop.ui.app import FACTORIES
    from desktop.ui.screens.board.way import BoardWay
    from desktop.ui.screens.entry.commune.way import CommuneWay
    from desktop.ui.screens.entry.second.way import SecondWay

    places = [made(window.session).help for made in FACTORIES.values()]
    for place in [*places, BoardWay.help, CommuneWay.help, SecondWay.help]:
        name, _hash, heading = place.partition("#")
        assert name in ORDER
        assert not heading or any(line.lstrip("# ") == heading for line in source(name).splitlines())


def test_no_title_of_a_page_is_cut(window):
    window.show_help()
    pages = window.help_window.pages
    assert not pages.horizontalScrollBar().isVisible()
    window.help_window.close()
