"""Sending: release, gather what the partner has not acknowledged, seal, note the number, write, read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from uuid import uuid4

from db import check, redact, release, travel
from db.release import FormKey
from db.store import Change
from db.tables import packages, partners, submissions
from db.tables.packages import Package
from db.tables.partners import Partner
from desktop.application import keys
from desktop.application.offices import OfficeView, office
from desktop.application.packages import applying, attached, definitions, streams, wire
from desktop.application.packages.beside import Beside, journal_key
from desktop.application.packages.incoming import forms_by_element
from desktop.application.packages.levels import Level
from desktop.application.packages.wire import Names, Place
from desktop.application.records import Record
from desktop.application.steps import FINISHED
from desktop.domain.versions import Version, above
from desktop.errors import AppError
from desktop.exchange.package import names, stick
from desktop.exchange.package.container import Written, write_package
from desktop.exchange.package.cover import cover_lines
from desktop.exchange.package.keys import PrivateKeys
from desktop.exchange.package.manifest import Detail, Erasure, FormEntry, From, Kind, Manifest, Stream, To
from desktop.exchange.package.receipt import Head
from desktop.exchange.package.row import Row
from desktop.system.i18n import render
from desktop.system.version import VERSION
from desktop.wording import say

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """A package on disk: its number, the manifest before it, how many forms and rows, the file's hash.

    `sealed` is false where the receiver's key was not known: anybody who holds the file can read it.
    """

    file: Path
    sequence: int
    previous: str | None
    forms: int
    rows: int
    sha256: str
    manifest_sha256: str
    sealed: bool = True


def export_package(
    record: Record,
    *,
    partner: str,
    folder: Path,
    today: date,
    only_complete: bool = False,
    detail: str = "totals",
    reason: str | None = None,
    unsealed: bool = False,
    whole: bool = False,
    step: Step | None = None,
) -> Exported:
    """Write a package for a partner: everything it has not acknowledged, drafts released first.

    `detail` totals is the record without children; unnamed and full are lists of children, in scopes of their own,
    and need a reason, which is kept with who got which child. With `only_complete` forms in entry are not released
    now; what was released of them before still goes. `unsealed` allows an open package of totals for an office (by its
    code) whose key is not known yet; ask the person before. `whole` sends everything again, whatever was acknowledged:
    for an office that begins anew or works on two computers.
    AppError `nothing_to_send` where the partner has everything; then no file is made.
    """
    _allowed(detail, reason)
    own = office(record, on=today)
    known = _known(record, partner, today, unsealed=unsealed)
    _step(step, 0)
    applying.place_waiting(record, on=today)
    level = Level.of(detail, reason)
    with record.change(level.what(known.name if known else partner), source="package") as change:
        to = known or _by_code(record, partner)
        if level.is_of_children:
            level.release(record, change)
        else:
            _release(record, change, only_complete=only_complete)
        _step(step, 1)
        base = {} if whole else streams.base_of(record, to.office, level.scope)
        written, sent = _package(record, own, to, base, level)
        number = note(record, written, to, rows=written.rows)
        level.disclose(record, number, to, sent)
    _step(step, 2)
    name = names.package_name(written.manifest, sealed=written.is_sealed)
    file = stick.write_safely(folder, name, written.data)
    _step(step, 3)
    about = written.manifest
    return Exported(
        file,
        about.stream.sequence,
        about.stream.previous,
        len(about.forms),
        written.rows,
        written.sha256,
        written.manifest_sha256,
        written.is_sealed,
    )


def _step(step: Step | None, done: int) -> None:
    if step:
        step(done, 3)


def _allowed(detail: str, reason: str | None) -> None:
    if detail not in list(Detail):
        raise AppError(
            "unknown_detail", say("The level of detail is totals, unnamed or full."), say("Say one of these three.")
        )
    if detail != Detail.TOTALS and not (reason or "").strip():
        raise AppError(
            "reason_needed", say("Data of persons leave only with a reason."), say("Say in a few words why.")
        )


def _known(record: Record, name: str, today: date, *, unsealed: bool) -> Partner | None:
    """The partner with its key; None where it has none and an open package is wanted."""
    try:
        to = keys.find_partner(record, name)
    except AppError as error:
        if unsealed and error.code == "unknown_partner":
            return None
        raise
    if to.revoked_from is not None and to.revoked_from <= today.isoformat():
        raise AppError(
            "revoked_partner",
            say("The key of {name} has been revoked.", name=to.name),
            say("Ask that office for its new key file, and take it in."),
        )
    return to


def _by_code(record: Record, code: str) -> Partner:
    """An office we write to before we have its key: its stream is counted under its code, inside the change."""
    for partner in partners.everyone(record):
        if not partner.key_file and partner.code == code:
            return partner
    made = Partner(f"code:{code}", "parent", code, code, "", "", "", "", 0)
    partners.put(record, made)
    return _by_code(record, code)


def _release(record: Record, change: Change, *, only_complete: bool) -> None:
    forms = None
    if only_complete:
        forms = [form for form in release.forms_with_drafts(record) if _is_finished(record, form)]
    release.release(record, change, forms=forms)


def _is_finished(record: Record, form: FormKey) -> bool:
    begun = submissions.one(record, unit=form.unit, form=form.form, period=form.period)
    return begun is not None and begun.state in FINISHED


def _package(
    record: Record, own: OfficeView, to: Partner, base: Mapping[str, int], level: Level
) -> tuple[Written, Sequence[travel.Row]]:
    known = Names.of(record)
    beside = Beside.of(record, known)
    places = [place for place in _places_beside(beside, base) if place[0] in level.tables]
    standing = travel.outgoing(record, base, also=_keys(record, places, beside, known), tables=level.tables)
    answered = streams.acknowledged_head(record, to.office, level.scope)
    if not standing and not places and not redact.newer(record, answered):
        raise AppError(
            "nothing_to_send",
            say("{name} has received everything.", name=to.name),
            say("There is nothing to send; no file was made."),
        )
    forms = tuple(_forms(record, standing))
    extra = definitions.with_use(record, standing, _newest(record))
    head = check.head(record)
    about = header(
        record,
        own,
        to,
        Kind.PACKAGE,
        base,
        head=Head(head.sequence, head.chain),
        forms=forms,
        elements=len(extra.get("element", ())),
        erasures=tuple(Erasure(one.table, one.uid, one.at, one.basis) for one in redact.outgoing(record)),
        scope=level.scope,
        detail=level.detail,
        reason=level.reason,
    )
    tables = _tables(standing, beside, places, known) | extra
    written = sealed(about, tables, to, keys.identity(record).private, files=attached.outgoing(record, standing))
    return written, standing


def _places_beside(beside: Beside, base: Mapping[str, int]) -> list[Place]:
    """Where something lies beside a row that the receiver has not acknowledged: all of such a place goes."""
    every = dict.fromkeys((*beside.desk, *beside.waiting))
    return [place for place in every if any(above(version, base) for version in beside.rows(place))]


def _keys(record: Record, places: Iterable[Place], beside: Beside, known: Names) -> Iterator[tuple[str, str]]:
    for place in places:
        row = next(iter(beside.rows(place).values()))
        key = journal_key(record, place[0], row, known)
        if key is not None:
            yield place[0], key


def _tables(
    standing: Sequence[travel.Row], beside: Beside, places: Sequence[Place], known: Names
) -> dict[str, Iterable[Row]]:
    """Rows by table, written as they are read; whatever lives in one place stands together."""
    left = dict.fromkeys(places)
    by_table: dict[str, list[travel.Row]] = {}
    for row in standing:
        by_table.setdefault(row.table, []).append(row)
        left.pop(wire.place_of(row), None)
    alone: dict[str, list[Row]] = {}
    for place in left:
        alone.setdefault(place[0], []).extend(beside.rows(place).values())
    return {table: _rows(by_table.get(table, ()), alone.get(table, ()), beside, known) for table in (*by_table, *alone)}


def _rows(standing: Iterable[travel.Row], alone: Iterable[Row], beside: Beside, known: Names) -> Iterator[Row]:
    lonely = not beside.desk and not beside.waiting
    for row in standing:
        if lonely:
            yield wire.outgoing(row, known)
            continue
        place = wire.place_of(row)
        others = beside.rows(place)
        if beside.gave_way(place, row.version):
            others.pop(row.version, None)  # whoever wrote what waits here had seen it
        else:
            others[row.version] = wire.outgoing(row, known)
        yield from others.values()
    yield from alone


def _newest(record: Record) -> Version:
    return Version(record.node, max(1, packages.seen(record, streams.SCOPE).get(record.node, 1)))


def _forms(record: Record, rows: Sequence[travel.Row]) -> Iterator[FormEntry]:
    """The forms that go, each in the state in which it was last released."""
    whole = _forms_of(record, rows)
    asked = [form for form, held in whole.items() if held is None]
    digests = dict(zip(asked, wire.digests(record, asked), strict=True))
    known = travel.Names(record)
    for form, held in sorted(whole.items(), key=lambda item: item[0]):
        key, _ = known.key("submission", form._asdict())
        told = travel.content(record, "submission", key) if key else None
        state = told["state"] if told else "in_entry"
        yield FormEntry(form.unit, form.form, form.period, state, digests[form] if held is None else wire.digest(held))


def _forms_of(record: Record, rows: Sequence[travel.Row]) -> dict[FormKey, list[travel.Row] | None]:
    """The forms that rows belong to, with their figures where all of them are surely among the rows.

    What goes of a value is its whole form; where a unit's figures belong to several forms, not each of them is whole.
    """
    by_element = forms_by_element(record)
    values = [row for row in rows if row.table == "value"]
    told = {name: {row.names[name] for row in values} for name in ("period", "unit")}
    known = submissions.of(record, periods=told["period"], units=told["unit"])
    begun = {FormKey(form.unit, form.form, form.period) for form in known}
    found: dict[FormKey, list[travel.Row] | None] = {
        FormKey(row.names["unit"], row.names["form"], row.names["period"]): None
        for row in rows
        if row.table == "submission"
    }
    for _, group in groupby(values, key=lambda row: (row.names["unit"], row.names["period"])):
        figures = list(group)
        forms: set[FormKey] = set()
        outside: set[str] = set()
        for element, told in {row.names["element"]: row.names for row in figures}.items():
            own = by_element("value", told)
            forms.update([form for form in own if form in begun] or own)
            outside.update(() if own else (element,))
        whole = [row for row in figures if row.names["element"] not in outside]
        found |= dict.fromkeys(forms, whole if len(forms) == 1 else None)
    return found


def header(
    record: Record,
    own: OfficeView,
    to: Partner,
    kind: Kind,
    base: Mapping[str, int],
    *,
    head: Head | None = None,
    forms: tuple[FormEntry, ...] = (),
    elements: int = 0,
    erasures: tuple[Erasure, ...] = (),
    scope: str = streams.SCOPE,
    detail: str = Detail.TOTALS,
    reason: str | None = None,
) -> Manifest:
    """A manifest of ours to a partner with the next number of its stream; inside the change that notes it."""
    sequence, previous = streams.next_number(record, to.office, receipt=kind is Kind.RECEIPT, scope=scope)
    signing = keys.identity(record).private.public.id
    known = bool(to.key_file)
    return Manifest(
        kind=kind,
        id=str(uuid4()),
        made=record.stamp(),
        program=VERSION,
        sender=From(own.uid, own.code or own.uid[:8], own.name, signing, record.node),
        to=To(to.office if known else None, to.code or to.office[:8], to.seal_key if known else None),
        stream=Stream(record.node, sequence, previous),
        scope=scope,
        base=dict(base),
        seen=packages.seen(record, scope),
        detail=detail,
        reason=reason,
        nodes=streams.nodes(record, own.uid),
        head=head,
        register=streams.register_told(),
        catalogue={"version": VERSION, "own_elements": elements},
        forms=forms,
        erasures=erasures,
    )


def sealed(
    about: Manifest,
    tables: Mapping[str, Iterable[Row]],
    to: Partner,
    signer: PrivateKeys,
    *,
    files: Mapping[str, bytes] | None = None,
) -> Written:
    """Signed by our key and sealed for the partner's, its second one too; open and without files where it has none."""
    recipients = [key for key in (to.seal_key, to.escrow) if key]
    kept = files if recipients else None
    return write_package(about, tables, signer=signer, recipients=recipients, cover=cover, files=kept)


def cover(about: Manifest) -> str:
    """The text of DOC_TOI.txt: always Vietnamese, whatever language the window speaks."""
    return "\n".join(render(line, "vi") for line in cover_lines(about)) + "\n"


def note(
    record: Record,
    written: Written,
    partner: Partner,
    *,
    rows: int,
    answers: str | None = None,
    result: str | None = None,
    code: str | None = None,
) -> int:
    """Note what is about to leave, inside a change: a number that was used is never used again, whatever fails now."""
    about = written.manifest
    told = {"sequence": about.head.sequence, "chain": about.head.chain} if about.head else None
    return packages.put(
        record,
        Package(
            direction="sent",
            kind=about.kind.value,
            partner=partner.id or 0,
            node=about.stream.node,
            scope=about.scope,
            sequence=about.stream.sequence,
            manifest_sha256=written.manifest_sha256,
            made=about.made,
            base=about.base,
            seen=about.seen,
            rows=rows,
            forms=len(about.forms),
            file=names.package_name(about, sealed=written.is_sealed),
            result=result,
            answers=answers,
            code=code,
            head=told,
        ),
    )
