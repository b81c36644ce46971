"""Reading one cell as a figure, a yes or no, or a text, as Vietnamese offices write them.

In count fields dots by threes are thousands; in decimal fields one separator with one or two digits is the decimal
mark (issue 2, section 4). What is doubtful is read, with a finding that shows every reading and the choice made; what
cannot be read gives no value and an error. A blank says nothing.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from desktop.domain.elements import Element, ValueType
from desktop.domain.text import fold, squeeze, with_digits
from desktop.domain.values import (
    NO,
    NOT_APPLICABLE,
    NOT_REPORTED,
    YES,
    ZERO,
    State,
    Value,
)
from desktop.exchange.cell_readings import (
    ADVICE_CELL,
    BLANK,
    Reading,
    chosen_value,
    commas_as_thousands,
    doubt,
    error,
    shown_cell,
    unreadable,
    words_beside,
)
from desktop.exchange.grid import CellError, Raw, Uncomputed
from desktop.wording import say

_NOT_REPORTED: Final = frozenset(
    (
        "chua bao cao|chua bc|cbc|chua co so lieu|chua co sl|chua co bao cao|khong co so lieu|khong co bao cao|"
        "khong bao cao|chua nop|chua nop bao cao|chua thong ke|chua tong hop|chua gui|chua ro|chua cap nhat|khong ro|"
        "?|??|...|....|.....|.."
    ).split("|")
)
_NOT_APPLICABLE: Final = frozenset("khong ap dung|kad|k/a|k.a|kap dung|ko ap dung|khong thuoc dien".split("|"))
_NOT_AVAILABLE: Final = frozenset("n/a|na|n.a|n/a.|ka".split("|"))
_DASHES: Final = frozenset({"-", "--", "---", "_", "__", "/", "//"})
_NOTHING: Final = frozenset("khong|khong co|ko|k|ko co|khong phat sinh|khong co truong hop nao".split("|"))
_YES: Final = frozenset("x|xx|v|co|co roi|da co|yes|y|dat|dung|true|1|1.0|+|✓|✔|☑|☒|√|×|✗x|[x]|(x)".split("|"))
_NO: Final = frozenset(
    "khong|ko|k|kh|khong co|ko co|chua|chua co|chua dat|khong dat|no|n|false|sai|0|0.0|☐|✗|✘|[ ]".split("|")
)
_ABOUT: Final = re.compile(r"^(?:khoang|uoc|uoc tinh|gan|hon|tren|duoi|chung|xap xi|~|≈|±|>=|<=|>|<|≥|≤)\s*(?=\d)")
_WORDS_AFTER: Final = re.compile(r"(?<=\d)\s*(?:[^\d\s.,'()%‰/+\-−][^\d]*|\([^\d()]*\))$")
_SCALES: Final = frozenset("nghin ngan trieu ty ti tram chuc van".split())
_NUMBER: Final = re.compile(r"([+\-−]?)\s*(\d(?:[\d.,'’ ]*\d)?)\s*([%‰]?)")
_THREES: Final = re.compile(r"[1-9]\d{0,2}(?:([.,'’ ])\d{3})(?:\1\d{3})*")
_GROUPED_DECIMAL: Final = re.compile(r"\d{1,3}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+|(?: \d{3})+[.,]\d+)")
_RATES: Final = ("%", "‰")


def read_cell(raw: Raw, element: Element, *, shown_as_percent: bool = False) -> Reading:
    """Read a cell of an element's column."""
    if element.type is ValueType.YES_NO:
        return read_yes_no(raw)
    if element.type is ValueType.TEXT:
        return read_text(raw)
    decimals = element.decimals if element.type is ValueType.COUNT else max(element.decimals, 1)
    return read_number(raw, decimals, unit=element.unit, shown_as_percent=shown_as_percent)


def read_number(raw: Raw, decimals: int, *, unit: str = "", shown_as_percent: bool = False) -> Reading:
    """Read a figure; `decimals` 0 is a count. `unit` is what is counted ("người", "%")."""
    kind = type(raw)
    if kind is str:
        return _text_number(str(raw), decimals, unit) if raw else BLANK
    if kind is float or kind is int:
        return _stored_number(raw, decimals, unit, shown_as_percent=shown_as_percent)
    return _no_number(raw)


def read_yes_no(raw: Raw) -> Reading:
    """Read x, có, không, 1, 0 and the like."""
    if isinstance(raw, bool):
        return Reading(YES if raw else NO)
    if isinstance(raw, (int, float)):
        return Reading(YES if raw == 1 else NO) if raw in (0, 1) else unreadable(shown_cell(raw), "yes_no")
    return _text_yes_no(raw) if isinstance(raw, str) else _no_number(raw, "yes_no")


