"""What the lines above a table say about it: the period, and whether figures are expected or assigned.

"NĂM 2022", "lũy kế 3 tháng năm 2025", "quý III/2025", "6 tháng đầu năm 2025", "tháng 9 năm 2024", "ước thực hiện",
"giao chỉ tiêu". Days a paper was signed and numbers of decisions are no periods.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.domain.periods import Period
from desktop.domain.text import fold
from desktop.domain.values import Kind

_YEAR: Final = r"((?:19|20)\d\d)"
_DAY: Final = r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*((?:19|20)\d\d)"
_LONG_DAY: Final = r"(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+((?:19|20)\d\d)"
_FROM_TO: Final = re.compile(
    rf"tu\s+(?:ngay\s+)?(?:{_DAY}|{_LONG_DAY})\s*(?:den|-|toi)\s*(?:het\s+)?(?:ngay\s+)?(?:{_DAY}|{_LONG_DAY})"
)
_UP_TO: Final = re.compile(rf"luy ke\D{{0,30}}?(?:den|toi|tinh den)\s*(?:het\s+)?(?:ngay\s+)?(?:{_DAY}|{_LONG_DAY})")
_SIGNED: Final = re.compile(
    rf"ngay\s*[\d.…]*\s*thang\s*[\d.…]*\s*nam\s*(?:(?:19|20)[\d.…]*)?|ngay\s*{_DAY}|(?<!\d){_DAY}"
    r"|\d+\s*/\s*(?:19|20)\d\d\s*/\s*[a-z]|(?:so|so:)\s*\d+\s*/\s*[a-z\-]+"
    r"|\b(?:quyet dinh|cong van|thong tu|nghi quyet|nghi dinh|qd|cv|nq)\s*(?:so\s*)?:?\s*\d[^;]*"
    r"|(?:so voi|so sanh voi|cung ky)[^;\d]*(?:19|20)\d\d"
)
_JOIN: Final = r"\s*(?:cua\s+)?(?:nam|/|-|\.|,|\s)\s*"
_ROMAN: Final = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
}
_YEARS: Final = re.compile(rf"(?:giai doan|nam|tu nam)\s*{_YEAR}\s*(?:-|–|den|den nam|toi)\s*(?:nam\s*)?{_YEAR}")
_PARTS: Final = (
    ("half2", r"6\s*(?:thang|t)\s*cuoi\s*(?:nam)?"),
    ("to_month", r"luy\s*ke\s*(?:den|toi|tinh den)?\s*(?:het\s+)?thang\s*(\d{1,2})"),
    ("months", r"(?<![\d/])(\d{1,2})\s*(?:thang|t)(?:\s*(?:dau|dau cua))?(?=\s*(?:nam\b|/|-|\.|,|$|\s|\)))(?!\s*tuoi)"),
    ("quarter", r"(?:quy|q\.?)\s*(iii|ii|iv|i|[1-4]|mot|hai|ba|bon)(?![a-z0-9])"),
    ("month", r"(?:thang|(?<![a-z])t\.?)\s*(\d{1,2})(?!\d)"),
    ("half", r"nua\s*(dau|cuoi)\s*nam"),
)
_WHOLE_YEAR: Final = re.compile(
    rf"(?:ca\s+)?(?:nam|nam bao cao|ky bao cao|ky\s*:)\s*[:;]?\s*{_YEAR}(?!\d)|^\W*{_YEAR}\W*$"
)
_MORE_YEARS: Final = re.compile(
    r"nam\s*(?:19|20)\d\d((?:\s*(?:,|;|va|voi|&|so voi)\s*(?:nam\s*)?(?:19|20)\d\d(?!\d))+)"
)
_BARE_YEAR: Final = re.compile(rf"(?<![\d/]){_YEAR}(?![\d/])")
_YEAR_END: Final = re.compile(rf"den\s*(?:het\s+)?(?:ngay\s+)?31\s*[/.\-]\s*12\s*[/.\-]\s*{_YEAR}")
_ESTIMATE: Final = re.compile(r"\buoc\s*(?:thuc\s*hien|th\b|tinh|dat|ca\s*nam|nam|kq|ket\s*qua|so\s*lieu)|\bu\.?th\b")
_ASSIGNED: Final = re.compile(
    r"(?:giao|phan\s*bo|phan\s*khai)\s*(?:cac\s*)?(?:chi\s*tieu|ke\s*hoach)|(?:chi\s*tieu|ke\s*hoach)\s*(?:duoc\s*|da\s*)?giao"
)
_PLAN: Final = re.compile(r"^(?:bieu\s*|bang\s*)?(?:chi\s*tieu|ke\s*hoach)\b(?!\s*(?:;|$))")  # alone it is a heading
_DONE: Final = re.compile(r"ket\s*qua|thuc\s*hien|bao\s*cao|danh\s*gia|tong\s*hop")


@dataclass(frozen=True, slots=True)
class Said:
    """What some lines say: the periods named, in order, and the kind where it is not actual."""

    periods: tuple[Period, ...] = ()
    kind: Kind | None = None


def read_titles(lines: Iterable[str]) -> Said:
    """Read the lines above a table."""
    texts = [fold(line) for line in lines]
    found = [period for text in texts for period in _periods(text)]
    if not found:
        found = _periods(" ; ".join(texts), apart=True) or _lonely_year(texts)
    whole = [period for period in found if period.is_year]
    parts = [period for period in found if not period.is_year]
    if parts and whole and {period.year for period in parts} >= {period.year for period in whole}:
        found = parts  # "QUÝ III" on one line, "NĂM 2025" on the next: the part is meant
    elif not parts and len({period.year for period in whole}) == 1:
        part = _periods(" ; ".join(texts), apart=True)
        found = part or found
    return Said(tuple(dict.fromkeys(found)), _kind(texts))


def _lonely_year(texts: list[str]) -> list[Period]:
    """The one year that lines without any period name: "TỔNG HỢP SỐ LIỆU 2023", "số liệu đến 31/12/2023"."""
    text = _YEAR_END.sub(r" \1 ", " ; ".join(texts))
    years = set(_BARE_YEAR.findall(_SIGNED.sub(" ", text)))
    return [Period.of_year(int(year)) for year in years] if len(years) == 1 else []


def read_name(name: str) -> Said:
    """Read the name of a sheet or a file: weaker evidence, where a bare year counts."""
    text = fold(re.sub(r"[_+]", " ", name))
    plain = re.sub(r"(?<=[a-z])-|-(?=[a-z])", " ", text)
    found = _periods(plain) or _periods(plain, apart=True)
    if not found:
        found = [Period.of_year(int(year)) for year in _BARE_YEAR.findall(plain)]
    return Said(tuple(dict.fromkeys(found)), _kind([plain]))


def _kind(texts: list[str]) -> Kind | None:
    if any(_ESTIMATE.search(text) for text in texts):
        return Kind.ESTIMATE
    if any(_ASSIGNED.search(text) or (_PLAN.search(text) and not _DONE.search(text)) for text in texts):
        return None if any(re.search(r"ket\s*qua|thuc\s*hien", text) for text in texts) else Kind.ASSIGNED
    return None


def _periods(text: str, *, apart: bool = False) -> list[Period]:
    """Periods in a folded text; `apart`: a part of a year and the only year may stand away from each other."""
    spans = [period for found in _FROM_TO.finditer(text) if (period := _span(found.groups())) is not None]
    spans += [period for found in _UP_TO.finditer(text) if (period := _up_to(found.groups())) is not None]
    text = _SIGNED.sub(" ", _UP_TO.sub(" ", _FROM_TO.sub(" ", text)))
    found: list[Period] = spans
    found += [
        Period(date(int(years[1]), 1, 1), date(int(years[2]), 12, 31))
        for years in _YEARS.finditer(text)
        if int(years[1]) < int(years[2])
    ]
    text = _YEARS.sub(" ", text)
    known = {int(year) for year in _BARE_YEAR.findall(text)}
    join = r"\D*?" if apart else _JOIN
    for name, pattern in _PARTS:
        for part in re.finditer(rf"{pattern}{join}{_YEAR}(?!\d)", text):
            _add(found, name, part.group(1), int(part.groups()[-1]))
        text = re.sub(rf"{pattern}{join}{_YEAR}(?!\d)", " ", text)
        if apart and len(known) == 1:
            for part in re.finditer(pattern, text):
                _add(found, name, part.group(1) if part.re.groups else "", next(iter(known)))
            text = re.sub(pattern, " ", text)
    if not (apart and found):
        found += [Period.of_year(int(year[1] or year[2])) for year in _WHOLE_YEAR.finditer(text)]
        found += [
            Period.of_year(int(year)) for more in _MORE_YEARS.finditer(text) for year in _BARE_YEAR.findall(more[1])
        ]
    return found


def _add(found: list[Period], name: str, part: str, year: int) -> None:
    months = _months(name, part)
    if months and 1 <= months[0] <= months[1] <= 12:
        found.append(Period.of_months(year, months[0], year, months[1]))


def _months(name: str, part: str) -> tuple[int, int] | None:
    """First and last month of a part of a year."""
    if name == "half2":
        return 7, 12
    if name == "half":
        return (1, 6) if part == "dau" else (7, 12)
    if name == "quarter":
        quarter = _ROMAN[part]
        return quarter * 3 - 2, quarter * 3
    number = int(part)
    return (number, number) if name == "month" else (1, number)


def _span(parts: tuple[str | None, ...]) -> Period | None:
    numbers = [int(part) for part in parts if part is not None]
    try:
        return Period(date(numbers[2], numbers[1], numbers[0]), date(numbers[5], numbers[4], numbers[3]))
    except (ValueError, IndexError):
        return None


def _up_to(parts: tuple[str | None, ...]) -> Period | None:
    numbers = [int(part) for part in parts if part is not None]
    try:
        return Period(date(numbers[2], 1, 1), date(numbers[2], numbers[1], numbers[0]))
    except (ValueError, IndexError):
        return None
