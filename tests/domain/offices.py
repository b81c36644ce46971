"""A small world of offices that exchange packages badly; the applying rule is the only clever thing in it."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.domain.versions import (
    Acknowledged,
    Judgement,
    Verdict,
    Version,
    above,
    base_for,
    is_in,
    judge,
    merged,
    newest_receipt,
    not_stood_on,
    rank_for,
)

KEYS = 4


Row = dict[Version, int]  # the versions alive of one form, each with its write


class Package(NamedTuple):
    to: int
    sender: int
    base: dict[str, int]
    seen: dict[str, int]
    rows: dict[int, Row]
    node: str = ""


class Receipt(NamedTuple):
    to: int
    sender: int
    said: Acknowledged


@dataclass
class Record:
    """One living copy of one office's record."""

    office: int
    node: str
    release: int = 0
    receipts: int = 0
    released: dict[int, Row] = field(default_factory=dict)
    drafts: dict[int, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    acknowledged: dict[int, Acknowledged] = field(default_factory=dict)
    history: set[int] = field(default_factory=set)


@dataclass
class Write:
    content: int
    parents: set[int]
    version: Version | None = None
    seen_then: dict[str, int] = field(default_factory=dict)


class Offices:
    """Offices in a tree (`parents[i]` is above office i, -1 the top), their records, and the sticks on the road."""

    def __init__(
        self, parents: Sequence[int], holders: Sequence[int], *, new_node: bool = True, silent: bool = False
    ) -> None:
        self.parents = parents
        self.holders = [holder % len(parents) for holder in holders]
        self.new_node = new_node
        self.silent = silent  # a package without rows is never made, as on the command line; then nobody copies files
        self.lives: dict[str, tuple[str, int]] = {}
        self.writes: list[Write] = []
        self.records = [Record(office, self.fresh_node(office, 1)) for office in range(len(parents))]
        self.backups: list[Record] = []
        self.road: list[Package | Receipt] = []
        self.links: list[tuple[int, ...]] = []
        self.verdicts: dict[Verdict, int] = dict.fromkeys(Verdict, 0)
        self.restored = False

    def fresh_node(self, office: int, life: int) -> str:
        node = f"{len(self.lives) + 1:016x}"
        self.lives[node] = (str(office), life)
        return node

    def neighbours(self, office: int) -> list[int]:
        below = [child for child, parent in enumerate(self.parents) if parent == office]
        return below if self.parents[office] < 0 else [self.parents[office], *below]

    def stands(self, key: int, row: Row) -> Version:
        return max(row, key=rank_for(str(self.holders[key]), self.lives))

    # ---- what people do

    def write(self, who: int, key: int, content: int) -> None:
        record = self.records[who % len(self.records)]
        row = record.released.get(key)
        before = record.drafts.get(key, row[self.stands(key, row)] if row else None)
        self.writes.append(Write(content, set() if before is None else {before}))
        record.drafts[key] = len(self.writes) - 1

    def release(self, who: int, keys: Sequence[int] = range(KEYS)) -> None:
        record = self.records[who % len(self.records)]
        drafts = [key for key in keys if key in record.drafts]
        if not drafts:
            return
        record.release += 1
        record.seen[record.node] = record.release
        for key in drafts:
            write = record.drafts.pop(key)
            version = Version(record.node, record.release)
            self.writes[write].parents.update(record.released.get(key, {}).values())
            self.writes[write].version = version
            record.history.add(write)
            self.writes[write].seen_then = dict(record.seen)
            record.released[key] = {version: write}

    def export(self, who: int, to: int) -> Package:
        record = self.records[who % len(self.records)]
        partners = self.neighbours(record.office)
        partner = partners[to % len(partners)]
        base = base_for(record.acknowledged.get(partner))
        rows = {k: dict(row) for k, row in record.released.items() if any(above(version, base) for version in row)}
        package = Package(partner, record.office, base, dict(record.seen), rows, record.node)
        if rows or not self.silent:
            self.road.append(package)
        return package

    def deliver(self, item: int, who: int, *, again: bool) -> None:
        if not self.road:
            return
        stick = self.road[item % len(self.road)] if again else self.road.pop(item % len(self.road))
        records = [record for record in self.records if record.office == stick.to]
        self.hand_over(stick, records[who % len(records)])

    def hand_over(self, stick: Package | Receipt, record: Record) -> bool:
        if isinstance(stick, Receipt):
            self.hear(record, stick.sender, stick.said)
            return True
        fits = not not_stood_on(stick.base, record.seen)
        if fits:
            self.take(record, stick)
            self.hear(record, stick.sender, Acknowledged(stick.node, 0, stick.seen))
        record.receipts += 1
        said = Acknowledged(record.node, record.receipts, dict(record.seen))
        self.road.append(Receipt(stick.sender, record.office, said))
        return fits

    def hear(self, record: Record, sender: int, said: Acknowledged) -> None:
        record.acknowledged[sender] = newest_receipt(record.acknowledged.get(sender), said)

    def take(self, record: Record, package: Package) -> None:
        for key, row in package.rows.items():
            ours = record.released.get(key, {})
            judged = self.judged(record, package, key, row)
            self.verdicts[judged.verdict] += 1
            self.check_conflict(record, key, row, judged)
            record.history.update(row.values())
            if judged.alive:
                record.released[key] = {version: {**ours, **row}[version] for version in judged.alive}
        record.seen = merged(record.seen, package.seen)

    def judged(self, record: Record, package: Package, key: int, row: Row) -> Judgement:
        ours = record.released.get(key, {})
        return judge(
            tuple(row),
            tuple(ours),
            draft=key in record.drafts,
            sender_seen=package.seen,
            our_seen=record.seen,
            rank=rank_for(str(self.holders[key]), self.lives),
            content=lambda version: self.writes[{**ours, **row}[version]].content,
        )

    def check_conflict(self, record: Record, key: int, row: Row, judged: Judgement) -> None:
        """No conflict without two unseen writes; whatever gives way is shown with what stands."""
        both = {**record.released.get(key, {}), **row}
        for one in judged.alive:
            for other in judged.alive:
                assert one == other or not is_in(one, self.writes[both[other]].seen_then)
        shown = [both[version] for version in judged.alive]
        if judged.verdict is Verdict.CONFLICT_WITH_DRAFT:
            assert self.writes[record.drafts[key]].version is None
            shown.append(record.drafts[key])
        if judged.is_conflict:
            self.links.append(tuple(shown))

    def lose(self, item: int) -> None:
        if self.road:
            self.road.pop(item % len(self.road))

    def back_up(self, who: int) -> None:
        self.backups.append(copy.deepcopy(self.records[who % len(self.records)]))

    def restore(self, which: int) -> None:
        """An old backup takes the place of its office's first record; it is a new node and counts from 1."""
        if not self.backups:
            return
        backup = copy.deepcopy(self.backups[which % len(self.backups)])
        place = next(i for i, record in enumerate(self.records) if record.office == backup.office)
        self.renew(backup)
        self.records[place] = backup
        self.restored = True

    def copy_file(self, who: int) -> None:
        """The file is copied to a second PC of the same office, where it becomes a node of its own."""
        if len(self.records) < len(self.parents) + 2 and not self.silent:
            twin = copy.deepcopy(self.records[who % len(self.records)])
            self.renew(twin)
            self.records.append(twin)
            self.restored = True

    def renew(self, record: Record) -> None:
        for key, draft in record.drafts.items():  # released in both lives, it is two writes of one content
            self.writes.append(Write(self.writes[draft].content, set(self.writes[draft].parents)))
            record.drafts[key] = len(self.writes) - 1
        if self.new_node:
            node = self.fresh_node(record.office, self.lives[record.node][1] + 1)
            record.node, record.release, record.receipts = node, 0, 0

    # ---- what must hold

    def quiet_round(self) -> None:
        """Everybody releases and exchanges without loss, refused packages are answered and sent again."""
        for who in range(len(self.records)):
            self.release(who)
        for _ in range(2 * len(self.records) + 2):
            for who in range(len(self.records)):
                for to in range(len(self.neighbours(self.records[who].office))):
                    self.send_until_taken(who, to)

    def send_until_taken(self, who: int, to: int) -> None:
        partner = self.export(who, to).to
        self.road.clear()
        for record in [record for record in self.records if record.office == partner]:
            for _attempt in range(3):
                package = self.export(who, to)
                if not package.rows and self.silent:
                    break
                self.road.clear()
                taken = self.hand_over(package, record)
                receipt = self.road.pop()
                self.road.clear()
                self.hand_over(receipt, self.records[who])
                if taken:
                    break
            else:
                raise AssertionError("a package was refused after its receipt")

    def unequal(self) -> list[int]:
        """The keys on which the records do not agree, version and all."""
        return [key for key in range(KEYS) if len({str(record.released.get(key)) for record in self.records}) > 1]

    def lost(self) -> set[int]:
        """Released writes that a living record once held, that no final value stands on and no conflict showed."""
        reached: set[int] = set()
        climb = [write for record in self.records for row in record.released.values() for write in row.values()]
        climb += [write for link in self.links for write in link]
        while climb:
            write = climb.pop()
            if write not in reached:
                reached.add(write)
                climb += self.writes[write].parents
        held = {write for record in self.records for write in record.history if self.writes[write].version}
        return held - reached

    def acknowledged_too_much(self) -> list[tuple[int, int]]:
        """Partners of whom somebody believes more than they have seen."""
        return [
            (record.office, partner)
            for record in self.records
            for partner, said in record.acknowledged.items()
            if all(not_stood_on(said.seen, other.seen) for other in self.records if other.office == partner)
        ]
