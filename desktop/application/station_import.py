"""Profiles of stations from Excel: read, shown beside what holds, then written as one change; and the template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from db.tables import stations as tables
from desktop.application.changes import NOTHING, Changes, Subject, changed
from desktop.application.offices import office
from desktop.application.records import Record
from desktop.application.station_profiles import all_places, profile, standings
from desktop.application.station_writing import say_facts
from desktop.application.stations import Station
from desktop.domain.findings import Finding, Severity, has_errors
from desktop.domain.stations import villages
from desktop.domain.stations.doubts import doubts
from desktop.domain.stations.facts import Fact, Way, is_confirmed
from desktop.domain.stations.lists import LISTS
from desktop.domain.stations.profile import Item, Profile
from desktop.domain.units import UnitKind
from desktop.domain.values import Value
from desktop.errors import AppError
from desktop.exchange.station_sheets.reading import read_stations
from desktop.exchange.station_sheets.taking import Answer
from desktop.exchange.unit_names import KnownUnit
from desktop.wording import say


class Fate(StrEnum):
    """What becomes of an answer: new, another than what holds, said again for the year, the same, or left as typed."""

    NEW = "new"
    OTHER = "other"
    CONFIRMED = "confirmed"
    SAME = "same"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Arriving:
    """An answer of a file beside what holds on the day."""

    answer: Answer
    place: Station
    held: Fact | None
    fate: Fate


@dataclass(frozen=True, slots=True)
class StationPlan:
    """What a file would write on a day; `findings` say what was left out and why."""

    file: str
    day: date
    rows: tuple[Arriving, ...]
    findings: tuple[Finding, ...]

    def written(self, *, replace_typed: bool) -> list[Arriving]:
        """The answers that would be written."""
        fates = {Fate.NEW, Fate.OTHER, Fate.CONFIRMED} | ({Fate.KEPT} if replace_typed else set())
        return [one for one in self.rows if one.fate in fates]


def read_file(record: Record, *, name: str, data: bytes, on: date, station: str | None = None) -> StationPlan:
    """Read a workbook as answers from a day on; `station` (uid) is that of a sheet that names none. Writes nothing."""
    from desktop.exchange.workbook import read_workbook

    places = {one.uid: one for one in all_places(record, on=on)}
    if not places:
        raise AppError(
            "no_stations",
            say("No station stands on {day}.", day=on),
            say("Add the stations first: Administration, Stations."),
        )
    asked = profile(record)
    read = read_stations(read_workbook(data, name), asked, [_known(one) for one in places.values()], only=station)
    held = {place.uid: facts for place, facts in standings(record, list(places.values()), on=on)}
    findings, rows = list(read.findings), []
    for answer in read.answers:
        place = places[answer.place]
        if villages.is_village(answer.item.code):  # by whichever spelling the list has it
            answer = replace(answer, item=villages.known(held[place.uid], answer.item.name_vi))
            if villages.says_nothing_new(held[place.uid], answer.item, answer.value):
                continue
        refused = _refused(answer, place, asked.counted | villages.counted(held[place.uid]), name)
        fact = held[place.uid].get(answer.item.code)
        if refused is not None:
            if fact is None or fact.value != answer.value:  # our own template tells what is counted too
                findings.append(refused)
            continue
        rows.append(Arriving(answer, place, fact, _fate(answer.value, fact, on)))
    findings += _doubtful(asked, rows, held, on, name)
    findings += [_other_day(day, on, name) for day in read.days if day != on]
    return StationPlan(name, on, tuple(rows), tuple(findings))


def _known(one: Station) -> KnownUnit:
    """A place by its names; a commune's name means its station."""
    names = (one.commune.name,) if one.commune is not None and one.kind is UnitKind.STATION else ()
    return KnownUnit(one.uid, one.name, (*names, *((one.facility_code,) if one.facility_code else ())))


def _fate(value: Value, held: Fact | None, on: date) -> Fate:
    if held is None:
        return Fate.NEW
    if held.value == value:
        return Fate.SAME if is_confirmed(held, on) else Fate.CONFIRMED
    return Fate.KEPT if held.way is Way.TYPED and is_confirmed(held, on) else Fate.OTHER


def _refused(answer: Answer, place: Station, counted: frozenset[str], file: str) -> Finding | None:
    """Why an answer may not be said of its place."""
    if answer.item.code in counted:
        message = say("“{item}” is counted from the office's list.", item=answer.item.name_vi)
        advice = say("Answer the lines of the list instead.")
    elif place.kind not in answer.item.of:
        message = say("“{item}” is not asked of {place}.", item=answer.item.name_vi, place=place.name)
        advice = say("Say it of the commune's health station.")
    else:
        return None
    return Finding(
        "stations.not_asked",
        Severity.WARNING,
        message,
        advice,
        file=file,
        sheet=answer.sheet,
        row=answer.row,
        column=answer.column,
        unit=f"uid:{place.uid}",
        element=answer.item.code,
    )


