"""Words of the papers about the national criteria: points, verdicts, reasons, gains, in plain official Vietnamese."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from desktop.domain.criteria.scoring import By, Judged, Verdict, failing, shown, shown_total
from desktop.domain.criteria.sets import CriteriaSet
from desktop.domain.criteria.ways import Gain, Why
from desktop.domain.rounding import half_up
from desktop.reports.numbers import NOT_REPORTED_TEXT, printed, vietnamese

NAME: Final = "Tiêu chí quốc gia về y tế xã"
COLUMNS: Final = {By.SELF: "xã tự chấm", By.OFFICE: "phúc tra", By.PROVINCE: "thẩm định của tỉnh"}
VERDICTS: Final = {Verdict.PASS: "Đạt", Verdict.FAIL: "Không đạt", Verdict.NOT_JUDGED: "Chưa chấm đủ"}
WHYS: Final = {Why.KNOCK_OUT: "điểm liệt", Why.FLOOR: "tiêu chí dưới sàn", Why.TOTAL: "bù tổng điểm"}
LEGEND: Final = "…: chưa chấm; x: không xét ở vùng này; *: dưới sàn của tiêu chí hoặc dưới mức điểm liệt."


def points(told: Fraction | None) -> str:
    """9,5; the sign of what is not reported for nothing."""
    return NOT_REPORTED_TEXT if told is None else vietnamese(shown(told))


def total(told: Fraction | None) -> str:
    """Sums with one decimal, and more where they have them."""
    return NOT_REPORTED_TEXT if told is None else vietnamese(shown_total(told))


def mean(told: Fraction | None) -> str:
    """Means are rounded to one decimal."""
    return NOT_REPORTED_TEXT if told is None else vietnamese(half_up(told, 1))


def percent(share: Fraction) -> str:
    """71,4%; nothing at all is a plain 0%."""
    return printed(share, "%").text


def own_layout(one: CriteriaSet) -> str:
    """The paper's layout is the program's, because the official form is not known."""
    return f"Mẫu của phần mềm, chưa đối chiếu với mẫu ban hành kèm theo {one.decision}."


def zone_words(number: int | None) -> str:
    """Vùng 3; nothing where it is not known."""
    return "" if number is None else f"vùng {number}"


def verdict_sentence(judged: Judged) -> str:
    """Total, its column and the verdict in one sentence."""
    if judged.by is not None and not judged.maximum:
        return "Chưa biết điểm tối đa nên chưa kết luận."
    if judged.by is None or judged.total is None:
        return "Chưa chấm đủ các dòng nên chưa kết luận."
    told = f"Tổng điểm {COLUMNS[judged.by]}: {total(judged.total)}/{points(judged.maximum)}"
    told += f", cần từ {total(judged.needed)} điểm"
    return f"{told}. Kết luận: {VERDICTS[judged.verdict]}."


def reasons(one: CriteriaSet, judged: Judged, given: dict[str, Fraction], zone: int | None) -> list[str]:
    """Every reason why points do not pass: knock-outs, criteria under their floor, the total."""
    if judged.total is None:
        return []
    found = [
        f"{row.code} {row.name}: {points(given.get(row.code))} điểm, dưới mức điểm liệt {points(row.least)}"
        for row in failing(one, given, zone)
    ]
    found += [
        f"tiêu chí {part.criterion.number} {part.criterion.name}: {points(part.score)}/{points(part.maximum)} điểm, "
        f"dưới sàn {points(part.floor)}"
        for part in judged.criteria
        if part.passes is False
    ]
    if judged.total < judged.needed:
        found.append(f"tổng điểm {total(judged.total)}, thiếu {total(judged.needed - judged.total)} điểm")
    return found


def short_reasons(judged: Judged) -> str:
    """The same in the least words: "tổng thiếu 4,0; tiêu chí 2 dưới sàn"."""
    if judged.total is None:
        return ""
    found = []
    if judged.total < judged.needed:
        found.append(f"tổng thiếu {total(judged.needed - judged.total)} điểm")
    under = [part.criterion.number for part in judged.criteria if part.passes is False]
    if under:
        found.append(f"tiêu chí {', '.join(under)} dưới sàn")
    if judged.verdict is Verdict.FAIL and not found:
        found.append("có điểm liệt")
    return "; ".join(found)


def gains_text(one: CriteriaSet, way: tuple[Gain, ...] | None) -> str:
    """The cheapest way in words: "1.2 +0,5 (điểm liệt); 5.1 +1"; knock-outs first."""
    if way is None:
        return "không còn cách nào với các dòng hiện có"
    names = {row.code: row.name for row in one.rows}
    told = []
    for gain in sorted(way, key=lambda each: list(Why).index(each.why)):
        name = names.get(gain.code, "")
        told.append(f"{gain.code} {name}: +{points(gain.points)} ({WHYS[gain.why]})")
    return "; ".join(told)
