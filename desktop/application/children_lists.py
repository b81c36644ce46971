"""Lists of children on paper, and a child's card: for the station's own use, noted in the log of who looked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from desktop.application import access, growth, weighing
from desktop.application.child_care import care_of, care_page
from desktop.application.children import child_page
from desktop.application.children_follow import Followed, follow_up
from desktop.application.figures import meant_communes
from desktop.application.growth_charts import CHARTS, Chart, chart, label, measured
from desktop.application.offices import office
from desktop.application.records import Record
from desktop.domain.child_care import Given
from desktop.domain.children import Child, Measurement, Session, Sex
from desktop.domain.children_follow import Why
from desktop.domain.growth import scores as engine
from desktop.domain.growth.ages import completed_months
from desktop.domain.growth.classes import Class, acute_words, arm_class, class_of, class_words
from desktop.domain.growth.scores import Index, Scores
from desktop.domain.periods import Period
from desktop.domain.text import fold, sort_key
from desktop.system.i18n import render

if TYPE_CHECKING:
    from desktop.reports.children_papers import Line, Listing, Part
    from desktop.reports.growth_chart import Drawing
    from desktop.reports.model import Document

_SEXES: Final = {Sex.MALE: "Trai", Sex.FEMALE: "Gái", None: ""}
_INDICES: Final = (Index.WA, Index.HA, Index.WH)
_CAPTIONS: Final = {
    Index.HA: "Chiều dài, chiều cao theo tuổi",
    Index.WA: "Cân nặng theo tuổi",
    Index.WH: "Cân nặng theo chiều dài, chiều cao",
}
_CHART: Final = (140.0, 76.0)
"""Millimetres: one stands under the visits, two on the next page with the signature."""
NO_VILLAGE: Final = "Không ghi thôn, bản"


def weighing_list(
    record: Record,
    *,
    unit: str | None,
    period: Period,
    today: date,
    sessions: Collection[str] | None = None,
    village: str | None = None,
) -> Document:
    """The lists of sessions (uids; None: all that began in a period), commune by commune and village by village."""
    from desktop.application.reports import paper_office
    from desktop.reports.children_papers import weighing_document

    _, communes, _ = meant_communes(record, unit=unit, day=period.last)
    own = office(record, on=period.last, signed=today)
    listings: list[Listing] = []
    for commune in communes:
        held = weighing.sessions(record, communes=[commune.uid])
        for session in held:
            is_meant = period.first <= session.first <= period.last if sessions is None else session.uid in sessions
            if is_meant:
                listings += _session(record, session, commune.uid, commune.name, village)
    return weighing_document(paper_office(own), today.year, period, listings)


def _session(record: Record, session: Session, commune: str, name: str, village: str | None) -> list[Listing]:
    from desktop.reports.children_papers import Line, Listing

    sheet = weighing.sheet(record, session=session.uid, communes=[commune], log=True)
    if village is not None:
        sheet = replace(sheet, lines=tuple(line for line in sheet.lines if is_of(line.child, village)))
    if not sheet.lines:
        return []
    scores = growth.scores(
        [measured(line.child, line.now) if line.now else _nothing(line.child) for line in sheet.lines]
    )
    given = care_of(record, [line.child.uid for line in sheet.lines])
    rows: list[tuple[str, Line]] = []
    for line, found in zip(sheet.lines, scores, strict=True):
        note = "; ".join(filter(None, (*_notes(line), _given(given[line.child.uid].given, session))))
        day = line.now.day if line.now is not None else session.first
        figures = _figures(line.now, found)
        rows.append((line.child.village, Line((*_who(line.child, day), *figures, note))))
    summary = f"Danh sách {sheet.expected} trẻ; được cân đo {sheet.measured}; vắng {sheet.absent}."
    heading = f"{name}, đợt cân đo ngày {session.first:%d/%m/%Y}"
    return [Listing(heading, _by_village(rows), summary)]


def _notes(line: weighing.Line) -> tuple[str, ...]:
    if line.now is None:
        return ("Chưa cân",)
    return "Vắng" if line.now.absent else "", *_signs(line.child, line.now), line.now.note


def _signs(child: Child, one: Measurement) -> tuple[str, ...]:
    """Oedema, and acute malnutrition by the arm: no column says them."""
    arm = arm_class(one.muac, child.age_on(one.day))
    thin = arm is not None and arm is not Class.NORMAL
    return "Phù" if one.oedema else "", f"{render(acute_words(arm), 'vi')} (vòng cánh tay)" if thin and arm else ""


def _given(given: Iterable[Given], session: Session) -> str:
    """The supplements given on the days of a session, for the column of notes."""
    from desktop.reports.care_papers import SUPPLEMENTS

    return ", ".join(SUPPLEMENTS[one.what] for one in given if session.holds(one.day))


def is_of(child: Child, village: str) -> bool:
    """Whether a child is of a village, however it is spelled; the empty one is of those without."""
    return fold(child.village) == fold(village)


def _nothing(child: Child) -> engine.Measurement:
    return measured(child, Measurement(child.uid, child.birth_date or date.min, absent=True))


def _by_village(rows: Iterable[tuple[str, Line]]) -> tuple[Part, ...]:
    from desktop.reports.children_papers import Part

    parts: dict[str, list[Line]] = {}
    for village, line in rows:
        parts.setdefault(village, []).append(line)
    known = sorted((village for village in parts if village), key=sort_key)
    named = [*known, *([""] if "" in parts else [])]
    only = len(named) == 1 and not named[0]
    return tuple(Part("" if only else village or NO_VILLAGE, tuple(parts[village])) for village in named)


def _who(child: Child, day: date) -> tuple[str, ...]:
    born = f"{child.birth_date:%d/%m/%Y}" if child.birth_date else ""
    return child.name, _SEXES[child.sex], born, _months(child, day), child.mother


def _months(child: Child, day: date) -> str:
    born = child.birth_date
    return str(completed_months(born, day)) if born is not None and born <= day else ""


def _figures(one: Measurement | None, found: Scores) -> tuple[str, ...]:
    if one is None or one.absent:
        return ("",) * 6
    arm = str(one.muac) if one.muac else ""
    classes = (_class(index, one, found) for index in _INDICES)
    return kilograms(one.weight), centimetres(one.lenhei), arm, *classes


def _class(index: Index, one: Measurement, found: Scores) -> str:
    told = class_of(index, found.of(index), oedema=one.oedema)
    return "" if told is None else render(class_words(index, told), "vi")


def sex_word(sex: Sex | None) -> str:
    """Trai, gái, or nothing."""
    return _SEXES[sex]


def kilograms(grams: int | None) -> str:
    """7,8."""
    if grams is None:
        return ""
    return f"{grams / 1000:.3f}".rstrip("0").ljust(len(str(grams // 1000)) + 2, "0").replace(".", ",")


def centimetres(millimetres: int | None) -> str:
    """82,0."""
    return "" if millimetres is None else f"{Decimal(millimetres) / 10:.1f}".replace(".", ",")


# ---- who should be looked after ----


def follow_up_list(
    record: Record,
    *,
    unit: str | None,
    period: Period,
    today: date,
    day: date | None = None,
    village: str | None = None,
    step: Callable[[int, int], None] | None = None,
) -> Document:
    """The children of a commune, or of all, that somebody should look after: of one village, or of all.

    On a day, such as a session's last; else today, or on the period's last day.
    """
    from desktop.application.reports import paper_office
    from desktop.reports.children_papers import Listing, follow_up_document

    day = min(today, period.last if day is None else day)
    _, communes, _ = meant_communes(record, unit=unit, day=period.last)
    own = office(record, on=period.last, signed=today)
    listings = []
    by_commune: dict[str, list[Followed]] = {}
    for one in follow_up(record, communes=[commune.uid for commune in communes], day=day, step=step):
        if village is None or is_of(one.case.child, village):
            by_commune.setdefault(one.unit, []).append(one)
    for commune in communes:
        found = by_commune.get(commune.uid, [])
        if found:
            rows = [(one.case.child.village, _followed(one)) for one in found]
            severe = sum(one.case.worst is Why.SEVERE for one in found)
            listings.append(Listing(commune.name, _by_village(rows), f"Cần theo dõi {len(found)} trẻ; nặng {severe}."))
            access.look(record, what="list", unit=commune.uid, about=day.isoformat(), rows=len(found))
    return follow_up_document(paper_office(own), today.year, f"{day:%d/%m/%Y}", listings)


def _followed(one: Followed) -> Line:
    from desktop.reports.children_papers import Line

    case = one.case
    last = case.last.measurement if case.last is not None else None
    name, sex, born, _, mother = _who(case.child, date.max)
    return Line(
        (
            name,
            sex,
            born,
            mother,
            f"{last.day:%d/%m/%Y}" if last is not None else "chưa cân đo",
            kilograms(last.weight) if last is not None else "",
            centimetres(last.lenhei) if last is not None else "",
            "; ".join(_reasons(one)),
            f"{case.due:%d/%m/%Y}" if case.due is not None else "",
            "",
        )
    )


def _reasons(one: Followed) -> list[str]:
    case = one.case
    told = [render(class_words(index, found), "vi") for index, found in case.found]
    if case.arm is not None and case.arm.value.startswith("grade"):
        told.append(f"{render(acute_words(case.arm), 'vi')} (vòng cánh tay)")
    if Why.FALTERING in case.whys:
        told.append("Chững tăng trưởng")
    if Why.OVERDUE in case.whys:
        told.append("Quá hạn cân lại")
    return [one[:1].lower() + one[1:] if place else one for place, one in enumerate(dict.fromkeys(told))]


# ---- one child ----


def child_card(record: Record, *, child: str, period: Period, today: date) -> Document:
    """A child's card with its visits up to the end of a period, and charts."""
    from desktop.application.reports import paper_office
    from desktop.reports.children_papers import Card, Line, card_document

    page = child_page(record, uid=child)
    one = page.child
    visits = [visit for visit in page.measurements if not visit.absent and visit.day <= period.last]
    found = growth.scores([measured(one, visit) for visit in visits])
    lines = tuple(
        Line((f"{visit.day:%d/%m/%Y}", _months(one, visit.day), *_figures(visit, told)))
        for visit, told in zip(visits, found, strict=True)
    )
    facts = (
        ("Họ và tên", one.name),
        ("Giới", _SEXES[one.sex].lower()),
        ("Ngày sinh", f"{one.birth_date:%d/%m/%Y}" if one.birth_date else ""),
        ("Dân tộc", one.ethnic_group),
        ("Họ tên mẹ", one.mother),
        ("Thôn, bản", one.village),
        *_care(record, child, period.last),
    )
    own = office(record, on=period.last, signed=today)
    card = Card(one.name, facts, lines, _charts(one, visits), tuple(_remarks(one, visits)))
    return card_document(paper_office(own), today.year, card)


