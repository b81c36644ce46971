"""The fonts we ship can write Vietnamese."""

import unicodedata
from pathlib import Path

import pytest

pytestmark = pytest.mark.window

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}
LETTERS = SMALL | {letter.upper() for letter in SMALL}
SIGNS = set("0123456789.,;:()[]/%‰+-–—×±²³°§“”‘’…•₫")


@pytest.fixture(params=sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def font(request, qapp):
    from PySide6.QtGui import QRawFont

    return QRawFont(str(request.param), 13)


def test_a_font_has_every_vietnamese_letter(font):
    assert len(LETTERS) == 146
    assert {letter for letter in LETTERS | SIGNS if not font.supportsCharacter(ord(letter))} == set()


def test_all_figures_of_a_font_are_equally_wide(font):
    figures = font.advancesForGlyphIndexes(font.glyphIndexesForString("0123456789"))
    assert len({advance.x() for advance in figures}) == 1


def test_all_styles_are_there():
    assert {path.stem for path in FONTS.glob("*.ttf")} == {
        *(f"LiberationSerif-{style}" for style in ("Regular", "Bold", "Italic", "BoldItalic")),
        *(f"NotoSans-{style}" for style in ("Regular", "Medium", "SemiBold", "Bold", "Italic")),
    }
