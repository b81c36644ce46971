"""Sending: release, gather what the partner has not acknowledged, seal, write, read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from db import check, release, travel
from db.release import FormKey
from db.tables import packages, submissions
from db.tables.packages import Package
from db.tables.partners import Partner
from desktop.application import keys
from desktop.application.offices import OfficeView, office
from desktop.application.packages import definitions, streams, wire
from desktop.application.records import Record
from desktop.domain.versions import Version
from desktop.errors import AppError
from desktop.exchange.package import names, stick
from desktop.exchange.package.container import Written, write_package
from desktop.exchange.package.cover import cover_lines
from desktop.exchange.package.manifest import Detail, FormEntry, From, Kind, Manifest, Stream, To
from desktop.exchange.package.receipt import Head
from desktop.exchange.register_file import VERSION as REGISTER_VERSION
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.exchange.package.row import Row

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """A package on disk: its number, the manifest before it, how many forms and rows, the file's hash."""

    file: Path
    sequence: int
    previous: str | None
    forms: int
    rows: int
    sha256: str
    manifest_sha256: str


def export_package(
    record: Record,
    *,
    partner: str,
    folder: Path,
    today: date,
    only_complete: bool = False,
    detail: str = "totals",
    reason: str | None = None,
    step: Step | None = None,
) -> Exported:
    """Write a package for a partner: everything it has not acknowledged, drafts released first.

    With `only_complete` forms in entry are not released now; what was released of them before still goes.
    AppError `nothing_to_send` where the partner has everything; then no file is made.
    """
    _allowed(detail, reason)
    to = keys.find_partner(record, partner)
    if to.revoked_from is not None and to.revoked_from <= today.isoformat():
        raise AppError("revoked_partner", say("The key of {name} has been revoked.", name=to.name))
    own = office(record, on=today)
    _step(step, 0)
    _release(record, to, only_complete=only_complete)
    base = streams.base_of(record, to.office)
    rows = travel.outgoing(record, base)
    if not rows:
        raise AppError(
            "nothing_to_send",
            say("{name} has received everything.", name=to.name),
            say("There is nothing to send; no file was made."),
        )
    _step(step, 1)
    about = _manifest(record, own, to, rows, base, Kind.PACKAGE)
    written = _written(record, about, _tables(record, rows), to)
    _step(step, 2)
    note(record, written, to, direction="sent", rows=written.rows)
    file = stick.write_safely(folder, names.package_name(written.manifest), written.data)
    _step(step, 3)
    stream = written.manifest.stream
    forms = len(written.manifest.forms)
    return Exported(
        file, stream.sequence, stream.previous, forms, written.rows, written.sha256, written.manifest_sha256
    )


def _step(step: Step | None, done: int) -> None:
    if step:
        step(done, 3)


def _allowed(detail: str, reason: str | None) -> None:
    if detail not in list(Detail):
        raise AppError("unknown_detail", say("The level of detail is totals, unnamed or full."))
    if detail != Detail.TOTALS and not (reason or "").strip():
        raise AppError("reason_needed", say("Data of persons leave only with a reason."))
    if detail != Detail.TOTALS:
        raise AppError("not_built", say("Lists of children come in a later version."))


def _release(record: Record, to: Partner, *, only_complete: bool) -> None:
    forms = None
    if only_complete:
        drafts = release.forms_with_drafts(record)
        forms = [form for form in drafts if _is_finished(record, form)]
    with record.change(say("Release figures for {name}", name=to.name), source="package") as change:
        release.release(record, change, forms=forms)


def _is_finished(record: Record, form: FormKey) -> bool:
    begun = submissions.one(record, unit=form.unit, form=form.form, period=form.period)
    return begun is not None and begun.state in (
        submissions.Life.COMPLETE,
        submissions.Life.CHECKED,
        submissions.Life.LOCKED,
    )