def read_text(raw: Raw) -> Reading:
    """Read words as they are written; the words for the two empty states are states here too."""
    if isinstance(raw, (CellError, Uncomputed)):
        return _no_number(raw, "text")
    shown = squeeze(shown_cell(raw))
    if not shown:
        return BLANK
    return _empty_state(shown) or Reading(Value(State.TEXT, text=shown))


@lru_cache(maxsize=4096)
def _text_yes_no(text: str) -> Reading:
    shown = squeeze(text)
    key = _key(shown)
    if not key:
        return BLANK
    if (empty := _empty_state(shown)) is not None:
        return empty
    if key in _YES or key in _NO:
        return Reading(YES if key in _YES else NO)
    first = key.split(" ")[0].strip(".,;:()")
    if first in ("x", "co", "khong", "ko", "chua", "dat"):
        chosen = YES if first in ("x", "co", "dat") else NO
        return doubt("import.words", shown, chosen, (NO if chosen is YES else YES,))
    return unreadable(shown, "yes_no")


def _key(shown: str) -> str:
    """The matching key of a cell's words: accent-blind, without quotation marks and closing points."""
    return shown if shown in ("...", "…") else fold(shown).strip("'\"*;: ").removesuffix(".")


def _empty_state(shown: str) -> Reading | None:
    """The two empty states, and the signs that may mean one of them."""
    dashes = shown.replace("–", "-").replace("—", "-").replace("−", "-").replace(" ", "").strip("'\"")
    if dashes in _DASHES:
        return doubt("import.dash", shown, NOT_REPORTED, (ZERO, NOT_APPLICABLE))
    key = fold(shown).strip("'\"*;: ()")
    if key in _NOT_REPORTED or key.rstrip(".") in _NOT_REPORTED:
        return Reading(NOT_REPORTED)
    if key.rstrip(".") in _NOT_APPLICABLE:
        return Reading(NOT_APPLICABLE)
    if key in _NOT_AVAILABLE:
        return doubt("import.dash", shown, NOT_REPORTED, (ZERO, NOT_APPLICABLE))
    return None


@lru_cache(maxsize=8192)
def _text_number(text: str, decimals: int, unit: str) -> Reading:
    shown = squeeze(_plain_digits(text)).strip("'\"‘’“”` ")
    if not shown:
        return BLANK
    if shown.isascii() and shown.isdigit():
        return chosen_value(shown, int(shown), decimals)
    if (empty := _empty_state(shown)) is not None:
        return empty
    if _key(shown) in _NOTHING:
        return doubt("import.words", shown, ZERO, (NOT_REPORTED,))
    return _figure(shown, decimals, unit)


def _plain_digits(text: str) -> str:
    """Digits and signs of any script or width as ASCII; superscripts and fractions stay, and are not read."""
    if text.isascii():
        return text
    return "".join(_plain_digit(char) for char in text)


