"""What one cell of a weighing list says: weights as whole grams, lengths as whole millimetres, marks, words for absent.

Kilograms or grams, centimetres, metres or millimetres are told from the heading, from the unit beside the figure, else
from what a child under five can weigh and measure; what was not plainly said comes with a finding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Generic, TypeVar

from desktop.domain.children import Position, Sex
from desktop.domain.findings import Finding, Severity
from desktop.domain.text import fold, squeeze, with_digits
from desktop.exchange.grid import CellError, Raw, Uncomputed
from desktop.wording import Sentence, say

T = TypeVar("T")

_NUMBER: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*(kilogam|kg|ky|ki|can|gam|gram|gr|g|centimet|cm|mm|met|m)?\.?")
_JOINED: Final = re.compile(r"(\d+)\s*(kg|ky|ki|m)\s*(\d{1,3})(?:\s*(?:g|cm))?")
_ABSENT: Final = re.compile(
    r"^(?:v|vm|tre vang|(?:khong|ko|k|k\.|chua) (?:duoc )?(?:can|do|den|kham|co mat).*|nghi|khong)$"
    r"|\bvang mat\b|^vang\b|\bdi vang\b|^absent$"
)
_WHY: Final = re.compile(
    r"^(?:bi |dang )?(?:om|benh)$|^tu choi\b|^khong co nha|^ve que\b"
    r"|^(?:theo (?:me|bo|bo me) )?di (?:hoc|choi|lam|vien|xa|nuong|ray)\b"
)
_GONE: Final = re.compile(r"\bchuyen\b|^(?:da )?(?:mat|chet)$|tu vong|dinh cu|lay chong|\bcho con nuoi\b")
_NOTHING: Final = frozenset(("", *"- -- --- / _ ... .. . … x na n/a ?".split()))
_MARKS: Final = frozenset("x xx v 1 1.0 + ✓ ✔ ☑ ☒ √ × * co true yes y".split())
_NO_MARKS: Final = frozenset(("", "0", "0.0", "-", "khong", "ko", "k", "false", "no", "n", "am tinh", "("))
_BOYS: Final = frozenset(
    ("nam", "trai", "be trai", "con trai", "m", "male", "boy", "b", "t", "1", "1.0", "nam gioi", "♂")
)
_GIRLS: Final = frozenset(
    ("nu", "gai", "be gai", "con gai", "f", "female", "girl", "g", "2", "2.0", "nu gioi", "w", "♀")
)
_LIES: Final = frozenset(("nam", "n", "l", "lying", "dai", "do nam", "nam ngua", "cd", "chieu dai", "recumbent"))
_STANDS: Final = frozenset(("dung", "d", "h", "standing", "cao", "do dung", "cc", "s", "chieu cao"))
_MOST: Final = 1_000_000  # a ton, a kilometre: a telephone number in the wrong column
_LEAST: Final = Decimal("0.5")
_GONE_ADVICE: Final = say("If the child moved away or died, say so on its page, with the day.")
_ADVICE: Final = say("Correct the cell and import the file again, or type the figure.")


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """What a cell says (None: nothing), and a finding where that was not plain; `words` stand there for a figure."""

    value: T | None = None
    finding: Finding | None = None
    absent: bool = False
    words: str = ""


def text_of(raw: Raw) -> str:
    """The words of a cell as they are shown; a whole number without its point."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, date):
        return f"{raw:%d/%m/%Y}"
    return squeeze(str(raw)) if isinstance(raw, (str, int, float)) else ""


def is_absent(raw: Raw) -> bool:
    """Whether a cell says that the child was not there: "Vắng", "v", "không cân", "ốm"."""
    return type(raw) is str and (says_why_absent(raw) or bool(_ABSENT.search(fold(raw).strip(" .,;:()*"))))


def says_why_absent(raw: str) -> bool:
    """Whether a text says why a child was not there: such words are kept."""
    return bool(_WHY.search(fold(raw).strip(" .,;:()*")))


def is_mark(raw: Raw) -> bool:
    """Whether a cell is ticked."""
    if isinstance(raw, bool):
        return raw
    return fold(text_of(raw)).strip(" .,;:()[]") in _MARKS or bool(raw and text_of(raw) in _MARKS)


