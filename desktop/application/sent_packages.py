"""What went to a partner and what has not yet: for people who look, beside the packages themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db import history, release, travel
from db.release import FormKey
from db.tables import partners, submissions
from desktop.application import catalogue, keys
from desktop.application.packages import streams
from desktop.application.records import Record
from desktop.application.steps import FINISHED


@dataclass(frozen=True, slots=True)
class SentPackage:
    """A package of ours: its number, when it was made (ISO), rows, forms, file name, and what the receipt said."""

    sequence: int
    made: str
    rows: int
    forms: int
    file: str
    result: str | None


@dataclass(frozen=True, slots=True)
class Unreceived:
    """A form and period of which the partner lacks something: how many communes, and how many of them are finished."""

    form: str
    form_name: Mapping[str, str]
    period: str
    units: tuple[str, ...]
    finished: int


def sent_packages(record: Record, *, partner: str) -> list[SentPackage]:
    """The packages sent to a partner (office id or own code), newest first, with their receipts."""
    office = _office(record, partner)
    receipts = streams.of_office(record, office, direction="taken", kind="receipt")
    results = {receipt.answers: receipt.result for receipt in receipts}
    found = streams.of_office(record, office, direction="sent", kind="package")
    return [
        SentPackage(p.sequence, p.made, p.rows, p.forms, p.file, results.get(p.manifest_sha256))
        for p in reversed(found)
    ]


def unreceived(record: Record, *, partner: str) -> list[Unreceived]:
    """The forms a partner has not received as they stand now, drafts and our word on them included; units are uids."""
    office = _office(record, partner)
    with record.reading():
        rows = travel.outgoing(record, streams.base_of(record, office))
        forms = set(travel.forms_in(record, rows)) | release.forms_with_drafts(record) | _judged(record, rows)
        periods = {form.period for form in forms}
        states = {(s.unit, s.form, s.period): s.state.value for s in submissions.of(record, periods=periods)}
    known = catalogue.catalogue(record).forms
    by_form: dict[tuple[str, str], list[str]] = {}
    for form in forms:
        by_form.setdefault((form.period, form.form), []).append(form.unit)
    return [
        Unreceived(
            form,
            {"vi": known[form].name_vi, "en": known[form].name_en} if form in known else {"vi": form, "en": form},
            period,
            tuple(sorted(units)),
            sum(states.get((unit, form, period)) in FINISHED for unit in units),
        )
        for (period, form), units in sorted(by_form.items(), reverse=True)
    ]


def has_key(record: Record, *, partner: str) -> bool:
    """Whether a partner's key is known; without it packages go out open."""
    return any(partner in (one.office, one.code) for one in keys.known_partners(record))


def _office(record: Record, partner: str) -> str:
    """The uid of a partner; also of an office we wrote to before we had its key."""
    if not has_key(record, partner=partner):
        for one in partners.everyone(record):
            if partner in (one.office, one.code):
                return one.office
    return keys.find_partner(record, partner).office


def _judged(record: Record, rows: Iterable[travel.Row]) -> set[FormKey]:
    """Forms about which a word was said that has not arrived."""
    told = [row.names for row in rows if row.table == "judgement"]
    drafts = [draft.key for draft in release.drafts(record) if draft.table == "judgement"]
    told += [history.place(record, "judgement", key) for key in drafts]
    return {FormKey(names["unit"], names["form"], names["period"]) for names in told}
