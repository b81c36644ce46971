"""Papers about stations: the profile of one, and the summary of all by commune. They are always in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Final

from desktop.application.offices import communes_of, office
from desktop.application.records import Record
from desktop.application.station_profiles import (
    Line,
    Sheet,
    decided_zones,
    facts_of_communes,
    place_named,
    sheet,
    zones_of,
)
from desktop.application.stations import stations
from desktop.domain.periods import Period
from desktop.domain.stations.communes import Told
from desktop.domain.stations.profile import Asked, Combine, Item
from desktop.domain.stations.zones import Zoned
from desktop.domain.units import UnitKind
from desktop.domain.values import NOT_REPORTED, SCALE, State, Value, total
from desktop.errors import UsageError
from desktop.system.i18n import grouped, render
from desktop.wording import say

if TYPE_CHECKING:
    # Printing is loaded when a paper is asked for.
    from desktop.reports.model import Document
    from desktop.reports.station_papers import ProfileLine, ProfilePaper, SummaryPaper

PROFILE: Final = "station-profile"
SUMMARY: Final = "station-summary"
PAPERS: Final = (PROFILE, SUMMARY)
UNKNOWN: Final = "…"
NOT_ASKED: Final = "x"
_STAFF: Final = "Nhân lực (người)"
_COLUMNS: Final = (
    ("doctors", _STAFF, "Bác sĩ"),
    ("assistant_doctors", _STAFF, "Y sĩ"),
    ("nurses", _STAFF, "Điều dưỡng"),
    ("midwives", _STAFF, "Hộ sinh"),
    ("pharmacists", _STAFF, "Dược"),
    ("population_staff", _STAFF, "Dân số"),
    ("doctors_working", _STAFF, "Bác sĩ làm việc"),
    ("rooms", "Cơ sở", "Phòng"),
    ("clean_water", "Cơ sở", "Nước sạch"),
    ("wastewater", "Cơ sở", "Xử lý nước thải"),
    ("ncd_managed", "Hoạt động", "Quản lý bệnh KLN"),
    ("family_medicine", "Hoạt động", "Nguyên lý YHGĐ"),
    ("insurance_contract", "Hoạt động", "Hợp đồng BHYT"),
    ("villages", "Thôn bản", "Số thôn"),
    ("villages_with_worker", "Thôn bản", "Có nhân viên y tế"),
    ("distance_km", "Phân vùng", "Khoảng cách (km)"),
)


def paper_pdf(record: Record, *, name: str, station: str | None, on: date, today: date) -> tuple[bytes, int]:
    """A paper as PDF with its number of pages; the same record and day give the same bytes."""
    from desktop.reports.pdf import print_pdf

    held = BytesIO()
    pages = print_pdf(paper(record, name=name, station=station, on=on, today=today), held, made=today)
    return held.getvalue(), pages.total


def period_pdf(record: Record, *, name: str, unit: str | None, period: Period, today: date) -> tuple[bytes, int]:
    """The same as of the last day of a period, or today while it runs; `unit`: the station, or its commune.

    UsageError `station_needed`, `unit_not_meant`; AppError `unknown_unit`, `ambiguous_unit`.
    """
    on = min(period.last, today) if period.first <= today else period.last
    if name == SUMMARY and unit not in (None, office(record, on=on).code):
        raise UsageError(
            "unit_not_meant", say("This paper is of all communes of the office."), say("Leave --unit out.")
        )
    place = place_named(record, unit, on=on).uid if name == PROFILE and unit is not None else None
    return paper_pdf(record, name=name, station=place, on=on, today=today)


def paper(record: Record, *, name: str, station: str | None, on: date, today: date) -> Document:
    """A paper as a document; of a profile the place (uid) must be named."""
    from desktop.application.reports import paper_office

    own = paper_office(office(record, on=on, signed=today))
    if name == SUMMARY:
        from desktop.reports.station_papers import summary_document

        return summary_document(own, today.year, _summary(record, on))
    if station is None:
        raise UsageError(
            "station_needed",
            say("A profile is of one station; say which."),
            say("Name it by its code or name (“sotram stations list” lists them)."),
        )
    from desktop.reports.station_papers import profile_document

    return profile_document(own, today.year, _profile(record, sheet(record, uid=station, on=on)))


# ---- one station


def _profile(record: Record, held: Sheet) -> ProfilePaper:
    from desktop.reports.station_papers import ProfilePaper

    return ProfilePaper(
        held.place.name,
        day_text(held.day),
        tuple(_facts(record, held)),
        tuple((group.name_vi, tuple(_line(line) for line in lines)) for group, lines in held.groups),
    )


def _facts(record: Record, held: Sheet) -> list[str]:
    told = held.completeness
    found = []
    if held.place.commune is not None:
        home = held.place.commune
        zone = zones_of(record, on=held.day).get(home.uid)
        decided = decided_zones(record, on=held.day).get(home.uid)
        found.append(f"Địa bàn: {home.name}. {_zone_text(zone, decided)}")
    staff, unknown = held.staff
    if staff != NOT_REPORTED:
        more = f" ({unknown} chức danh chưa có thông tin)" if unknown else ""
        found.append(f"Nhân lực: {number_text(Decimal(staff.amount or 0) / SCALE)} người{more}.")
    old = f", {told.old} nội dung chưa xác nhận lại trong năm {held.day.year}" if told.old else ""
    found.append(f"Đã có thông tin {told.answered}/{told.asked} nội dung{old}.")
    wrong = [render(line.doubt.why, "vi").rstrip(".") for line in held.lines if line.doubt is not None]
    if wrong:
        found.append(f"Nội dung cần xem lại: {'; '.join(wrong)}.")
    return found


def _zone_text(zone: Zoned | None, decided: int | None) -> str:
    rule = ""
    if zone is not None:
        why = render(zone.why, "vi").rstrip(".")
        rule = f"theo quy tắc: {why}; nguồn: {zone.source}" if zone.zone else f"chưa xác định theo quy tắc: {why}"
    if decided is not None:
        return f"Vùng {decided} theo quyết định ({rule})." if rule else f"Vùng {decided} theo quyết định."
    if zone is not None and zone.zone is not None:
        return f"Vùng {zone.zone} {rule}."
    return f"Vùng: {rule}." if rule else ""


def _line(line: Line) -> ProfileLine:
    from desktop.reports.station_papers import ProfileLine

    fact, item = line.fact, line.item
    if line.idle:
        return ProfileLine(item.name_vi, item.unit, NOT_ASKED, "")
    since = "" if fact is None else day_text(fact.since) + (" *" if line.old else "")
    return ProfileLine(
        item.name_vi,
        item.unit,
        answer_text(item, fact.value if fact else None),
        since,
        (fact.note or "") if fact else "",
    )


def answer_text(item: Item, value: Value | None) -> str:
    """An answer as it is printed: 0, x, …, có, không, words."""
    if value is None or value.state is State.NOT_REPORTED:
        return UNKNOWN
    if value.state is State.NOT_APPLICABLE:
        return NOT_ASKED
    if value.amount is not None:
        plain = Decimal(value.amount) / SCALE
        return f"{plain:f}".partition(".")[0] if item.is_year else number_text(plain)
    if value.state in (State.YES, State.NO):
        return "có" if value.state is State.YES else "không"
    if item.asked is Asked.DATE and value.text:
        try:
            return day_text(date.fromisoformat(value.text))
        except ValueError:
            return value.text
    one = item.choice(value.text)
    return one.name_vi if one is not None else value.text or ""


def number_text(value: Decimal) -> str:
    """A number as it is printed: 1.234,5."""
    return grouped(value.normalize(), "vi")


def day_text(day: date) -> str:
    """A day as it is printed: 31/12/2025."""
    return f"{day:%d/%m/%Y}"


# ---- all communes


def _summary(record: Record, on: date) -> SummaryPaper:
    from desktop.reports.station_papers import SummaryHead, SummaryPaper

    communes, facts = communes_of(record, on=on), facts_of_communes(record, on=on)
    zones, decided = zones_of(record, on=on), decided_zones(record, on=on)
    kinds: dict[str, list[UnitKind]] = {one.uid: [] for one in communes}
    for place in stations(record, on=on):
        if place.commune is not None:
            kinds[place.commune.uid].append(place.kind)
    asked = [(next(iter(facts.values()))[code].item, group, name) for code, group, name in _COLUMNS] if facts else []
    heads: list[SummaryHead] = [SummaryHead("", "Trạm"), SummaryHead("", "Điểm trạm, phòng khám", least=13.0)]
    heads += [SummaryHead(group, name, item.is_number) for item, group, name in asked]
    heads.append(SummaryHead("Phân vùng", "Vùng", number=False))
    rows = []
    for one in communes:
        count = kinds[one.uid].count(UnitKind.STATION)
        zone = decided.get(one.uid) or zones[one.uid].zone
        cells = [answer_text(item, facts[one.uid][item.code].value) for item, *_ in asked]
        others = len(kinds[one.uid]) - count
        rows.append((one.name, str(count), str(others), *cells, str(zone) if zone else UNKNOWN))
    whole = [_whole(item, [facts[one.uid] for one in communes]) for item, *_ in asked]
    places = [kind for held in kinds.values() for kind in held]
    stationed = places.count(UnitKind.STATION)
    line = ("Cộng", number_text(Decimal(stationed)), number_text(Decimal(len(places) - stationed)))
    return SummaryPaper(
        day_text(on),
        tuple(heads),
        tuple(rows),
        (*line, *(text for text, _ in whole), ""),
        tuple(_notes(len(communes), [(name, lack) for (_, _, name), (_, lack) in zip(asked, whole, strict=True)])),
    )


def _whole(item: Item, facts: Sequence[Mapping[str, Told]]) -> tuple[str, int]:
    """The sum over communes, or how many say yes, and how many communes it lacks; nothing for distances."""
    if item.combine is Combine.STATION and item.asked is Asked.DECIMAL:
        return "", 0
    values = [told[item.code].value or NOT_REPORTED for told in facts]
    found = total(values)
    if found.value.amount is None:
        return UNKNOWN, found.expected - found.reported
    return number_text(Decimal(found.value.amount) / SCALE), found.expected - found.reported


def _notes(communes: int, lacking: Sequence[tuple[str, int]]) -> list[str]:
    missing = [(name, count) for name, count in lacking if count]
    if not missing:
        return [f"Tính trên {communes}/{communes} xã, phường, thị trấn. Cột có/không: dòng Cộng là số xã trả lời có."]
    parts = "; ".join(f"{name}: {communes - count}/{communes}" for name, count in missing)
    return [f"Dòng Cộng tính trên số xã đã có thông tin, {parts}. Cột có/không: dòng Cộng là số xã trả lời có."]
