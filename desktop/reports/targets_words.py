"""The Vietnamese of the report of targets: plain official words, every one of them following from a figure.

Official documents are Vietnamese in every language of the program, so these are data of the report, not messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from desktop.domain.periods import Period
from desktop.domain.plans import Comparator
from desktop.domain.plans.intervals import Interval
from desktop.domain.plans.status import Status
from desktop.reports.numbers import (
    Printed,
    day_text,
    decimals_in,
    difference,
    interval_text,
    month_text,
    printed,
    printed_against,
    trimmed,
    vietnamese,
    with_unit,
)
from desktop.reports.targets_input import Ground, Reading, TargetRow

VERDICTS: Final = {
    Status.MET: "Đạt",
    Status.ON_TRACK: "Đúng lộ trình",
    Status.OFF_TRACK: "Chậm lộ trình",
    Status.MISSED: "Không đạt",
    Status.TOO_FEW: "Quá ít để xét",
    Status.NO_PATH: "Chưa có lộ trình",
    Status.NOT_MEASURABLE: "Không xét ở cấp này",
    Status.NO_DATA: "Chưa có số liệu",
}
UNKNOWN_VERDICT: Final = "Không tính được"
ESTIMATED_VERDICT: Final = "Ước tính, không xét"
UNKNOWN_LEGEND: Final = "–: không tính được theo địa giới này"
ESTIMATED_LEGEND: Final = "≈: ước tính theo tỷ lệ dân số"
GOOD: Final = frozenset({Status.MET, Status.ON_TRACK})
POOR: Final = frozenset({Status.OFF_TRACK, Status.MISSED})
COMPARATORS: Final = {
    Comparator.AT_LEAST: "đạt",
    Comparator.AT_MOST: "còn",
    Comparator.ABOVE: "trên",
    Comparator.BELOW: "dưới",
    Comparator.ABOUT: "khoảng",
}
KINDS: Final = {
    "commune": ("xã", "phường", "thị trấn", "đặc khu"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    "area": ("khu vực",),
    "province": ("tỉnh", "thành phố"),
}
POINTS: Final = {"%": "điểm phần trăm", "‰": "điểm phần nghìn"}
SHORT_POINTS: Final = {"%": "điểm\u00a0%", "‰": "điểm\u00a0‰"}
UNIT_COLUMN: Final = {"/10.000": "/10.000 dân", "/100.000": "/100.000 trẻ đẻ sống"}
UNIT_SPOKEN: Final = {"/10.000": "trên 10.000 dân", "/100.000": "trên 100.000 trẻ đẻ sống"}
MORE: Final = 10


def whole_text(level: str, name: str) -> str:
    """The row of totals in the words of the office's own name: "Toàn quận", "Toàn thành phố", else of its level."""
    kinds = KINDS.get(level)
    if kinds is None:
        return "Tổng cộng"
    places = {kind: f" {name.casefold()} ".find(f" {kind} ") for kind in kinds}
    named = [kind for kind in kinds if places[kind] >= 0]
    return f"Toàn {min(named, key=lambda kind: places[kind], default=kinds[0])}"


def period_text(period: Period) -> str:
    """`năm 2024`, `quý III năm 2024`, `6 tháng đầu năm 2024`, `9 tháng năm 2024`, else from day to day."""
    made = period.months
    if made is None:
        return f"từ {short_date(period.first)} đến {short_date(period.last)}"
    year, start, last_year, end = made
    if year != last_year:
        return f"giai đoạn {year} - {last_year}" if (start, end) == (1, 12) else _months_text(made)
    if (start, end) == (1, 12):
        return f"năm {year}"
    if start == end:
        return f"tháng {month_text(start)} năm {year}"
    if start % 3 == 1 and end - start == 2:
        return f"quý {('I', 'II', 'III', 'IV')[end // 3 - 1]} năm {year}"
    if (start, end) in ((1, 6), (7, 12)):
        return f"6 tháng {'đầu' if start == 1 else 'cuối'} năm {year}"
    return f"{end} tháng năm {year}" if start == 1 else _months_text(made)


def _months_text(made: tuple[int, int, int, int]) -> str:
    return f"từ tháng {month_text(made[1])} năm {made[0]} đến tháng {month_text(made[3])} năm {made[2]}"


