"""What is typed on a weighing list, read: kilograms, centimetres, one letter for lying, standing, oedema, absent."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.domain.children import Position, Sex
from desktop.domain.text import fold
from desktop.ui.days import read_day
from desktop.wording import Sentence, say

_FIGURE: Final = re.compile(r"(\d{1,6})(?:[.,](\d{1,3}))?\s*(kg|cm|mm)?", re.ASCII | re.IGNORECASE)
MOST_GRAMS: Final = 99_999
MOST_MILLIMETRES: Final = 1_999
MOST_ARM: Final = 500
_LYING: Final = frozenset({"n", "nam", "l", "lying"})
_STANDING: Final = frozenset({"d", "dung", "h", "s", "standing"})
_YES: Final = frozenset({"p", "phu", "co", "x", "1", "y", "yes", "c"})
_NO: Final = frozenset({"", "khong", "k", "0", "no", "-"})
_ABSENT: Final = frozenset({"v", "vang", "absent", "vang mat"})
_BOY: Final = frozenset({"nam", "trai", "m", "t", "1", "boy", "male"})
_GIRL: Final = frozenset({"nu", "gai", "f", "g", "2", "girl", "female"})


def _figure(text: str, *units: str) -> Decimal | None:
    found = _FIGURE.fullmatch(text.strip())
    if found is None or (found[3] and found[3].lower() not in units):
        return None
    return Decimal(f"{found[1]}.{found[2] or 0}")


def grams(text: str) -> int | Sentence | None:
    """Kilograms with up to three decimals, comma or point; None for nothing."""
    if not text.strip():
        return None
    typed = _figure(text, "kg")
    if typed is None:
        return say("“{text}” is no weight. Type kilograms, for example 7,8.", text=text.strip())
    if not 0 < typed * 1000 <= MOST_GRAMS:
        return say("{text} kg is no weight of a child.", text=text.strip())
    return int(typed * 1000)


def millimetres(text: str) -> int | Sentence | None:
    """Centimetres with at most one decimal; None for nothing."""
    if not text.strip():
        return None
    typed = _figure(text, "cm")
    if typed is None:
        return say("“{text}” is no length. Type centimetres, for example 83,4.", text=text.strip())
    if typed * 10 != int(typed * 10):
        return say("Lengths are taken to the millimetre: one decimal, for example 83,4.")
    if not 0 < typed * 10 <= MOST_MILLIMETRES:
        return say("{text} cm is no length of a child.", text=text.strip())
    return int(typed * 10)


def arm(text: str) -> int | Sentence | None:
    """Arm circumference in mm, or in cm where it is under 50; None for nothing."""
    if not text.strip():
        return None
    typed = _figure(text, "cm", "mm")
    if typed is None:
        return say("“{text}” is no arm circumference. Type millimetres, for example 124.", text=text.strip())
    amount = typed * 10 if typed < 50 else typed
    if amount != int(amount) or not 0 < amount <= MOST_ARM:
        return say("{text} is no arm circumference. Type millimetres, for example 124.", text=text.strip())
    return int(amount)


def position(text: str) -> Position | Sentence | None:
    """N lying, Đ standing; None for nothing."""
    folded = fold(text).strip()
    if not folded:
        return None
    if folded in _LYING:
        return Position.LYING
    if folded in _STANDING:
        return Position.STANDING
    return say("Type N for lying or Đ for standing.")


def oedema(text: str) -> bool | Sentence:
    """P for oedema, nothing for none."""
    folded = fold(text).strip()
    if folded in _YES:
        return True
    return False if folded in _NO else say("Type P where the child has oedema.")


def sex(text: str) -> Sex | Sentence | None:
    """Nam, nữ, trai, gái."""
    folded = fold(text).strip()
    if not folded:
        return None
    if folded in _BOY:
        return Sex.MALE
    return Sex.FEMALE if folded in _GIRL else say("Type “nam” or “nữ”.")


def birth_date(text: str, today: date) -> date | Sentence | None:
    """14/03/2022 or 14/3/22; None for nothing."""
    if not text.strip():
        return None
    plain = text.strip()
    if re.fullmatch(r"\d{8}", plain):
        plain = f"{plain[:2]}/{plain[2:4]}/{plain[4:]}"
    found = read_day(plain, today) or _as_excel_shows(plain)
    if found is None:
        return say("“{text}” is no date. Type day, month and year, for example 14/03/2022.", text=text.strip())
    return found if found <= today else say("{day} lies in the future.", day=found)


def _as_excel_shows(text: str) -> date | None:
    """2022-03-14, 14-Mar-22, 14 tháng 3 năm 2022: what was plainly said only."""
    from desktop.exchange.weighing.dates import read_date

    said = read_date(text, birth=True)
    return said.value if said.finding is None else None


def is_absent(text: str) -> bool:
    """V, or the word."""
    return fold(text).strip() in _ABSENT
