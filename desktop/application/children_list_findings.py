"""What a person should look at in a weighing list: figures that cannot be, ages that disagree, children alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from db.tables import children as people
from desktop.application.children_import import ChildRow, Who
from desktop.application.growth import scores
from desktop.application.records import Record
from desktop.domain.children import Child, Measurement
from desktop.domain.children_growth import Visit, check_visits, scored
from desktop.domain.children_matching import SURE, given_name, pairs
from desktop.domain.findings import Finding, Severity
from desktop.domain.growth import scores as growth
from desktop.domain.growth.ages import completed_months
from desktop.domain.text import fold
from desktop.wording import say

_AGE_APART = 1  # months: some count the month that has begun


def findings_on(
    rows: Sequence[ChildRow],
    histories: Mapping[str, Mapping[date, Measurement]],
    children: Mapping[int, Child | None],
) -> Iterator[Finding]:
    """What the growth rules say of each visit in the light of the record and of the child's other rows, and its age."""
    asked: list[tuple[ChildRow, Child, Visit]] = []
    visits: dict[int, dict[date, Visit]] = {}
    for row in rows:
        if row.who not in (Who.KNOWN, Who.NEW):
            continue
        child = children.get(row.person) or _as_child(row)
        held = histories.get(child.uid, {}) if row.child else {}
        told = visits.setdefault(row.person, {day: _visit(one) for day, one in held.items() if not one.absent})
        now = _visit(row.measurement) if row.measurement else told.get(row.placed.day, Visit(row.placed.day))
        told[now.day] = now
        asked.append((row, row.filled or child, now))
    measured = [scored(child, now) for _, child, now in asked]
    known = dict(zip(measured, scores(measured), strict=True)) if measured else {}

    def score(one: growth.Measurement) -> growth.Scores:
        if one not in known:
            known[one] = scores([one])[0]
        return known[one]

    for row, child, now in asked:
        for found in check_visits(child, visits[row.person].values(), day=now.day, score=score):
            yield _placed(found, row)
        yield from _age(row, child)


def _as_child(row: ChildRow) -> Child:
    entry = row.entry
    if entry is None:
        return Child("", row.placed.commune.uid, row.placed.row.name)
    return Child("", entry.unit, entry.name, entry.sex, entry.birth_date)


def _visit(one: Measurement) -> Visit:
    return Visit(one.day, one.weight, one.lenhei, one.position, one.oedema, one.muac)


def _placed(found: Finding, row: ChildRow) -> Finding:
    return replace(
        found,
        file=row.file,
        sheet=row.sheet,
        row=row.placed.row.row,
        column=row.placed.row.columns.get(found.element or ""),
        unit=row.placed.commune.code,
        mend=(),
    )


def _age(row: ChildRow, child: Child) -> Iterator[Finding]:
    """The age the list says beside the one that its dates say."""
    months, born, day = row.placed.row.months, child.birth_date, row.placed.day
    if months is None or born is None or born > day:
        return
    counted = completed_months(born, day)
    if abs(counted - months) <= _AGE_APART:
        return
    message = say("The list says {said} months, the dates say {counted}.", said=months, counted=counted)
    turned = _turned(born)
    if turned and turned <= day and abs(completed_months(turned, day) - months) <= _AGE_APART:
        message = say(
            "The list says {said} months, the dates say {counted}: day and month of birth may be exchanged.",
            said=months,
            counted=counted,
        )
    found = Finding("import.list_age", Severity.WARNING, message, say("Compare the birth date with the paper list."))
    yield _placed(replace(found, element="birth_date"), row)


def _turned(day: date) -> date | None:
    try:
        return date(day.year, day.day, day.month) if day.day != day.month else None
    except ValueError:
        return None


def near_twins(rows: Iterable[ChildRow]) -> Iterator[Finding]:
    """Rows of one commune that may be one child though they are not written alike."""
    first = {row.person: row for row in rows if row.who is Who.NEW and row.entry is not None}
    by_unit: dict[str, list[Child]] = {}
    for number, row in first.items():
        child = _as_child(row)
        entry = row.entry
        told = replace(child, uid=str(number), mother=entry.mother if entry else "")
        by_unit.setdefault(child.unit, []).append(told)
    for group in by_unit.values():
        for pair in pairs(group, least=SURE):
            if pair.one.uid == pair.other.uid or given_name(pair.one.name) != given_name(pair.other.name):
                continue
            one, other = sorted((first[int(pair.one.uid)], first[int(pair.other.uid)]), key=lambda row: row.place)
            where = str(one.placed.row.row)
            message = say("The row may be the same child as row {row}; both were read.", row=where)
            if one.sheet != other.sheet:
                message = say(
                    "The row may be the same child as row {row} of the sheet “{sheet}”; both were read.",
                    row=where,
                    sheet=one.sheet,
                )
            advice = say("If they are one child, merge the two entries under Children.")
            found = Finding("import.list_alike", Severity.WARNING, message, advice, element="name")
            yield _placed(found, other)


def elsewhere(record: Record, rows: Sequence[ChildRow]) -> Iterator[Finding]:
    """New children of whom another commune, of the lists or of the record, has one of that name, birth and mother."""
    new = {row.person: row for row in rows if row.who is Who.NEW and row.entry is not None}
    first = list(new.values())
    entries = [replace(_as_child(row), mother=row.entry.mother if row.entry else "") for row in first]
    seen: dict[tuple[str, date, str], ChildRow] = {}
    advice = say("If the child moved, say so on its page, or merge the two entries under Children.")
    held = people.alike(record, entries)
    for place, (row, entry) in enumerate(zip(first, entries, strict=True)):
        if entry.birth_date is None or not entry.mother:
            continue
        other = seen.setdefault((entry.folded, entry.birth_date, fold(entry.mother)), row)
        if other is not row and other.placed.commune.uid != row.placed.commune.uid:
            told = say(
                "The list of {name} (row {row}) has a child of this name, birth date and mother too; both were read.",
                name=other.placed.commune.name,
                row=str(other.placed.row.row),
            )
        elif any(child.unit != entry.unit for child in held.get(place, ())):
            told = say("Another commune of the record has a child of this name, birth date and mother; both are kept.")
        else:
            continue
        yield _placed(Finding("import.list_elsewhere", Severity.WARNING, told, advice, element="name"), row)
