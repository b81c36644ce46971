"""Qt's own words (buttons of file and print dialogs, menus of input lines) in Vietnamese: its wheel brings none."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTranslator

from desktop.system.i18n import _, language
from desktop.wording import say

SAID_BY_QT: Final = tuple(
    sentence.msgid
    for sentence in (
        say("&Undo"), say("&Redo"), say("Cu&t"), say("&Copy"), say("&Paste"), say("Delete"), say("Select All"),
        say("OK"), say("&OK"), say("Cancel"), say("&Cancel"), say("&Yes"), say("&No"), say("Close"), say("&Close"),
        say("&Save"), say("Save"), say("&Open"), say("Open"), say("&Choose"), say("Look in:"), say("File &name:"),
        say("Files of type:"), say("&Delete"), say("&Rename"), say("Show &hidden files"), say("&New Folder"),
        say("New Folder"), say("Create New Folder"), say("Back"), say("Forward"), say("Parent Directory"),
        say("List View"), say("Detail View"), say("Directory:"), say("Name"), say("Size"), say("Type"),
        say("Date Modified"), say("Computer"), say("Recent Places"), say("My Computer"), say("All Files (*)"),
        say("Print"), say("&Print"), say("Printer"), say("Copies"), say("Pages"), say("All"), say("Options"),
        say("Properties"), say("&Properties"), say("Preview"), say("Location:"), say("Output &file:"),
        say("Print range"), say("Print all"), say("Pages from"), say("to"), say("Collate"), say("Reverse"),
        say("&Options >>"), say("&Options <<"), say("Print to File (PDF)"), say("Paper"), say("Page size:"),
        say("Portrait"), say("Landscape"), say("Margins"), say("Orientation"), say("Color"), say("Grayscale"),
    )
)  # fmt: skip
_KNOWN: Final = frozenset(SAID_BY_QT)


class QtWords(QTranslator):
    """Gives Qt the Vietnamese of what it says itself; everything else stays as it is."""

    def isEmpty(self) -> bool:
        """There are words in here."""
        return False

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The Vietnamese, or Qt's own words: an empty text would be taken for a translation and blank them."""
        if sourceText not in _KNOWN or language() == "en":
            return sourceText
        return _(sourceText)