def _doubtful(
    asked: Profile, rows: Sequence[Arriving], held: Mapping[str, Mapping[str, Fact]], on: date, file: str
) -> Iterator[Finding]:
    """Answers of the file that would not fit what then holds of their place."""
    by_place: dict[str, dict[str, Arriving]] = {}
    for row in rows:
        if row.fate is Fate.KEPT:
            continue
        by_place.setdefault(row.place.uid, {})[row.answer.item.code] = row
    for uid, arriving in by_place.items():
        told = {code: Fact(uid, code, on, row.answer.value, Way.IMPORT) for code, row in arriving.items()}
        before = {one.item.code for one in doubts(asked, held[uid], on)}
        for doubt in doubts(asked, {**held[uid], **told}, on):
            at = arriving.get(doubt.item.code) or arriving.get(doubt.whole.code if doubt.whole else "")
            if at is None or (doubt.item.code in before and doubt.item.code not in arriving):
                continue  # it did not fit before the file came
            yield Finding(
                "stations.doubt",
                Severity.WARNING,
                say("{place}: {why}", place=at.place.name, why=doubt.why),
                say("Correct the file, or the profile after it was taken in."),
                file=file,
                sheet=at.answer.sheet,
                row=at.answer.row,
                column=at.answer.column,
                unit=f"uid:{uid}",
                element=doubt.item.code,
            )


def _other_day(day: date, on: date, file: str) -> Finding:
    return Finding(
        "stations.other_day",
        Severity.WARNING,
        say("The file says it tells of {told}; it is taken as of {day}.", told=day, day=on),
        say("Choose that day before taking it in, if the file is right."),
        file=file,
    )


def apply_plan(record: Record, *, plan: StationPlan, replace_typed: bool = False, source: str = "import") -> Changes:
    """Write what a plan says, as one change; a second time nothing changes."""
    chosen = plan.written(replace_typed=replace_typed)
    said = [(one.place.uid, one.answer.item.code, one.answer.value) for one in chosen]
    if not said:
        return NOTHING
    what = say("Take the stations' profiles from {file}", file=plan.file)
    return say_facts(record, said=said, since=plan.day, what=what, source=source, way=Way.IMPORT)


# ---- the template


def template_bytes(record: Record | None, *, on: date, made: date, filled: bool = True) -> bytes:
    """The workbook to fill in, with what is known on a day; without a record one empty station."""
    from desktop.exchange.station_sheets.template import Column, template_xlsx

    if record is None:
        empty = Column("Trạm Y tế xã …", UnitKind.STATION, {})
        return template_xlsx(profile(None), [empty], office="", day=on, made=made)
    known = standings(record, all_places(record, on=on), on=on)
    columns = [
        Column(place.name, place.kind, {code: fact.value for code, fact in facts.items()} if filled else {})
        for place, facts in known
    ]
    return template_xlsx(profile(record), columns, office=office(record, on=on).name, day=on, made=made)


# ---- lists of equipment and drugs


@dataclass(frozen=True, slots=True)
class ListLoaded:
    """An office's list after it was read: its items, which are new, which go, and whether it was written."""

    items: tuple[Item, ...]
    added: int
    dropped: int
    findings: tuple[Finding, ...]
    changes: Changes


def load_list(record: Record, *, kind: str, name: str, data: bytes, dry_run: bool = False) -> ListLoaded:
    """Load the list of `equipment` or `drugs`; it takes the place of the one before, whose answers are kept."""
    from desktop.exchange.station_sheets.lists import read_list
    from desktop.exchange.workbook import read_workbook

    if kind not in LISTS:
        raise AppError(
            "unknown_list",
            say("“{name}” is no kind of list.", name=kind),
            say("There are: {names}.", names=", ".join(LISTS)),
        )
    items, findings = read_list(read_workbook(data, name), kind)
    before = {one.code for one in profile(record).listed.get(kind, ())}
    now = {one.code for one in items}
    gone, rows = before - now, 0
    if items and not has_errors(findings) and not dry_run:
        with record.change(say("Load the list {file}", file=name), source="import") as change:
            tables.put_items(record, items, dropped=sorted(gone))
        rows = change.rows
    return ListLoaded(
        tuple(items), len(now - before), len(gone), tuple(findings), changed(rows, Subject.STATIONS, Subject.CATALOGUE)
    )


def drop_list(record: Record, *, kind: str) -> Changes:
    """Do without a list; its answers are kept, and the counts are typed again."""
    codes = [one.code for one in profile(record).listed.get(kind, ())]
    with record.change(say("Take away a list of stations"), source="import") as change:
        tables.put_items(record, (), dropped=codes)
    return changed(change.rows, Subject.STATIONS, Subject.CATALOGUE)
