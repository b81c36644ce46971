"""The states of a form in words, sign and tone: one table for every screen that shows them."""

from __future__ import annotations

from typing import Final

from desktop.system.i18n import _
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import TONES, Sign
from desktop.wording import say

SIGNS: Final = {
    "not_started": Sign.NOT_STARTED,
    "in_entry": Sign.IN_ENTRY,
    "complete": Sign.COMPLETE,
    "checked": Sign.CHECKED,
    "locked": Sign.LOCKED,
    "returned": Sign.RETURNED,
}
_WORDS: Final = {
    "not_started": say("Not started"),
    "in_entry": say("In entry"),
    "complete": say("Complete"),
    "checked": say("Checked"),
    "locked": say("Locked"),
    "returned": say("Returned"),
}


def word(state: str) -> str:
    """The state as the office says it."""
    return _(_WORDS[state].msgid)


def status(state: str, errors: int = 0, warnings: int = 0) -> tuple[Sign, str, Tone]:
    """Sign, word and tone of a commune's form: what is wrong with it comes before how far it is."""
    if errors:
        return Sign.ERROR, _("{count} errors").format(count=errors) if errors > 1 else _("1 error"), Tone.BAD
    if warnings and state in ("in_entry", "returned", "not_started"):
        text = _("{count} warnings").format(count=warnings) if warnings > 1 else _("1 warning")
        return Sign.WARNING, text, Tone.WARN
    sign = SIGNS[state]
    return sign, word(state), TONES[sign]
