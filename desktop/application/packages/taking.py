"""Taking in: open, judge row by row in one transaction, keep what conflicts or waits, answer with a receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from db import backup, redact, release
from db.release import FormKey
from db.store import Change
from db.tables import packages, partners
from db.tables.packages import Package
from db.tables.partners import Partner
from desktop.application import judging
from desktop.application.offices import OfficeView, office
from desktop.application.packages import attached, definitions, receipts, said, streams, wire
from desktop.application.packages.applying import Applying
from desktop.application.packages.beside import Sender
from desktop.application.packages.incoming import ROWS, ConflictRow
from desktop.application.packages.wire import Names
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.versions import merged
from desktop.errors import AppError
from desktop.exchange.package.container import Opened, Written, open_package, read_file
from desktop.exchange.package.manifest import SCOPES, Kind, Manifest
from desktop.exchange.package.receipt import FormReceipt, Receipt, Result
from desktop.exchange.package.refused import Code, Refused
from desktop.exchange.package.row import Row
from desktop.wording import say


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a package says of itself and whether it would be taken."""

    manifest: Manifest | None
    signature: str
    acceptable: bool
    code: str | None
    findings: tuple[Finding, ...]
    refusal: AppError | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: rows taken, waiting, in conflict, numbers missing, and the receipt that was written.

    `refusal` says why nothing was taken; `acknowledged` is what the partner has seen, after a receipt.
    """

    kind: str
    result: str
    code: str | None
    taken: int
    waiting: int
    conflicts: tuple[ConflictRow, ...]
    missing: tuple[int, ...]
    acknowledged: Mapping[str, int]
    receipt: Path | None
    changed: bool
    findings: tuple[Finding, ...] = ()
    refusal: AppError | None = None


def inspect(record: Record, *, file: Path, today: date) -> Inspected:
    """Open a file as far as it goes and say whether it would be taken; nothing changes."""
    own = office(record, on=today)
    try:
        opened = open_package(read_file(file), streams.trust(record, own, today))
    except Refused as refused:
        return Inspected(refused.manifest, refused.signature, False, refused.code, (), refused)
    return Inspected(opened.manifest, "ok", True, None, opened.findings)


def take_package(
    record: Record, *, file: Path, today: date, receipt_folder: Path | None = None, dry_run: bool = False
) -> Taken:
    """Take in a package or a receipt; a package is answered with a receipt beside it, a refusal too where we may.

    Everything of a package is one change: all of it, or nothing.
    """
    own = office(record, on=today)
    folder = receipt_folder or file.parent
    try:
        opened = open_package(read_file(file), streams.trust(record, own, today))
    except Refused as refused:
        return _refused(record, own, refused, folder, today, dry_run=dry_run)
    kind = opened.manifest.kind
    if kind is Kind.CONFIG:
        raise AppError(
            "not_built", say("Configuration packages come in a later version."), say("Keep the file until then.")
        )
    partner = _partner(record, opened)
    if kind is Kind.RECEIPT:
        return _take_receipt(record, opened, partner, file, dry_run=dry_run)
    return _take_rows(record, own, opened, partner, file, folder, today, dry_run=dry_run)


def _partner(record: Record, opened: Opened) -> Partner:
    by_key = {partner.sign_key: partner for partner in partners.everyone(record)}
    return by_key[opened.sender.key.text]


def _refused(record: Record, own: OfficeView, refused: Refused, folder: Path, today: date, *, dry_run: bool) -> Taken:
    about, written = refused.manifest, None
    known = refused.signature == "ok" and about is not None and about.kind is not Kind.RECEIPT
    if known and about is not None and refused.manifest_sha256 and not dry_run:
        to = streams.answerable(record, about.sender.office, today)
        if to is not None:
            written = _answer_to_refused(record, own, refused, about, to, folder)
    kind = about.kind.value if about else "package"
    return Taken(kind, Result.REFUSED, refused.code, 0, 0, (), (), {}, written, False, (), refused)


def _answer_to_refused(
    record: Record, own: OfficeView, refused: Refused, about: Manifest, to: Partner, folder: Path
) -> Path:
    """The receipt of a refusal; of a package taken before the same receipt again."""
    told = refused.manifest_sha256 or ""
    if refused.code == Code.ALREADY_TAKEN:
        again = receipts.again(record, told, to, folder)
        if again is not None:
            return again
    scope = about.scope if about.scope in SCOPES.values() else streams.SCOPE
    streams.settle(record)
    with record.change(say("Refuse package {number}", number=about.stream.sequence), source="package"):
        answer = Receipt(told, Result.REFUSED, refused.code, packages.seen(record, scope), head=about.head)
        written = receipts.prepare(record, own, to, answer, scope)
    return receipts.write(written, folder)


def _take_receipt(record: Record, opened: Opened, partner: Partner, file: Path, *, dry_run: bool) -> Taken:
    answer = opened.manifest.receipt
    if answer is None:
        raise Refused(Code.BAD_CONTENT)
    seen = answer.seen
    if not dry_run:
        with record.change(say("Take in the receipt of {name}", name=partner.name), source="package"):
            _note(record, opened, partner, file, rows=0, answer=answer)
            streams.keep_nodes(record, opened.manifest.nodes)
        known = streams.acknowledged(record, partner.office, opened.manifest.scope)
        seen = known.seen if known else seen
    sent = {package.manifest_sha256 for package in packages.of(record, direction="sent")}
    told = tuple(
        ConflictRow(str(one.get("unit") or ""), str(one.get("period") or ""), str(one.get("element") or ""), {}, one)
        for one in answer.conflicts
    )
    return Taken(
        "receipt",
        answer.result,
        answer.code,
        0,
        len(answer.waiting),
        told,
        (),
        dict(seen),
        None,
        not dry_run,
        (*opened.findings, *(said.answers_unknown() if answer.manifest not in sent else ())),
    )


def _note(
    record: Record, opened: Opened, partner: Partner, file: Path, *, rows: int, answer: Receipt | None = None
) -> int:
    about = opened.manifest
    _still_new(record, opened)
    told = answer.head if answer else about.head
    return packages.put(
        record,
        Package(
            direction="taken",
            kind=about.kind.value,
            partner=partner.id or 0,
            node=about.stream.node,
            scope=about.scope,
            sequence=about.stream.sequence,
            manifest_sha256=opened.manifest_sha256,
            made=about.made,
            base=about.base,
            seen=answer.seen if answer else about.seen,
            rows=rows,
            forms=len(about.forms),
            file=file.name,
            result=answer.result.value if answer else None,
            answers=answer.manifest if answer else None,
            code=answer.code if answer else None,
            head={"sequence": told.sequence, "chain": told.chain} if told else None,
        ),
    )


def _still_new(record: Record, opened: Opened) -> None:
    """Another window may have taken the same file in since it was opened."""
    stream = opened.manifest.stream
    for taken in packages.of(record, direction="taken", kind=opened.manifest.kind.value):
        if (taken.node, taken.scope, taken.sequence) == (stream.node, opened.manifest.scope, stream.sequence):
            raise Refused(Code.ALREADY_TAKEN if taken.manifest_sha256 == opened.manifest_sha256 else Code.FORKED)


class _DryRun(Exception):
    """Ends a transaction so that nothing of it stays."""


def _take_rows(
    record: Record,
    own: OfficeView,
    opened: Opened,
    partner: Partner,
    file: Path,
    folder: Path,
    today: date,
    *,
    dry_run: bool,
) -> Taken:
    about = opened.manifest
    what = say("Take in package {number} of {name}", number=about.stream.sequence, name=partner.name)
    written: Written | None = None
    try:
        with record.change(what, source="package") as change:
            rows = sum(entry.rows or 0 for entry in about.files)
            done = _apply(record, own, opened, _note(record, opened, partner, file, rows=rows), today, change)
            if dry_run:
                raise _DryRun
            written = receipts.prepare(
                record, own, _newest(record, partner), _answer(record, opened, done), about.scope
            )
    except _DryRun:
        pass
    receipt = receipts.write(written, folder) if written else None
    if written and done.erased:
        backup.spread_erasures(record)
        redact.finish(record)
    known = streams.acknowledged(record, about.sender.office)
    return Taken(
        about.kind.value,
        _result(done),
        None,
        done.taken,
        len(done.waiting),
        tuple(done.conflicts),
        opened.missing,
        dict(known.seen) if known else {},
        receipt,
        not dry_run,
        (
            *opened.findings,
            *said.waiting(done.waiting),
            *said.returned(done.returned, done.names),
            *said.erased(done, about.sender.name),
            *said.handed(done.handed, done.names, judging.office_names(record, today)),
            *done.acts.findings,
        ),
    )


def _newest(record: Record, partner: Partner) -> Partner:
    return streams.partner_of(record, partner.office) or partner


def _apply(record: Record, own: OfficeView, opened: Opened, package: int, on: date, change: Change) -> Applying:
    """Judge every row and write what the judgements say; what was seen is merged at the end."""
    about = opened.manifest
    definitions.take(record, opened)
    applying = Applying.into(record, own, about.nodes)
    if applying.beside.waiting:
        applying.place_waiting()
        applying.taken = 0
    seen = packages.seen(record, about.scope)
    if about.scope != streams.SCOPE:
        release.release(
            record, change, family=release.CHILDREN
        )  # rows of children are no drafts: nobody completes them
    sender = Sender(about.sender.office, opened.sender.role == "child")
    for table in ROWS:
        applying.take(
            table,
            opened.rows(table),
            package=package,
            sender_seen=about.seen,
            our_seen=seen,
            sender=sender,
        )
    attached.take(record, opened)
    applying.settle()
    applying.erase(change, about.erasures, from_child=sender.is_child)
    applying.returned = judging.follow(record, applying.judged, on=on)
    if sender.is_child:
        applying.handed = applying.word.handed(change.first, sender.office)
    packages.put_seen(record, about.scope, merged(seen, about.seen))
    streams.keep_nodes(record, about.nodes)
    return applying


def _result(done: Applying) -> Result:
    return Result.PARTLY if done.waiting or done.conflicts else Result.ACCEPTED


def _answer(record: Record, opened: Opened, done: Applying) -> Receipt:
    """What the receipt says."""
    about = opened.manifest
    return Receipt(
        manifest=opened.manifest_sha256,
        result=_result(done),
        code=None,
        seen=packages.seen(record, about.scope),
        forms=tuple(_form_receipts(record, about, done.names)),
        waiting=tuple(_place(table, row, why) for table, row, why in done.waiting),
        conflicts=tuple(
            {"table": one.table, "unit": one.unit, "period": one.period, "element": one.element}
            for one in done.conflicts
        ),
        head=about.head,
    )


def _form_receipts(record: Record, about: Manifest, names: Names) -> Iterator[FormReceipt]:
    here = [FormKey(names.found.get((f.unit, f.period)) or f.unit, f.form, f.period) for f in about.forms]
    for form, mine in zip(about.forms, wire.digests(record, here), strict=True):
        yield FormReceipt(form.unit, form.form, form.period, mine, mine == form.digest)


def _place(table: str, row: Row, why: str) -> dict[str, Any]:
    unit = row.fields.get("unit")
    told = {"table": table, "why": why, "unit": unit.get("code") if isinstance(unit, Mapping) else unit}
    told |= {name: row.fields[name] for name in ("period", "element", "form") if name in row.fields}
    return {name: value for name, value in told.items() if value is not None}
