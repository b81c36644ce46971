"""Languages: message ids become Vietnamese or English text, numbers and dates as an office writes them."""

from __future__ import annotations

import gettext
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Final

from desktop.system.message_file import MessageFile
from desktop.system.paths import resource
from desktop.wording import Label, Sentence, say

LANGUAGES: Final = ("vi", "en")
DOMAIN: Final = "sotram"


class _Current:
    """The language in use: one for the process, because screens and messages must agree."""

    language = "vi"


def use(language: str) -> None:
    """Speak a language from now on; unknown ones fall back to Vietnamese."""
    _Current.language = language if language in LANGUAGES else "vi"


def language() -> str:
    """The language in use, `vi` or `en`."""
    return _Current.language


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    path = resource("locale", language, "LC_MESSAGES", f"{DOMAIN}.mo")
    if language == "en" or not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        return MessageFile(file)


def _(msgid: str) -> str:
    """A fixed text of a screen or the command line."""
    return _catalogue(_Current.language).gettext(msgid) if msgid else ""


def render(sentence: Sentence, language: str | None = None) -> str:
    """A sentence in a language (the one in use), its values written as people write them."""
    spoken = language or _Current.language
    text = _catalogue(spoken).gettext(sentence.msgid) if sentence.msgid else ""
    return text.format(**{name: shown(value, spoken) for name, value in sentence.values}) if sentence.values else text


def shown(value: object, language: str | None = None) -> str:
    """One value as people write it: 1.234, 12,5, 14/01/2025 (English: 1,234, 12.5)."""
    spoken = language or _Current.language
    if isinstance(value, Sentence):
        return render(value, spoken)
    if isinstance(value, Label):
        return value.vi if spoken == "vi" else str(value)
    if isinstance(value, bool):
        return render(say("yes") if value else say("no"), spoken)
    if isinstance(value, int | Decimal):
        return grouped(value, spoken)
    if isinstance(value, Fraction):
        return grouped(Decimal(value.numerator) / Decimal(value.denominator), spoken)
    if isinstance(value, datetime):
        return value.strftime("%H:%M, %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def grouped(value: int | Decimal, language: str | None = None) -> str:
    """A number with grouping and decimal mark of the language; a true minus sign."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if (language or _Current.language) == "vi":
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", "\u2212")