def _tables(record: Record, rows: Sequence[travel.Row]) -> dict[str, list[Row]]:
    named = wire.Names.of(record)
    tables: dict[str, list[Row]] = {}
    for row in rows:
        tables.setdefault(row.table, []).append(wire.outgoing(row, named))
    for conflict in packages.conflicts(record):
        table, other = wire.unpacked(conflict.other)
        tables.setdefault(table, []).append(other)
    newest = Version(record.node, max(1, packages.seen(record, streams.SCOPE).get(record.node, 1)))
    for table, own in definitions.with_use(record, rows, newest).items():
        tables.setdefault(table, []).extend(own)
    return {table: sorted(found, key=_place) if table != "value" else found for table, found in tables.items()}


def _place(row: Row) -> str:
    return str(sorted((name, str(value)) for name, value in row.fields.items() if name != "definition"))


def _manifest(
    record: Record, own: OfficeView, to: Partner, rows: Sequence[travel.Row], base: Mapping[str, int], kind: Kind
) -> Manifest:
    forms = tuple(_form(record, form) for form in travel.forms_in(record, rows))
    head = check.head(record)
    own_elements = len({row.names["element"] for row in rows if "element" in row.names})
    return header(record, own, to, kind, base, Head(head.sequence, head.chain), forms, own_elements)


def header(
    record: Record,
    own: OfficeView,
    to: Partner,
    kind: Kind,
    base: Mapping[str, int],
    head: Head | None = None,
    forms: tuple[FormEntry, ...] = (),
    elements: int = 0,
) -> Manifest:
    """A manifest of ours to a partner with the next number of its stream."""
    sequence, previous = streams.next_number(record, to.office, receipt=kind is Kind.RECEIPT)
    identity = keys.identity(record)
    return Manifest(
        kind=kind,
        id=str(uuid4()),
        made=record.stamp(),
        program=streams.PROGRAM,
        sender=From(own.uid, own.code or own.uid[:8], own.name, identity.private.public.id, record.node),
        to=To(to.office, to.code or to.office[:8], to.seal_key),
        stream=Stream(record.node, sequence, previous),
        scope=streams.SCOPE,
        base=dict(base),
        seen=packages.seen(record, streams.SCOPE),
        nodes=streams.nodes(record, own.uid),
        head=head,
        register={"version": REGISTER_VERSION},
        catalogue={"elements": elements},
        forms=forms,
    )


def _form(record: Record, form: FormKey) -> FormEntry:
    begun = submissions.one(record, unit=form.unit, form=form.form, period=form.period)
    state = begun.state.value if begun else "in_entry"
    return FormEntry(form.unit, form.form, form.period, state, wire.digest(record, form))


def _written(record: Record, about: Manifest, tables: Mapping[str, list[Row]], to: Partner) -> Written:
    recipients = [to.seal_key] if to.escrow is None else [to.seal_key, to.escrow]
    signer = keys.identity(record).private
    return write_package(about, tables, signer=signer, recipients=recipients, cover=cover)


def seal_receipt(record: Record, about: Manifest, to: Partner) -> Written:
    """A receipt's manifest as a sealed container."""
    return _written(record, about, {}, to)


def cover(about: Manifest) -> str:
    """The text of DOC_TOI.txt: always Vietnamese, whatever language the window speaks."""
    return "\n".join(render(line, "vi") for line in cover_lines(about)) + "\n"


def note(
    record: Record,
    written: Written,
    partner: Partner,
    *,
    direction: str,
    rows: int,
    answers: str | None = None,
    result: str | None = None,
    code: str | None = None,
) -> None:
    """Note what is about to leave: a number that was used is never used again, even if the stick fails now."""
    about = written.manifest
    told = {"sequence": about.head.sequence, "chain": about.head.chain} if about.head else None
    with record.change(say("Write package {number}", number=about.stream.sequence), source="package"):
        packages.put(
            record,
            Package(
                direction=direction,
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
                file=names.package_name(about),
                result=result,
                answers=answers,
                code=code,
                head=told,
            ),
        )
