"""Small parts as they are drawn: switches in a row, the sheet's rules."""

import pytest
from PySide6.QtWidgets import QWidget

from desktop.ui.style import palette, rules
from desktop.ui.widgets.parts import button, row


@pytest.fixture
def switches(qtbot, styled):
    held = QWidget()
    parts = [button(text, kind="switch") for text in ("Tệp", "Cách đọc", "Cột")]
    held.setLayout(row(*parts, gap=0))
    qtbot.addWidget(held)
    held.show()
    qtbot.waitExposed(held)
    yield parts
    held.hide()


def test_switches_share_a_border_and_the_first_has_its_own(switches):
    assert [bool(part.property("joined")) for part in switches] == [False, True, True]


def test_the_sheet_is_made_for_every_palette(qapp):
    for tones in (palette.LIGHT, palette.high_contrast(qapp.palette())):
        made = rules.text(tones)
        assert made.count("{") == made.count("}")
        assert "{tones" not in made