def weight(raw: Raw, heading: str = "") -> Said[int]:
    """Whole grams."""
    figure = _figure(raw)
    if not isinstance(figure, _Figure):
        return figure
    unit = figure.unit or ("g" if re.search(r"\((?:g|gr|gam|gram)\)", fold(heading)) else "")
    if unit.startswith("g") and figure.amount >= 100:
        return _whole(figure, figure.amount)
    if not unit and figure.amount >= 500:
        grams = _whole(figure, figure.amount)
        message = say("“{shown}” was taken as grams.", shown=figure.shown)
        return grams if grams.finding else Said(grams.value, _finding("list_unit", Severity.NOTE, message))
    return _whole(figure, figure.amount * 1000)


def length(raw: Raw, heading: str = "") -> Said[int]:
    """Whole millimetres of a child's length or height."""
    figure = _figure(raw)
    if not isinstance(figure, _Figure):
        return figure
    told = re.search(r"\((cm|mm|m)\)", fold(heading))
    unit = {"met": "m", "centimet": "cm"}.get(figure.unit, figure.unit) or (told[1] if told else "")
    plain = _unit_of_length(figure.amount)
    factor = {"cm": 10, "mm": 1, "m": 1000}.get(unit if not told or unit != "cm" else plain or "cm", 0)
    if factor and not (unit == "m" and figure.amount > 2) and not (unit == "cm" and plain != "cm" and not figure.unit):
        return _whole(figure, figure.amount * factor)
    factor = {"cm": 10, "mm": 1, "m": 1000}[plain]
    found = _whole(figure, figure.amount * factor)
    if factor == 10 or found.finding:
        return found
    message = (
        say("“{shown}” was taken as millimetres.", shown=figure.shown)
        if factor == 1
        else say("“{shown}” was taken as metres.", shown=figure.shown)
    )
    return Said(found.value, _finding("list_unit", Severity.NOTE, message))


def _unit_of_length(amount: Decimal) -> str:
    if amount < 2:
        return "m"
    return "mm" if amount > 300 else "cm"


def arm(raw: Raw) -> Said[int]:
    """Whole millimetres of the arm's circumference."""
    figure = _figure(raw)
    if not isinstance(figure, _Figure):
        return figure
    millimetres = figure.unit == "mm" or (not figure.unit and figure.amount > 40)
    return _whole(figure, figure.amount if millimetres else figure.amount * 10)


@dataclass(frozen=True, slots=True)
class _Figure:
    amount: Decimal
    unit: str
    shown: str
    letters: bool = False


def _figure(raw: Raw) -> _Figure | Said[int]:
    """A figure with the unit beside it, or what the cell says instead."""
    if isinstance(raw, bool) or raw == "":
        return Said()
    if isinstance(raw, (int, float)):
        return _stored(raw)
    if isinstance(raw, str):
        return _typed(raw)
    if isinstance(raw, CellError):
        return _unread(say("The cell shows the error {shown}.", shown=raw.shown))
    if isinstance(raw, Uncomputed):
        return _unread(say("The cell holds a formula and the file does not say its result."))
    if isinstance(raw, date):
        message = say(
            "The cell holds a date; perhaps {day}.{month} was typed and Excel made a date of it.",
            day=str(raw.day),
            month=str(raw.month),
        )
        return _unread(message)
    return _unread(say("The cell holds a time, not a figure."))


def _stored(raw: float) -> _Figure | Said[int]:
    if raw != raw or raw in (float("inf"), float("-inf")):  # noqa: PLR0124 - a NaN is not itself
        return _unread(say("“{shown}” is not a figure.", shown=str(raw)))
    if raw < 0:
        return _unread(say("“{shown}” is less than nothing.", shown=str(raw)))
    amount = Decimal(format(raw, ".12g"))
    return _Figure(amount, "", f"{amount.normalize():f}".replace(".", ",")) if amount else Said()


def _typed(raw: str) -> _Figure | Said[int]:
    shown = squeeze(raw)
    body = fold(shown).strip("'\"` *~≈")
    if body in _NOTHING:
        return Said()
    if is_absent(shown):
        return Said(absent=True, words=shown if says_why_absent(shown) else "")
    joined = _JOINED.fullmatch(body)
    if joined:
        return _Figure(_together(joined), "kg" if joined[2] != "m" else "m", shown)
    meant = with_digits(body)
    found = _NUMBER.fullmatch(meant or re.sub(r"(?<=\d)\s*([.,])\s*(?=\d)", r"\1", body))
    if not found and not any(char.isdigit() for char in body):
        return _words(shown, body)
    if not found:
        return _unread(say("“{shown}” is not a figure.", shown=shown))
    amount = Decimal(found[1].replace(",", "."))
    unit = {"kilogam": "kg", "ky": "kg", "ki": "kg", "can": "kg"}.get(found[2] or "", found[2] or "")
    return _Figure(amount, unit, shown, meant is not None) if amount else Said()


