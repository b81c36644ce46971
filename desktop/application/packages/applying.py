"""Applying rows by the rule of the contract, inside one change: judged, written, kept at the desk, or left waiting."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, islice
from typing import Any

from db import erased_child, history, redact, travel
from db.store import Change
from db.tables import packages, units
from db.tables.packages import Conflict, Waiting
from desktop.application import judging
from desktop.application.offices import OfficeView, office
from desktop.application.packages import streams, wire
from desktop.application.packages.beside import Beside, Held
from desktop.application.packages.incoming import (
    BATCH,
    LOCKED,
    NOT_FOR_A_CHILD,
    ROWS,
    UNKNOWN_UNIT,
    ConflictRow,
    Incoming,
    Nodes,
    is_above_a_child,
)
from desktop.application.packages.unit_acts import UnitActs
from desktop.application.packages.whose import ONE_WORD, Handed, Word, settles
from desktop.application.packages.wire import Names, Place
from desktop.application.records import Record
from desktop.domain.versions import Judgement, Verdict, Version, by_release, judge, together
from desktop.exchange.package.manifest import Erasure
from desktop.exchange.package.row import Row
from desktop.wording import say


@dataclass(slots=True)
class Applying:
    """Rows on their way into a record, inside one change."""

    record: Record
    word: Word
    names: Names
    beside: Beside
    acts: UnitActs
    taken: int = 0
    waiting: list[tuple[str, Row, str]] = field(default_factory=list)
    conflicts: list[ConflictRow] = field(default_factory=list)
    judged: set[judging.Word] = field(default_factory=set)
    returned: list[judging.Returned] = field(default_factory=list)
    handed: list[Handed] = field(default_factory=list)
    erased: int = 0
    not_erased: int = 0
    gone: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def into(cls, record: Record, own: OfficeView, nodes: Nodes) -> Applying:
        """Ready to apply; `nodes` is what the package tells of nodes we may not know."""
        names = Names.of(record)
        word = Word(record, own.uid, {**nodes, **streams.nodes(record, own.uid)})
        gone = frozenset((one.table, one.uid) for one in redact.erasures(record))
        return cls(record, word, names, Beside.of(record, names), UnitActs.of(record), gone=gone)

    def place_waiting(self) -> None:
        """Place what waited and can be placed now, by the same rules."""
        found = self.beside.waiting
        self.beside.waiting = {}
        for table in ROWS:
            self._apply(
                Incoming(
                    table,
                    place,
                    held[-1].waiting.package,
                    {one.row.version: one.row for one in held},
                    {},
                    {},
                    tuple(held),
                    next((one.sender for one in held if not one.sender.is_child), held[-1].sender),
                )
                for place, held in found.items()
                if place[0] == table
            )
            self._after(table)
        self.settle()

    def take(self, table: str, rows: Iterable[Row], **told: Any) -> None:
        """Take in the rows of one table; `told`: package, sender_seen, our_seen, sender."""
        if self.gone:
            rows = (row for row in rows if not erased_child.is_among(self.gone, table, row.fields))
        together_there = groupby(rows, key=lambda row: wire.place(table, row.fields, self.names))
        incoming = (
            Incoming(table, place, rows={row.version: row for row in group}, **told) for place, group in together_there
        )
        while batch := list(islice(incoming, BATCH)):
            self._apply(batch)
        self._after(table)
        if table == "submission":
            self.settle()
            self.word.forget()

    def _after(self, table: str) -> None:
        """Once all rows of a table were taken: acts take effect before their parts and the figures on their units."""
        if table == "unit_act":
            self.acts.settle()
            self.names.renew(units.register(self.record))
        elif table == "unit_part":
            self.acts.serve()

    def _apply(self, incoming: Iterable[Incoming]) -> None:
        placed: list[tuple[Incoming, dict[Version, travel.Row]]] = []
        for one in incoming:
            if len(one.rows) == 1:
                ((version, raw),) = one.rows.items()
                alone = wire.incoming(one.table, raw, self.names)
                if alone is not None:
                    placed.append((one, {version: alone}))
                    continue
            told = {version: wire.incoming(one.table, row, self.names) for version, row in one.rows.items()}
            known = {version: row for version, row in told.items() if row is not None}
            if len(known) == len(told):
                placed.append((one, known))
            else:
                self._wait(one, UNKNOWN_UNIT)
        # Those below us send forms; a word of theirs lies beside a form of ours and does not return it.
        self.judged |= {one.place[1:] for one, _ in placed if one.table == "judgement" and not one.sender.is_child}
        take: list[travel.Row] = []
        standing = travel.standing(self.record, [next(iter(rows.values())) for _, rows in placed])
        beside = bool(self.beside.desk or self.beside.waiting)
        for (one, rows), ours in zip(placed, standing, strict=True):
            why = self._obstacle(one, rows, ours)
            if why is None and ours.version is None and not (ours.draft or beside or one.held or len(rows) > 1):
                take += rows.values()  # nothing of ours, and nothing beside it: nearly every row of a first package
            elif why is not None:
                self._wait(one, why, ours)
            else:
                self._judge(one, rows, ours, take)
        self.taken += len(take)
        travel.take(self.record, take)

    def _obstacle(self, one: Incoming, rows: Mapping[Version, travel.Row], ours: travel.Standing) -> str | None:
        if ours.missing is not None:
            return f"unknown {ours.missing}"
        if one.table in ("value", "submission") and self.word.is_locked(one.table, next(iter(rows.values())).names):
            return None if ours.version in one.rows and len(one.rows) == 1 else LOCKED
        above = one.sender.is_child and is_above_a_child(one) and ours.version not in one.rows
        return NOT_FOR_A_CHILD if above else None

    def erase(self, change: Change, told: Iterable[Erasure], *, from_child: bool) -> None:
        """Erase what the sender has lawfully erased, after its rows were taken.

        Those below us may not erase in forms that we hold: of these it is said, and nothing is done.
        """
        wanted = redact.incoming(self.record, (redact.Erasure(one.table, one.uid, one.at, one.basis) for one in told))
        allowed = [one for one in wanted if not (from_child and self._is_ours_to_erase(one))]
        self.not_erased = len(wanted) - len(allowed)
        self.erased = len(allowed)
        redact.erase_in(self.record, change, allowed)

    def _is_ours_to_erase(self, one: redact.Erasure) -> bool:
        names = history.place(self.record, one.table, one.uid) if one.uid.startswith("[") else {}
        if "unit" not in names or "period" not in names:
            return bool(names)  # what belongs to no form is not for those below us to erase
        place = (one.table, *(names.get(name) for name in wire.key_names(one.table)))
        return self.word.holder_of(one.table, place) == self.word.own

    # ---- waiting

    def _wait(self, one: Incoming, why: str, ours: travel.Standing | None = None) -> None:
        """Keep at the desk what nobody has superseded; what its sender had seen waits no longer."""
        if one.held:
            self.beside.waiting[one.place] = list(one.held)
            return
        waiting = self.beside.waiting.get(one.place, [])
        standing = {ours.version} if ours and ours.version else set()
        mine = {held.row.version for held in waiting} | standing | self.beside.versions(one.place)
        alive = together(
            one.versions, tuple(sorted(mine, key=by_release)), sender_seen=one.sender_seen, our_seen=one.our_seen
        )
        for held in waiting:
            if held.row.version not in alive:
                packages.mark_placed(self.record, held.waiting.id or 0)
        kept = [held for held in waiting if held.row.version in alive]
        gone = [v for v in mine if v not in alive and not any(held.gave_way(v) for held in waiting)]
        new = [
            v for v in alive if v in one.rows and (v not in mine or (gone and v in {held.row.version for held in kept}))
        ]
        rows = [
            Waiting(one.package, one.table, wire.packed(one.table, one.rows[version], one.rows), why) for version in new
        ]
        packages.put_waiting(self.record, rows)
        self.beside.waiting[one.place] = kept + [
            Held(told, one.rows[version], one.sender_seen, frozenset(one.rows), one.sender)
            for told, version in zip(rows, new, strict=True)
        ]
        waits = {held.row.version: held.row for held in self.beside.waiting[one.place]}
        self.waiting += [(one.table, row, why) for version, row in waits.items() if version in one.rows]

    # ---- judging

    def _judge(
        self, one: Incoming, rows: Mapping[Version, travel.Row], ours: travel.Standing, take: list[travel.Row]
    ) -> None:
        table, key = one.table, ours.key or ""
        desk = {other.row.version: other for other in self.beside.desk.get(one.place, ())}
        held = {*desk, ours.version} if ours.version else set(desk)
        gone = {version for version in held if any(waited.gave_way(version) for waited in one.held)}
        mine = tuple(sorted(held - gone, key=by_release))

        def content(version: Version) -> object:
            return self._content(table, key, version, rows, one.place)

        verdict = self._verdict(one, mine, ours, content)
        for waited in one.held:
            packages.mark_placed(self.record, waited.waiting.id or 0)
        if verdict.verdict in (Verdict.NOTHING, Verdict.SKIP):
            return
        if verdict.verdict is Verdict.TAKE and not desk and len(verdict.alive) == 1:
            take.append(rows[verdict.stands])
            return
        if len(verdict.alive) == 1 and not desk and verdict.verdict is not Verdict.CONFLICT_WITH_DRAFT:
            if verdict.stands != ours.version:  # nothing lives beside it: so it is with nearly every row
                take.append(rows[verdict.stands])
            return
        like = next(iter(rows.values()))
        living = dict(one.rows) | {version: other.row for version, other in desk.items()}
        if ours.version:
            living[ours.version] = self._ours(table, key, ours.version, like)
        draft = self._draft(table, key, like) if verdict.verdict is Verdict.CONFLICT_WITH_DRAFT else None
        ranked = self.word.ranked(table, one.place, verdict.alive, content)
        said = {version: json.dumps(content(version), sort_keys=True) for version in ranked}
        if ranked[-1] != ours.version:
            row = rows.get(ranked[-1]) or self._from_desk(table, desk[ranked[-1]].row)
            self._stand(row, take, draft=draft is not None)
        self._lay(one.place, key, one.package, ranked, living, said, draft)

    def _verdict(
        self,
        one: Incoming,
        mine: tuple[Version, ...],
        ours: travel.Standing,
        content: Callable[[Version], object],
    ) -> Judgement:
        def judged(*, draft: bool) -> Judgement:
            return judge(
                one.versions,
                mine,
                draft=draft,
                sender_seen=one.sender_seen,
                our_seen=one.our_seen,
                rank=by_release,
                content=content,
            )

        verdict = judged(draft=ours.draft)
        if verdict.verdict is Verdict.CONFLICT_WITH_DRAFT and ours.key:
            typed = travel.present(self.record, one.table, ours.key)
            plain = judged(draft=False)
            if plain.verdict is Verdict.TAKE and len(plain.alive) == 1 and settles(content(plain.stands), typed):
                return plain  # nobody has anything to decide
        return verdict

    def _stand(self, row: travel.Row, take: list[travel.Row], *, draft: bool) -> None:
        if draft:
            travel.take_under_draft(self.record, row)
            self.taken += 1
        else:
            take.append(row)

    def _lay(
        self,
        place: Place,
        key: str,
        package: int,
        ranked: list[Version],
        rows: Mapping[Version, Row],
        said: Mapping[Version, str],
        draft: Row | None,
    ) -> None:
        """Lay beside the one that stands what lives with it: shown where it says something else, or a draft lies on it.

        What no longer lives, or is now to be shown differently, leaves the desk.
        """
        stands = ranked[-1]
        heard, wanted = {said[stands]}, {}
        decidable = place[0] not in ONE_WORD
        for version in reversed(ranked[:-1]):
            wanted[version] = decidable and (draft is not None or said[version] not in heard)
            heard.add(said[version])
        if draft is not None and not wanted and decidable:
            wanted[stands] = True
        shown_before = set()
        for other in self.beside.desk.pop(place, []):
            version, is_shown = other.row.version, other.conflict.resolution is None
            if wanted.get(version) is is_shown and other.conflict.with_draft is (draft is not None):
                wanted.pop(version)
            else:
                packages.resolve(self.record, other.conflict.id or 0, resolution="superseded", reason="")
            if is_shown:
                shown_before.add(version)
        for version, is_shown in wanted.items():
            self._put_conflict(place[0], key, package, stands, rows[version], shown=is_shown, draft=draft is not None)
            if is_shown and draft is None and version not in shown_before:
                self._tell(place[0], rows[stands], rows[version])
        if draft is not None and wanted and decidable:
            mine = self.word.holder_of(place[0], place) == self.word.own
            self._tell(place[0], *((draft, rows[stands]) if mine else (rows[stands], draft)))

    def _put_conflict(
        self, table: str, key: str, package: int, stands: Version, row: Row, *, shown: bool, draft: bool
    ) -> None:
        told = f"{stands.node}:{stands.release}"
        number = packages.put_conflict(
            self.record, Conflict(table, key, package, told, wire.packed(table, row), with_draft=draft)
        )
        if not shown:
            packages.resolve(self.record, number, resolution=packages.SAME, reason="")

    def _tell(self, table: str, stands: Row, other: Row) -> None:
        fields = other.fields
        unit = fields.get("unit")
        code = (unit.get("code") or f"uid:{unit['uid']}") if isinstance(unit, Mapping) else str(unit or "")
        period, element = str(fields.get("period", "")), str(fields.get("element", ""))
        self.conflicts.append(ConflictRow(code, period, element, stands.fields, fields, table))

    def settle(self) -> None:
        """Let the same one stand everywhere, now that more is known of holders and nodes."""
        self.beside = Beside.of(self.record, self.names)
        for place, others in list(self.beside.desk.items()):
            table, key = place[0], others[0].conflict.key
            rows = {other.row.version: self._from_desk(table, other.row) for other in others}
            like = next(iter(rows.values()))
            (ours,) = travel.standing(self.record, [like])
            desk = {version: row for version, row in rows.items() if version != ours.version}
            if not desk or ours.version is None:
                continue

            def content(version: Version, table: str = table, key: str = key, desk: Any = desk) -> object:
                return desk[version].content if version in desk else travel.content(self.record, table, key)

            ranked = self.word.ranked(table, place, (ours.version, *desk), content)
            if ranked[-1] == ours.version:
                continue
            said = {version: json.dumps(content(version), sort_keys=True) for version in ranked}
            living = {other.row.version: other.row for other in others}
            living[ours.version] = self._ours(table, key, ours.version, like)
            draft = self._draft(table, key, like) if ours.draft else None
            take: list[travel.Row] = []
            self._stand(desk[ranked[-1]], take, draft=ours.draft)
            travel.take(self.record, take)
            self._lay(place, key, others[0].conflict.package, ranked, living, said, draft)
        self.beside = Beside.of(self.record, self.names)

    # ---- contents

    def _content(
        self, table: str, key: str, version: Version, rows: Mapping[Version, travel.Row], place: Place
    ) -> object:
        if version in rows:
            return rows[version].content
        for other in self.beside.desk.get(place, ()):
            if other.row.version == version:
                return self._from_desk(table, other.row).content
        return travel.content(self.record, table, key)

    def _from_desk(self, table: str, row: Row) -> travel.Row:
        placed = wire.incoming(table, row, self.names)
        if placed is None:
            raise KeyError(str(row.fields))
        return placed

    def _ours(self, table: str, key: str, version: Version, like: travel.Row) -> Row:
        """Our released row as a package would tell it."""
        who, at = travel.written(self.record, table, key)
        held = travel.content(self.record, table, key)
        return wire.outgoing(travel.Row(table, like.names, held, version, who, at), self.names)

    def _draft(self, table: str, key: str, like: travel.Row) -> Row:
        """What is typed and not released, told like a row."""
        held = travel.present(self.record, table, key)
        told = travel.Row(table, like.names, held, like.version, self.record.actor, self.record.stamp())
        return wire.outgoing(told, self.names)


def place_waiting(record: Record, *, on: date | None = None) -> int:
    """Place what waited and can be placed now, as a change of its own; how many rows.

    To be called after a unit or an element became known or a form was opened again.
    """
    if not packages.waiting(record):
        return 0
    own = office(record, on=on or record.now().date())
    with record.change(say("Place rows that waited"), source="package"):
        applying = Applying.into(record, own, {})
        before = len(packages.waiting(record))
        applying.place_waiting()
        return before - len(packages.waiting(record))