def _plain_digit(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return unicodedata.normalize("NFKC", char) if "\uff00" <= char <= "\uffef" else char


def _figure(shown: str, decimals: int, unit: str) -> Reading:
    """A figure with words, signs or separators around or in it."""
    if any(char.isnumeric() and not char.isdecimal() for char in shown):
        return unreadable(shown, "number")
    doubts = False
    meant = with_digits(shown)
    if meant is not None:
        return _with_letters(shown, _figure(meant, decimals, unit))
    body = fold(shown) if not shown.isascii() else shown.lower()
    about = _ABOUT.match(body)
    if about:
        doubts = True
        body = body[about.end() :]
    after = _WORDS_AFTER.search(body)
    if after and not set(re.findall(r"\w+", after.group())) & _SCALES:
        doubts = doubts or after.group().strip(" .,;()") not in (fold(unit), "", "*")
        body = body[: after.start()]
    found = _NUMBER.fullmatch(body.strip())
    if not found or (found[3] and found[3] != unit):
        return unreadable(shown, "number")
    reading = _separated(found[2], decimals, shown, negative=found[1] in ("-", "−"))
    if doubts and reading.value is not None:
        return Reading(reading.value, (*reading.findings, words_beside(shown, reading.value)), reading.alternatives)
    return reading


def _with_letters(shown: str, meant: Reading) -> Reading:
    """A figure with letters typed for digits: what it must mean, never without saying so."""
    if meant.value is None:
        return unreadable(shown, "number")
    told = doubt("import.letters", shown, meant.value, (NOT_REPORTED, *meant.alternatives)[:2])
    return Reading(meant.value, (*told.findings, *meant.findings), told.alternatives)


def _separated(digits: str, decimals: int, shown: str, *, negative: bool) -> Reading:
    """Decide what the separators in a figure mean."""
    sign = -1 if negative else 1
    if digits.isdigit():
        return chosen_value(shown, sign * int(digits), decimals)
    whole = sign * int(re.sub(r"\D", "", digits))
    separators = re.sub(r"\d", "", digits)
    if _THREES.fullmatch(digits):
        return _threes(shown, whole, separators, decimals)
    if _GROUPED_DECIMAL.fullmatch(digits):
        exact = sign * _decimal(re.sub(r"[^\d]", "", digits[: digits.rindex(separators[-1])]), digits, separators[-1])
        english = separators[-1] == "." and "," in separators
        return chosen_value(shown, exact, decimals, (Decimal(whole),) if english or not decimals else ())
    if len(separators) == 1 and separators in ".,":
        exact = sign * Decimal(digits.replace(",", "."))
        return chosen_value(shown, exact, decimals, () if decimals else (Decimal(whole),))
    return unreadable(shown, "number")


def _threes(shown: str, whole: int, separators: str, decimals: int) -> Reading:
    """Groups of three: thousands for dots and spaces; one group may be three decimals, and commas are foreign."""
    mark = separators[0]
    as_decimal = Decimal(whole).scaleb(-3)
    if len(separators) > 1 or mark in " '’":
        reading = chosen_value(shown, whole, decimals)
        return (
            reading if mark != "," or reading.findings else Reading(reading.value, (commas_as_thousands(shown, whole),))
        )
    if not decimals:
        return chosen_value(shown, whole, 0) if mark == "." else chosen_value(shown, whole, 0, (as_decimal,))
    if mark == ".":
        return chosen_value(shown, whole, 0, (as_decimal,))
    return chosen_value(shown, as_decimal, 3, (Decimal(whole),))


def _decimal(whole: str, digits: str, mark: str) -> Decimal:
    return Decimal(f"{whole}.{digits[digits.rindex(mark) + 1 :]}")


@lru_cache(maxsize=16384)
def _stored_number(raw: float, decimals: int, unit: str, *, shown_as_percent: bool) -> Reading:
    """A number the spreadsheet holds as one."""
    if raw != raw or raw in (float("inf"), float("-inf")):  # noqa: PLR0124 - a NaN is not itself
        return unreadable(str(raw), "number")
    if shown_as_percent:
        if unit not in _RATES:
            return unreadable(f"{format(raw * 100, '.15g')}%", "number")
        raw = float(format(raw * 100, ".13g"))
    nearest = round(raw)
    if abs(raw - nearest) <= max(1e-9, abs(raw) * 1e-14):
        return chosen_value(str(nearest), nearest, decimals)
    exact = Decimal(format(raw, ".15g"))
    places = -int(exact.as_tuple().exponent)
    if decimals:
        return chosen_value(shown_cell(raw), exact, decimals)
    thousands = exact.scaleb(3)
    if places == 3:  # a dot of thousands that Excel took for a decimal mark: 1.234
        return chosen_value(shown_cell(raw), int(thousands), 0, (exact,))
    return chosen_value(shown_cell(raw), exact, 0, (thousands,) if places < 3 else ())


def _no_number(raw: Raw, wanted: str = "number") -> Reading:
    """Cells that hold neither a number nor text."""
    if isinstance(raw, CellError):
        return error("import.cell_error", say("The cell shows the error {shown}.", shown=raw.shown), ADVICE_CELL)
    if isinstance(raw, Uncomputed):
        return error(
            "import.formula",
            say("The cell holds the formula ={formula} and the file does not say its result.", formula=raw.formula),
            say("Open the file in Excel, save it, and import it again; or type the figure."),
        )
    if isinstance(raw, (date, datetime, time, timedelta)):
        return _date(raw)
    return unreadable(shown_cell(raw), wanted)


def _date(raw: date | time | timedelta) -> Reading:
    """Excel made a date of a typed figure such as 1.2 or 3/4: both parts are shown, nothing is guessed."""
    if not isinstance(raw, date):
        return unreadable(str(raw), "number")
    return error(
        "import.date",
        say(
            "The cell holds the date {date}; perhaps {day}.{month} or {day}/{month} was typed and "
            "Excel made a date of it.",
            date=raw.date() if isinstance(raw, datetime) else raw,
            day=str(raw.day),
            month=str(raw.month),
        ),
        ADVICE_CELL,
    )