def _remarks(child: Child, visits: Iterable[Measurement]) -> Iterator[str]:
    """Of each visit what its line has no column for."""
    for one in visits:
        told = [part.rstrip(".") for part in (*_signs(child, one), one.note) if part]
        if told:
            yield f"Ngày {one.day:%d/%m/%Y}: {'. '.join(told)}."


def _care(record: Record, child: str, last: date) -> tuple[tuple[str, str], ...]:
    """What was given to a child up to a day, and its treatments, as facts of its card."""
    from desktop.reports.care_papers import DEGREES, OUTCOMES, SUPPLEMENTS

    found = care_page(record, uid=child)
    given = ", ".join(f"{SUPPLEMENTS[g.what]} {g.day:%d/%m/%Y}" for g in found.given if g.day <= last)
    stays = [
        f"{DEGREES[one.degree]} từ {one.since:%d/%m/%Y}"
        + (f", {OUTCOMES[one.outcome]} {one.until:%d/%m/%Y}" if one.until and one.outcome else "")
        for one in found.treatments
        if one.since <= last
    ]
    return ("Bổ sung vi chất", given), ("Suy dinh dưỡng cấp tính", ", ".join(stays))


def _charts(one: Child, visits: Sequence[Measurement]) -> tuple[tuple[str, Drawing], ...]:
    made = ((index, chart(index, one, visits)) for index in CHARTS)
    return tuple((_CAPTIONS[index], _drawn(index, each)) for index, each in made if each is not None)


def _drawn(index: Index, made: Chart) -> Drawing:
    from desktop.reports.growth_chart import PAPER, Axes, draw, window

    visits = [one.visit for one in made.plotted]
    shown = window(made.pieces, visits, span=0, step=made.step)
    axes = Axes(render(made.across, "vi"), made.unit, made.step * 2 if index is not Index.WH else made.step)
    words = render(label(made.plotted[-1], index), "vi") if made.plotted else ""
    return draw(made.pieces, visits, shown=shown, size=_CHART, axes=axes, style=PAPER, label=words)