def short_date(day: date) -> str:
    """14/01/2025."""
    return f"{day:%d/%m/%Y}"


def long_date(day: date) -> str:
    """`ngày 26 tháng 10 năm 2021`."""
    return f"ngày {day_text(day.day)} tháng {month_text(day.month)} năm {day.year}"


OVER_WHOLE: Final = "trên 100%, cần xem lại mẫu số"


def boundaries_text(day: date) -> str:
    """`theo địa giới hành chính ngày 01/07/2025`."""
    return f"theo địa giới hành chính ngày {short_date(day)}"


def verdict_text(row: TargetRow) -> str:
    """The verdict as it stands in the table."""
    if row.current.ground is Ground.UNKNOWN:
        return UNKNOWN_VERDICT
    if row.current.ground is Ground.ESTIMATED:
        return ESTIMATED_VERDICT
    told = VERDICTS[row.status] + (" (tạm tính)" if row.provisional else "")
    return f"{told}; {OVER_WHOLE}" if row.over_whole else told


def lower_first(text: str) -> str:
    """The text inside a sentence: "tỷ lệ ...", but "BHYT" stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def upper_first(text: str) -> str:
    """The text at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def listed(items: Sequence[str], *, between: str = "; ", most: int = MORE, rest: str = "chỉ tiêu") -> str:
    """Items in one sentence; past so many it says how many more."""
    if len(items) <= most:
        return between.join(items)
    return f"{between.join(items[:most])} và {vietnamese(len(items) - most)} {rest} khác"


def target_words(row: TargetRow) -> str:
    """The target in the plan's own words: `còn 22,2%`, `trên 90%`, `khoảng 75`."""
    if row.words:
        words = row.words
    elif row.target is None:
        return row.condition
    else:
        words = f"{COMPARATORS.get(row.comparator, '')} {with_unit(row.target, row.unit)}".strip()
    return f"{words} ({row.condition})" if row.condition else words


def target_spoken(row: TargetRow) -> str:
    """The target inside a sentence, with its unit; "đạt" is left out, for there it would sound like the result."""
    if row.words or row.target is None:
        return target_words(row)
    words = f"{with_unit(row.target, row.unit)} {spoken_unit(row)}".rstrip()
    words = words if row.comparator is Comparator.AT_LEAST else f"{COMPARATORS.get(row.comparator, '')} {words}".strip()
    return f"{words} ({row.condition})" if row.condition else words


def unit_spoken(unit: str) -> str:
    """The unit behind a number in a sentence; % and ‰ already stand against it."""
    return "" if unit in POINTS else UNIT_SPOKEN.get(unit, unit)


def pooled_words(row: TargetRow, period: Period) -> str:
    """`cộng 3 năm 2022 - 2024` where the figure rests on several years; empty where on the period alone."""
    years = row.pooled_years
    return f"cộng {years} năm {period.year - years + 1} - {period.year}" if years > 1 else ""


def spoken_unit(row: TargetRow) -> str:
    """The unit behind the figure of a target, empty where the name of the indicator already says it."""
    words = unit_spoken(row.unit)
    return "" if row.unit in UNIT_SPOKEN and words in row.name else words


def current_printed(row: TargetRow) -> Printed | None:
    """This period's figure as printed everywhere in the report.

    With more decimals where it would look like the target it misses, or like the path it is behind.
    """
    if row.current.value is None:
        return None
    met = row.status is Status.MET
    figure = printed_against(row.current.value, row.unit, target=row.target, met=met, decimals=row.decimals)
    if row.status is not Status.OFF_TRACK or row.required is None:
        return figure
    places = max(figure.decimals, decimals_in(printed(row.current.value, row.unit, row.decimals).number))
    while printed(row.required, row.unit, places).number == figure.number and places < 4:
        places += 1
        figure = printed(row.current.value, row.unit, places)
    return figure


def previous_printed(row: TargetRow) -> Printed | None:
    """The same period last year as printed."""
    if row.previous is None or row.previous.value is None:
        return None
    return printed(row.previous.value, row.unit, row.decimals)


def required_printed(row: TargetRow) -> Printed | None:
    """What the path asks for now, with as many decimals as the figure it stands beside."""
    if row.required is None:
        return None
    figure = current_printed(row)
    return printed(row.required, row.unit, figure.decimals if figure else row.decimals)