def _words(shown: str, body: str) -> Said[int]:
    """Words in place of a figure are kept: a child that moved away or died is no mistake of the list."""
    if _GONE.search(body):
        message = say("“{shown}” stands in place of a figure; it was kept as a note.", shown=shown)
        told = _finding("list_gone", Severity.WARNING, message, _GONE_ADVICE)
    else:
        message = say("“{shown}” is not a figure; it was kept as a note.", shown=shown)
        told = _finding("list_figure", Severity.ERROR, message, _ADVICE)
    return Said(None, told, words=shown)


def _together(joined: re.Match[str]) -> Decimal:
    """Read both parts: "10kg5" is 10,5 kg, "10kg500" too; "1m05" and "1m5" are 1,05 m and 1,5 m."""
    return Decimal(f"{joined[1]}.{joined[3]}")


def _whole(figure: _Figure, amount: Decimal) -> Said[int]:
    """A whole number of grams or millimetres; half and more is one more, and that is said."""
    if amount > _MOST or amount < _LEAST:
        return _unread(say("“{shown}” is not a figure.", shown=figure.shown))
    whole = int(amount.quantize(Decimal(1), ROUND_HALF_UP))
    if figure.letters:
        message = say("“{shown}” has letters for digits; it was read as a figure.", shown=figure.shown)
        return Said(whole, _finding("list_letters", Severity.WARNING, message, _ADVICE))
    if amount == whole:
        return Said(whole)
    message = say("“{shown}” is finer than grams or millimetres and was rounded.", shown=figure.shown)
    return Said(whole, _finding("list_rounded", Severity.NOTE, message))


def sex(raw: Raw, *, digits: Mapping[str, Sex] | None = None) -> Said[Sex]:
    """A boy or a girl in words, letters or digits; `digits`: what these mean, else 1 is a boy and 2 a girl."""
    shown = text_of(raw)
    told = fold(shown).strip(" .,;:()")
    if not told or told in ("-", "?"):
        return Said()
    meant = (digits or {}).get(told.removesuffix(".0"))
    if meant is not None:
        return Said(meant)
    if told in _BOYS:
        return Said(Sex.MALE)
    if told in _GIRLS:
        return Said(Sex.FEMALE)
    message = say("“{shown}” does not say whether it is a boy or a girl.", shown=shown)
    return Said(None, _finding("list_sex", Severity.ERROR, message, _ADVICE))


def position(raw: Raw) -> Said[Position]:
    """Lying or standing."""
    told = fold(text_of(raw)).strip(" .,;:()")
    if told in _LIES:
        return Said(Position.LYING)
    if told in _STANDS:
        return Said(Position.STANDING)
    if not told or told in ("-", "?"):
        return Said()
    message = say("“{shown}” does not say whether the child was lying or standing.", shown=text_of(raw))
    return Said(None, _finding("list_position", Severity.WARNING, message))


def oedema(raw: Raw) -> Said[bool]:
    """Swollen or not; a blank says nothing."""
    told = fold(text_of(raw)).strip(" .,;:()[]")
    if is_mark(raw) or told.startswith("phu") or told in ("++", "+++"):
        return Said(True)
    if told in _NO_MARKS or told.startswith("khong"):
        return Said(None if not told else False)
    message = say("“{shown}” does not say whether there is oedema.", shown=text_of(raw))
    return Said(None, _finding("list_oedema", Severity.WARNING, message))


def months(raw: Raw) -> int | None:
    """An age in months as the list says it; None where it says it otherwise."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and raw == raw and 0 <= raw < 1000:  # noqa: PLR0124
        return int(raw)
    found = re.fullmatch(r"(\d{1,2})(?:[.,]\d+)?\s*(?:thang(?: tuoi)?|th|t)?\.?", fold(text_of(raw)))
    return int(found[1]) if found else None


def _unread(message: Sentence) -> Said[int]:
    return Said(None, _finding("list_figure", Severity.ERROR, message, _ADVICE))


def _finding(rule: str, severity: Severity, message: Sentence, advice: Sentence | None = None) -> Finding:
    return Finding(f"import.{rule}", severity, message, advice)
