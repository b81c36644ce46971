"""Languages: message ids become Vietnamese or English text, numbers and dates as an office writes them."""

from __future__ import annotations

import gettext
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from desktop.system.paths import resource
from desktop.wording import Label, Sentence

LANGUAGES: Final = ("vi", "en")
DOMAIN: Final = "sotram"


class _Current:
    """The language in use: one for the process, because screens and messages must agree."""

    language = "vi"
    catalogue: gettext.NullTranslations | None = None


def use(language: str) -> None:
    """Speak a language from now on; unknown ones fall back to Vietnamese."""
    _Current.language = language if language in LANGUAGES else "vi"
    _Current.catalogue = None


def language() -> str:
    """The language in use, `vi` or `en`."""
    return _Current.language


def _catalogue() -> gettext.NullTranslations:
    if _Current.catalogue is None:
        _Current.catalogue = (
            gettext.NullTranslations()
            if _Current.language == "en"
            else gettext.translation(DOMAIN, resource("locale"), [_Current.language], fallback=True)
        )
    return _Current.catalogue


def _(msgid: str) -> str:
    """A fixed text of a screen or the command line."""
    return _catalogue().gettext(msgid) if msgid else ""


def render(sentence: Sentence) -> str:
    """A sentence in the language in use, its values written as people write them."""
    text = _(sentence.msgid)
    return text.format(**{name: shown(value) for name, value in sentence.values}) if sentence.values else text


def shown(value: object) -> str:
    """One value as people write it: 1.234, 12,5, 14/01/2025 (English: 1,234, 12.5)."""
    if isinstance(value, Sentence):
        return render(value)
    if isinstance(value, Label):
        return value.vi if _Current.language == "vi" else str(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | Decimal):
        return grouped(value)
    if isinstance(value, Fraction):
        return grouped(Decimal(value.numerator) / Decimal(value.denominator))
    if isinstance(value, datetime):
        return value.strftime("%H:%M, %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def grouped(value: int | Decimal) -> str:
    """A number with grouping and decimal mark of the language; a true minus sign."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if _Current.language == "vi":
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", "\u2212")