def change(row: TargetRow) -> Decimal | None:
    """The change against the same period, from the two printed figures; None where one is missing."""
    now, then = current_printed(row), previous_printed(row)
    return None if now is None or then is None else difference(now, then)


def change_spoken(row: TargetRow, period: Period) -> str:
    """`giảm 1,5 điểm phần trăm so với cùng kỳ năm 2023 (27,9%)`; empty where nothing can be compared."""
    moved, then = change(row), previous_printed(row)
    if moved is None or then is None or row.previous is None:
        return ""
    beside = then.text + _other_rest(row.current, row.previous)
    when = f"cùng kỳ {period_text(period.same_last_year())}"
    if not moved:
        return f"bằng {when} ({beside})"
    return f"{change_words(row)} so với {when} ({beside})"


def change_words(row: TargetRow) -> str:
    """`giảm 1,5 điểm phần trăm`; empty where nothing can be compared or nothing moved."""
    moved = change(row)
    if not moved:
        return ""
    unit = POINTS.get(row.unit) or spoken_unit(row)
    return f"{'tăng' if moved > 0 else 'giảm'} {vietnamese(abs(moved))} {unit}".rstrip()


def _other_rest(now: Reading, then: Reading) -> str:
    """Said where last year's figure rests on other communes than this year's."""
    if (now.reported, now.expected) == (then.reported, then.expected) or not then.expected:
        return ""
    return f", tính trên {then.reported}/{then.expected} xã"


def change_short(row: TargetRow) -> str:
    """`−1,5 điểm %` in a table."""
    moved = change(row)
    if not moved:
        return "" if moved is None else "0"
    return f"{vietnamese(moved, signed=True)} {SHORT_POINTS.get(row.unit, '')}".rstrip()


def is_better(row: TargetRow) -> bool | None:
    """Whether the printed figure moved the right way; None where it did not move or cannot be compared."""
    moved = change(row)
    return None if not moved else (moved < 0) == row.lower_is_better


def verdict_spoken(row: TargetRow, period: Period, *, again: bool = False) -> str:
    """What the sentence says of the target: `chậm lộ trình đến mục tiêu năm 2025 (còn 22,2%), ...`.

    `again`: the sentence already spoke of an earlier year, so the interval is not said twice.
    """
    aim = f"mục tiêu năm {row.year}" if row.year else "mục tiêu"
    aim = f"{aim} ({target_spoken(row)})" if target_spoken(row) else aim
    match row.status:
        case Status.MET:
            words = f"đạt {aim}"
        case Status.MISSED:
            words = f"không đạt {aim}"
        case Status.ON_TRACK:
            words = f"đúng lộ trình đến {aim}{_required_spoken(row, period)}"
        case Status.OFF_TRACK:
            words = f"chậm lộ trình đến {aim}{_required_spoken(row, period)}"
        case Status.TOO_FEW:
            interval = "" if again else _interval_spoken(row.interval, row.unit)
            words = f"số trường hợp quá ít để xét so với {aim}{interval}"
        case Status.NO_PATH:
            words = f"chưa có lộ trình để xét {aim}"
        case Status.NOT_MEASURABLE:
            words = f"không xét {aim} ở cấp này"
        case Status.NO_DATA:
            words = f"chưa có số liệu để xét {aim}"
    words = f"{words} (tạm tính)" if row.provisional and row.status in GOOD | POOR else words
    return f"{words} ({OVER_WHOLE})" if row.over_whole else words


def _required_spoken(row: TargetRow, period: Period) -> str:
    required = required_printed(row)
    if required is None:
        return ""
    return f", mức theo lộ trình đến hết {period_text(period)} là {required.text}"


def _interval_spoken(interval: Interval | None, unit: str) -> str:
    if interval is None:
        return ""
    level = vietnamese(trimmed(interval.level * 100))
    return f", khoảng tin cậy {level}% là {interval_text(interval.lower, interval.upper, unit)}"


def count_text(value: Fraction) -> str:
    """A count or amount exactly: whole where it is, else with its decimals (at most four are stored)."""
    figure = printed(value, "", 0)
    places = 0
    while Fraction(figure.number) != value and places < 4:
        places += 1
        figure = printed(value, "", places)
    return figure.text
