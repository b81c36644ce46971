"""Taking in: open, judge row by row in one transaction, keep what conflicts or waits, answer with a receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from db import travel
from db.release import FormKey
from db.tables import packages, partners, submissions
from db.tables.packages import Conflict, Package, Waiting
from db.tables.partners import Partner
from desktop.application.offices import OfficeView, office
from desktop.application.packages import definitions, receipts, streams, wire
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.versions import Judgement, Verdict, Version, judge, merged, rank_for
from desktop.errors import AppError
from desktop.exchange.package.container import Opened, open_package, read_file
from desktop.exchange.package.manifest import Kind, Manifest
from desktop.exchange.package.receipt import FormReceipt, Head, Receipt, Result
from desktop.exchange.package.refused import Code, Refused
from desktop.exchange.package.row import Row
from desktop.wording import say

# Definitions are taken in before; the rest in the order in which rows may name each other.
ROWS: Final = (
    "unit_attribute",
    "submission",
    "value",
    "judgement",
    "finding_reason",
    "denominator",
    "task_progress",
)


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
class ConflictRow:
    """A figure two sides wrote without having seen each other; `holder` stands, `other` waits."""

    unit: str
    period: str
    element: str
    holder: Mapping[str, Any]
    other: Mapping[str, Any]


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
        return _refused(record, own, refused, folder, dry_run=dry_run)
    kind = opened.manifest.kind
    if kind is Kind.CONFIG:
        raise AppError("not_built", say("Configuration packages come in a later version."))
    partner = _partner(record, opened)
    if kind is Kind.RECEIPT:
        return _take_receipt(record, opened, partner, file, dry_run=dry_run)
    return _take_rows(record, own, opened, partner, file, folder, dry_run=dry_run)


def _partner(record: Record, opened: Opened) -> Partner:
    by_key = {partner.sign_key: partner for partner in partners.everyone(record)}
    return by_key[opened.sender.key.text]


def _refused(record: Record, own: OfficeView, refused: Refused, folder: Path, *, dry_run: bool) -> Taken:
    written = None
    about = refused.manifest
    may_answer = refused.signature == "ok" and about is not None and about.kind is not Kind.RECEIPT and not dry_run
    if may_answer and about is not None and refused.manifest_sha256:
        to = streams.partner_of(record, about.sender.office)
        if to is not None and refused.code == Code.ALREADY_TAKEN:
            written = receipts.again(record, refused.manifest_sha256, to, folder)
        elif to is not None:
            seen = packages.seen(record, about.scope)
            answer = Receipt(refused.manifest_sha256, Result.REFUSED, refused.code, seen, head=_head(about))
            written = receipts.write(record, own, to, answer, folder)
    kind = about.kind.value if about else "package"
    return Taken(kind, Result.REFUSED, refused.code, 0, 0, (), (), {}, written, False, (), refused)


def _head(about: Manifest) -> Head | None:
    return about.head


def _take_receipt(record: Record, opened: Opened, partner: Partner, file: Path, *, dry_run: bool) -> Taken:
    answer = opened.manifest.receipt
    if answer is None:
        raise Refused(Code.BAD_CONTENT)
    waits, conflicts = len(answer.waiting), len(answer.conflicts)
    if not dry_run:
        with record.change(say("Take in the receipt of {name}", name=partner.name), source="package"):
            _note(record, opened, partner, file, rows=0, answer=answer)
            streams.keep_nodes(record, opened.manifest.nodes, office(record, on=_day(opened)).uid)
    known = streams.acknowledged(record, partner.office)
    seen = answer.seen if dry_run or known is None else known.seen
    told = tuple(
        ConflictRow(c.get("unit", ""), c.get("period", ""), c.get("element", ""), {}, c) for c in answer.conflicts
    )
    return Taken(
        "receipt",
        answer.result,
        answer.code,
        0,
        waits,
        told[:conflicts],
        (),
        dict(seen),
        None,
        not dry_run,
        opened.findings,
    )


def _day(opened: Opened) -> date:
    return date.fromisoformat(opened.manifest.made[:10])


def _note(
    record: Record, opened: Opened, partner: Partner, file: Path, *, rows: int, answer: Receipt | None = None
) -> int:
    about = opened.manifest
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


class _DryRun(Exception):
    """Ends a transaction so that nothing of it stays."""


def _take_rows(
    record: Record, own: OfficeView, opened: Opened, partner: Partner, file: Path, folder: Path, *, dry_run: bool
) -> Taken:
    taking = _Taking(record, own, opened)
    what = say("Take in package {number} of {name}", number=opened.manifest.stream.sequence, name=partner.name)
    try:
        with record.change(what, source="package"):
            rows = sum(entry.rows or 0 for entry in opened.manifest.files)
            taking.run(_note(record, opened, partner, file, rows=rows))
            if dry_run:
                raise _DryRun
    except _DryRun:
        return taking.told(None, changed=False)
    answer = taking.answer()
    return taking.told(receipts.write(record, own, partner, answer, folder), changed=True)


@dataclass(slots=True)
class _Taking:
    """One package on its way into the record, inside one change."""

    record: Record
    own: OfficeView
    opened: Opened
    package: int = 0
    taken: int = 0
    waiting: list[tuple[str, Row, str]] = field(default_factory=list)
    conflicts: list[ConflictRow] = field(default_factory=list)
    forms: tuple[FormReceipt, ...] = ()
    seen: dict[str, int] = field(default_factory=dict)
    names: wire.Names | None = None

    def run(self, package: int) -> None:
        """Judge every row and write what the judgements say; what was seen is merged at the end."""
        about, record = self.opened.manifest, self.record
        self.package = package
        definitions.take(record, self.opened)
        self.names = wire.Names.of(record)
        self.seen = packages.seen(record, about.scope)
        lives = dict(about.nodes) | streams.nodes(record, self.own.uid)
        held = self._alive()
        holders = self._holders()
        locked = self._locked()
        for table in ROWS:
            self._take_table(table, lives, held, holders, locked)
        packages.put_waiting(
            record, [Waiting(package, table, wire.packed(table, row), why) for table, row, why in self.waiting]
        )
        self.seen = merged(self.seen, about.seen)
        packages.put_seen(record, about.scope, self.seen)
        streams.keep_nodes(record, about.nodes, self.own.uid)
        self.forms = tuple(self._form_receipts())

    def _alive(self) -> dict[tuple[str, str], list[tuple[Conflict, Row]]]:
        """Rows that wait at the conflict desk, by table and journal key."""
        found: dict[tuple[str, str], list[tuple[Conflict, Row]]] = {}
        for conflict in packages.conflicts(self.record):
            found.setdefault((conflict.table, conflict.key), []).append((conflict, wire.unpacked(conflict.other)[1]))
        return found

    def _holders(self) -> dict[FormKey, str]:
        """Who holds each form: what stands here, else what the package says."""
        found = {
            FormKey(str(row.fields["unit"]["uid"]), row.fields["form"], row.fields["period"]): row.fields.get(
                "holder", ""
            )
            for row in self.opened.rows("submission")
        }
        return found | {FormKey(s.unit, s.form, s.period): s.holder for s in submissions.of(self.record)}

    def _locked(self) -> frozenset[FormKey]:
        """Forms that we hold ourselves and have locked: rows of others wait until they are opened."""
        return frozenset(
            FormKey(form.unit, form.form, form.period)
            for form in submissions.of(self.record)
            if form.holder == self.own.uid and form.state is submissions.Life.LOCKED
        )

    def _take_table(
        self,
        table: str,
        lives: Mapping[str, tuple[str, int]],
        held: Mapping[tuple[str, str], list[tuple[Conflict, Row]]],
        holders: Mapping[FormKey, str],
        locked: frozenset[FormKey],
    ) -> None:
        placed = list(self._placeable(table))
        standing = travel.standing(self.record, [rows[0][1] for rows in placed])
        form_of = _Forms(self.record)
        take: list[travel.Row] = []
        for rows, ours in zip(placed, standing, strict=True):
            first = rows[0][1]
            forms = form_of(table, first.names)
            if ours.missing is not None:
                self.waiting += [(table, raw, f"unknown {ours.missing}") for raw, _ in rows]
            elif locked.intersection(forms):
                self._wait_if_new(table, rows, ours)
            else:
                holder = next((holders[form] for form in forms if form in holders), "")
                self._judge(table, rows, ours, held.get((table, ours.key or ""), []), rank_for(holder, lives), take)
        self.taken += len(take)
        travel.take(self.record, take)

    def _wait_if_new(self, table: str, rows: list[tuple[Row, travel.Row]], ours: travel.Standing) -> None:
        new = [raw for raw, row in rows if row.version != ours.version]
        self.waiting += [
            (table, raw, "locked") for raw in new if raw.version.release > self.seen.get(raw.version.node, 0)
        ]

    def _placeable(self, table: str) -> Iterator[list[tuple[Row, travel.Row]]]:
        """Rows whose unit is known, those of one key together; the others wait."""
        assert self.names is not None  # noqa: S101 - set by run
        told: dict[tuple[Any, ...], list[tuple[Row, travel.Row]]] = {}
        for row in self.opened.rows(table):
            placed = wire.incoming(table, row, self.names)
            if placed is None:
                self.waiting.append((table, row, "unknown unit"))
            else:
                told.setdefault(tuple(placed.names.values()), []).append((row, placed))
        yield from told.values()

    def _judge(
        self,
        table: str,
        rows: list[tuple[Row, travel.Row]],
        ours: travel.Standing,
        held: list[tuple[Conflict, Row]],
        rank: Any,
        take: list[travel.Row],
    ) -> None:
        incoming = {row.version: (raw, row) for raw, row in rows}
        desk = {raw.version: (conflict, raw) for conflict, raw in held}
        mine = {*desk, ours.version} if ours.version else set(desk)

        def content(version: Version) -> object:
            if version in incoming:
                return incoming[version][1].content
            if version in desk and self.names is not None:
                kept = wire.incoming(table, desk[version][1], self.names)
                return kept.content if kept else None
            return travel.content(self.record, table, ours.key or "")

        verdict = judge(
            _ordered(incoming),
            _ordered(mine),
            draft=ours.draft,
            sender_seen=self.opened.manifest.seen,
            our_seen=self.seen,
            rank=rank,
            content=content,
        )
        if verdict.verdict in (Verdict.NOTHING, Verdict.SKIP):
            return
        standing = incoming.get(verdict.stands)
        if verdict.verdict is Verdict.CONFLICT_WITH_DRAFT:
            if standing:
                travel.take_under_draft(self.record, standing[1])
                self.taken += 1
        elif standing and verdict.verdict is Verdict.KEEP_GREATER and ours.version is not None:
            travel.restamp(self.record, standing[1])
        elif standing:
            take.append(standing[1])
        self._desk(table, verdict, incoming, desk, ours)

    def _desk(
        self,
        table: str,
        verdict: Judgement,
        incoming: Mapping[Version, tuple[Row, travel.Row]],
        desk: Mapping[Version, tuple[Conflict, Row]],
        ours: travel.Standing,
    ) -> None:
        """Show what lives beside the one that stands; take from the desk what a later version has seen."""
        draft = verdict.verdict is Verdict.CONFLICT_WITH_DRAFT
        for version, (conflict, _) in desk.items():
            if version not in verdict.alive or version == verdict.stands:
                packages.resolve(self.record, conflict.id or 0, resolution="superseded", reason="")
        if verdict.verdict is Verdict.KEEP_GREATER:
            return
        others = [version for version in verdict.alive if version != verdict.stands and version not in desk]
        if draft:
            others = others or [verdict.stands]
        key = ours.key or ""
        for version in others:
            raw = incoming[version][0] if version in incoming else self._our_row(table, key, version, incoming)
            stands = f"{verdict.stands.node}:{verdict.stands.release}"
            packages.put_conflict(
                self.record,
                Conflict(table, key, self.package, stands, wire.packed(table, raw), with_draft=draft),
            )
            self.conflicts.append(self._told_conflict(verdict, raw, incoming))

    def _our_row(
        self, table: str, key: str, version: Version, incoming: Mapping[Version, tuple[Row, travel.Row]]
    ) -> Row:
        """Our own released row, which another now stands over, as a package would tell it."""
        like = next(iter(incoming.values()))[1]
        held = travel.content(self.record, table, key)
        names = self.names or wire.Names.of(self.record)
        return wire.outgoing(
            travel.Row(table, like.names, held, version, self.record.actor, self.record.stamp()), names
        )

    def _told_conflict(
        self, verdict: Judgement, other: Row, incoming: Mapping[Version, tuple[Row, travel.Row]]
    ) -> ConflictRow:
        fields = other.fields
        stands = incoming[verdict.stands][0].fields if verdict.stands in incoming else {}
        unit = fields.get("unit")
        code = (unit.get("code") or f"uid:{unit['uid']}") if isinstance(unit, Mapping) else str(unit or "")
        return ConflictRow(code, str(fields.get("period", "")), str(fields.get("element", "")), stands, fields)

    def _form_receipts(self) -> Iterator[FormReceipt]:
        for form in self.opened.manifest.forms:
            mine = wire.digest(self.record, FormKey(form.unit, form.form, form.period))
            yield FormReceipt(form.unit, form.form, form.period, mine, mine == form.digest)

    def answer(self) -> Receipt:
        """What the receipt says."""
        partly = bool(self.waiting or self.conflicts)
        return Receipt(
            manifest=self.opened.manifest_sha256,
            result=Result.PARTLY if partly else Result.ACCEPTED,
            code=None,
            seen=packages.seen(self.record, self.opened.manifest.scope),
            forms=self.forms,
            waiting=tuple(_place(table, row, why) for table, row, why in self.waiting),
            conflicts=tuple(
                {"table": "value", "unit": c.unit, "period": c.period, "element": c.element} for c in self.conflicts
            ),
            head=self.opened.manifest.head,
        )

    def told(self, receipt: Path | None, *, changed: bool) -> Taken:
        """The answer for people."""
        answer_is_partly = bool(self.waiting or self.conflicts)
        known = streams.acknowledged(self.record, self.opened.manifest.sender.office)
        return Taken(
            self.opened.manifest.kind.value,
            (Result.PARTLY if answer_is_partly else Result.ACCEPTED).value,
            None,
            self.taken,
            len(self.waiting),
            tuple(self.conflicts),
            self.opened.missing,
            dict(known.seen) if known else {},
            receipt,
            changed,
            self.opened.findings,
        )


def _ordered(versions: Any) -> tuple[Version, ...]:
    return tuple(sorted(versions, key=lambda version: (version.release, version.node)))


def _place(table: str, row: Row, why: str) -> dict[str, Any]:
    unit = row.fields.get("unit")
    told = {"table": table, "why": why, "unit": unit.get("code") if isinstance(unit, Mapping) else unit}
    told |= {name: row.fields[name] for name in ("period", "element", "form") if name in row.fields}
    return {name: value for name, value in told.items() if value is not None}


class _Forms:
    """The forms a row of figures belongs to, by the catalogue of the record."""

    def __init__(self, record: Record) -> None:
        from desktop.application.catalogue import catalogue

        self.by_element: dict[str, list[str]] = {}
        for code, form in catalogue(record).forms.items():
            for element in form.elements:
                self.by_element.setdefault(element, []).append(code)

    def __call__(self, table: str, names: Mapping[str, Any]) -> list[FormKey]:
        if table == "submission":
            return [FormKey(names["unit"], names["form"], names["period"])]
        if table != "value":
            return []
        return [FormKey(names["unit"], form, names["period"]) for form in self.by_element.get(names["element"], ())]
