"""Reading what a person typed into a cell, with the one question a lone dash asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from desktop.domain.text import nfc
from desktop.domain.values import NOT_APPLICABLE, NOT_REPORTED, ZERO, Value
from desktop.system.i18n import _
from desktop.ui.session import Session
from desktop.wording import Sentence

if TYPE_CHECKING:
    from desktop.domain.elements import Element

# Zero-width characters, soft hyphen and the narrow blank that keyboards send to wake a completing editor.
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_BLANKS: Final = " \t\r\n\u00a0\u202f"
_BREAKS: Final = r"\s*[\t\r\n]\s*"
READINGS = {"zero": ZERO, "not_applicable": NOT_APPLICABLE, "not_reported": NOT_REPORTED}


def clean(text: str) -> str:
    """A typed or pasted text in one form: composed, one line, no invisible characters, no blanks at the ends."""
    return re.sub(_BREAKS, " ", nfc(text).translate(_INVISIBLE).strip(_BLANKS))


class Reader:
    """Reads typed text; what "-" means is asked once a form and remembered."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session = session
        self._parent = parent

    def read(self, text: str, element: Element, *, form: str) -> Value | Sentence | None:
        """The figure, why it is refused, or None where a person would not say what a dash means."""
        # What input methods and other programs put between the letters is no part of a figure; marks are composed.
        from desktop.application.typed_text import AskReading, read_typed  # at the first text that is taken

        read = read_typed(clean(text), element)
        return self._dash(form) if isinstance(read, AskReading) else read

    def _dash(self, form: str) -> Value | None:
        known = (self._session.settings.dash or {}).get(form)
        if known in READINGS:
            return READINGS[known]
        from desktop.ui.dialogs.ask import Choice, choose

        chosen = choose(
            self._parent,
            _("What does “-” mean in this form?"),
            _("The answer is remembered for this form; it can be changed under Administration."),
            (
                Choice("zero", _("Number 0")),
                Choice("not_applicable", _("Not applicable")),
                Choice("not_reported", _("Not reported")),
            ),
            safe="not_reported",
        )
        if chosen is None:
            return None
        self._session.keep(dash={**(self._session.settings.dash or {}), form: chosen})
        return READINGS[chosen]
