"""Offices with real records, the sticks on the road between them, and what must hold whatever happens."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from db import check, travel
from db.store import Store
from db.tables import packages, submissions
from db.tables.listing import number_of
from db.tables.submissions import Life
from desktop.application import submissions as forms
from desktop.application.packages import inspect, streams, wire
from desktop.application.packages.beside import Beside
from desktop.application.packages.desk import decide, open_conflicts
from desktop.domain.versions import Version, is_in, not_stood_on
from desktop.errors import AppError
from tests.application.packages.making import ABOVE, LATE, TODAY, YEAR, Pc, clock, copies
from tests.application.packages.programs import PROGRAMS
from tests.application.packages.reworking import send_otherwise

SHAPES = (("137", "15"), ("04001", "137", "15"), ("04001", "04002", "137", "15"))
TRIES = 4


@dataclass
class Stick:
    """A file on its way: for whom it is, and from whom."""

    file: Path
    to: str
    sender: str
    program: str = "ours"


class World:
    """What people do with their records; every method is one intent, and does nothing where it makes no sense."""

    def __init__(self, template: Path, folder: Path, shape: tuple[str, ...]) -> None:
        self.folder = folder
        self.codes = shape
        self.pcs = copies(template, folder, shape)
        self.road: list[Stick] = []
        self.backups: list[tuple[Pc, Path, int]] = []
        self.written: set[tuple[str, str, int]] = set()
        self.seen_at: dict[Version, tuple[dict[str, int], frozenset[Version]]] = {}
        self.keys_drawn: dict[str, int] = dict.fromkeys(shape, 0)
        self.programs: dict[Path, str] = {}
        self.went_back = False
        self.files = 0
        self.log: list[str] = []
        self.pc(len(shape)).learn(LATE)
        self.pcs[0].learn(LATE)

    def pc(self, who: int) -> Pc:
        return self.pcs[who % len(self.pcs)]

    def neighbours(self, pc: Pc) -> list[str]:
        below = [code for code in self.codes if ABOVE.get(code) == pc.code]
        return [*([ABOVE[pc.code]] if ABOVE.get(pc.code) in self.codes else []), *below]

    def of(self, code: str) -> list[Pc]:
        return [pc for pc in self.pcs if pc.code == code]

    def close(self) -> None:
        for pc in self.pcs:
            pc.close()

    # ---- what people do

    def write(self, who: int, commune: int, element: str, amount: int) -> None:
        pc = self.pc(who)
        if (
            commune == 4
            and pc.record.connection.execute("SELECT 1 FROM unit WHERE uid = 'commune-4'").fetchone() is None
        ):
            return
        try:
            pc.write(commune, element, amount)
        except AppError as error:
            assert error.code in ("form_locked", "form_checked", "not_holder"), error.code
            return
        self.written.add((f"commune-{commune}", element, amount * 10_000))

    def complete(self, who: int, commune: int) -> None:
        self._form(self.pc(who), commune, "complete")

    def lock(self, who: int, commune: int) -> None:
        pc = self.pc(who)
        found = self._begun(pc, commune)
        if found and found.holder == pc.office:
            for step in ("complete", "check", "lock"):
                self._form(pc, commune, step)

    def reopen(self, who: int, commune: int) -> None:
        pc = self.pc(who)
        found = self._begun(pc, commune)
        if found and found.holder == pc.office:
            self._form(pc, commune, "reopen")

    def _begun(self, pc: Pc, commune: int) -> submissions.Submission | None:
        return submissions.one(pc.record, unit=f"commune-{commune}", form="commune", period=YEAR.id)

    def _form(self, pc: Pc, commune: int, step: str) -> None:
        reason = {"reason": "sẽ bổ sung"} if step in ("complete", "reopen") else {}
        if self._begun(pc, commune) is None:
            return
        try:
            getattr(forms, step)(pc.record, unit=f"0400{commune}", form="commune", period=YEAR, **reason)
        except AppError as error:
            assert error.code in ("form_state", "unknown_unit", "in_conflict", "errors_open", "not_holder"), error.code
        self._look(pc)

    def judge(self, who: int, commune: int, *, is_return: bool) -> None:
        """Check a form or return it; of one that another office holds that is a word beside its state."""
        pc = self.pc(who)
        found = self._begun(pc, commune)
        if found is None:
            return
        told = {"unit": f"0400{commune}", "form": "commune", "period": YEAR}
        try:
            if is_return:
                forms.give_back(pc.record, **told, reason="kiểm tra lại")
            else:
                forms.check(pc.record, **told)
        except AppError as error:
            assert error.code in ("form_state", "unknown_unit", "errors_open"), error.code
        else:
            if found.holder != pc.office:
                assert self._begun(pc, commune) == found, "the holder's state is not the receiver's to write"

    def return_what_came(self, who: int, which: int) -> None:
        """Return a form of another office that came complete, and send the word to where it came from."""
        pc = self.pc(who)
        came = [
            form
            for form in submissions.of(pc.record)
            if form.holder != pc.office and form.state in (Life.COMPLETE, Life.CHECKED, Life.LOCKED)
        ]
        if came:
            self.judge(who, int(came[which % len(came)].unit[-1]), is_return=True)
            self.export(who, which)

    def update(self, who: int, program: str) -> None:
        self.programs[self.pc(who).path] = program

    def _look(self, pc: Pc) -> None:
        """Remember what a node had seen when it released."""
        seen = pc.seen()
        waits = frozenset(wire.unpacked(one.row)[1].version for one in packages.waiting(pc.record))
        self.seen_at.setdefault(Version(pc.record.node, seen.get(pc.record.node, 0)), (seen, waits))

    def _had_seen(self, one: Version, other: Version) -> bool:
        """Whether who wrote one had the other before them: not where it waited at the desk for its place."""
        seen, waited = self.seen_at[one]
        return is_in(other, seen) and other not in waited

    def export(self, who: int, to: int, *, only_complete: bool = False) -> Stick | None:
        pc = self.pc(who)
        partners = self.neighbours(pc)
        return self._export(pc, partners[to % len(partners)], only_complete=only_complete)

    def _export(self, pc: Pc, code: str, **told: bool) -> Stick | None:
        self.files += 1
        try:
            sent = pc.send(self.of(code)[0], self.folder / f"usb{self.files}", **told)
        except AppError as error:
            assert error.code == "nothing_to_send", error.code
            return None
        finally:
            self._look(pc)
        stick = Stick(sent.file, code, pc.code, self._written_by(pc, sent.file, self.of(code)[0]))
        self.road.append(stick)
        return stick

    def _written_by(self, pc: Pc, file: Path, to: Pc) -> str:
        """Which version of the program wrote a file: what another would have written is written anew."""
        program = self.programs.get(pc.path, "ours")
        change = PROGRAMS[program]
        if change is not None:
            send_otherwise(file, change, sender=pc.record, receiver=to.record)
        return program

    def deliver(self, item: int, who: int, *, again: bool) -> None:
        if self.road:
            stick = self.road[item % len(self.road)] if again else self.road.pop(item % len(self.road))
            there = self.of(stick.to)
            self.hand_over(stick, there[who % len(there)])

    def hand_over(self, stick: Stick, pc: Pc) -> str | None:
        """Take a stick in; the refusal's code or None. The receipt goes onto the road."""
        self.files += 1
        taken = pc.take(stick.file, receipt_folder=self.folder / f"receipts{self.files}")
        if taken.receipt:
            sender = self.of(stick.sender)[0]
            program = "ours" if taken.code == "already_taken" else self._written_by(pc, taken.receipt, sender)
            self.road.append(Stick(taken.receipt, stick.sender, stick.to, program))
        self.check_conflicts(pc)
        allowed = {None, "already_taken", "stands_on_missing", "forked", "unknown_sender", "cannot_open"}
        assert (taken.code == "too_new") == (stick.program == "far newer") or taken.code in (
            *("unknown_sender", "cannot_open"),
        ), (taken.code, stick.program)
        assert taken.code in {*allowed, "too_new"}, taken.code
        assert taken.code != "forked", "a number was used twice"
        return taken.code

    def lose(self, item: int) -> None:
        if self.road:
            self.road.pop(item % len(self.road))

    def back_up(self, who: int) -> None:
        pc = self.pc(who)
        self.backups.append((pc, pc.back_up(self.folder / "backups"), self.keys_drawn[pc.code]))

    def restore(self, which: int) -> None:
        usable = [(pc, file) for pc, file, drawn in self.backups if drawn == self.keys_drawn[pc.code]]
        if usable:
            pc, file = usable[which % len(usable)]
            pc.restore(file)
            self.went_back = True

    def copy(self, who: int) -> None:
        if len(self.pcs) < len(self.codes) + 2:
            pc, number = self.pc(who), len(self.pcs)
            self.pcs.append(pc.copied(self.folder / f"copy{number}.sotramdb", self.folder / f"machine{number}"))
            self.went_back = True

    def draw_keys(self, who: int) -> None:
        """New keys, where one computer has the office's record; the key file is carried by hand at once or later."""
        from desktop.application import keys

        pc = self.pc(who)
        if len(self.of(pc.code)) == 1:
            keys.replace_own(pc.record, on=TODAY)
            self.keys_drawn[pc.code] += 1

    def carry_key(self, who: int) -> None:
        pc = self.pc(who)
        for code in self.neighbours(pc):
            for other in self.of(code):
                other.trust(pc)

    def learn(self, who: int) -> None:
        self.pc(who).learn(LATE)

    def decide(self, who: int, which: int, *, take_other: bool) -> None:
        pc = self.pc(who)
        found = open_conflicts(pc.record)
        if found:
            decide(pc.record, conflict=found[which % len(found)].uid, take_other=take_other, reason="gọi điện hỏi xã")
            self._look(pc)

    # ---- what must hold

    def check_conflicts(self, pc: Pc) -> None:
        """Nothing lies at the desk that what stands there has seen, or the other way round."""
        for conflict in packages.conflicts(pc.record):
            found = pc.record.connection.execute(
                "SELECT v.node, v.number FROM released r JOIN release v ON v.id = r.release WHERE (r.tbl, r.key) = (?, ?)",
                (number_of(conflict.table), conflict.key),
            ).fetchone()
            stands, other = Version(*found), wire.unpacked(conflict.other)[1].version
            if other != stands:
                assert not self._had_seen(stands, other), f"what stands had seen the other: {conflict}"
                assert not self._had_seen(other, stands), f"the other had seen what stands: {conflict}"

    def acknowledged_too_much(self) -> list[tuple[str, str]]:
        found = []
        for pc in self.pcs:
            for code in self.neighbours(pc):
                known = streams.acknowledged(pc.record, f"office-{code}")
                if known and all(not_stood_on(known.seen, other.seen()) for other in self.of(code)):
                    found.append((pc.code, code))
        return found

    def quiet_round(self) -> None:
        """Everybody knows everything, opens what is locked, and exchanges without loss until nothing is left to send."""
        self.road.clear()
        self.programs.clear()
        for pc in self.pcs:
            if not pc.record.connection.execute("SELECT 1 FROM unit WHERE uid = 'commune-4'").fetchone():
                pc.learn(LATE)
        for _ in range(4):
            for who, pc in enumerate(self.pcs):
                self.carry_key(who)
                for commune in (1, 2, 3, 4):
                    found = self._begun(pc, commune)
                    if found and found.state in (Life.CHECKED, Life.LOCKED):
                        self._open(pc, commune, found)
            for _attempt in range(3 * len(self.pcs) + 3):
                if not self._round():
                    break
            else:
                raise AssertionError("the exchange never comes to rest")

    def _open(self, pc: Pc, commune: int, found: submissions.Submission) -> None:
        if found.holder == pc.office:
            self._form(pc, commune, "reopen")

    def _round(self) -> bool:
        """Whether somebody still had something to send."""
        sent = False
        for pc in self.pcs:
            for code in self.neighbours(pc):
                for other in self.of(code):
                    sent |= self._until_taken(pc, other)
        return sent

    def _until_taken(self, pc: Pc, other: Pc) -> bool:
        for attempt in range(TRIES):
            stick = self._export(pc, other.code)
            if stick is None and not_stood_on(pc.seen(), other.seen()):
                # Another computer of that office has received it all; this one is sent everything again.
                stick = self._export(pc, other.code, whole=True)
            if stick is None:
                return attempt > 0
            code = self.hand_over(stick, other)
            receipt = self.road[-1]
            assert receipt.to == pc.code, code
            self.hand_over(receipt, pc)
            self.road.clear()
            if code is None:
                return True
        raise AssertionError("a package was refused after its receipt")

    def held(self, pc: Pc) -> dict[tuple[object, ...], object]:
        """What a record holds: for each row what stands, and what lies beside it."""
        names = wire.Names.of(pc.record)
        beside = Beside.of(pc.record, names)
        assert beside.waiting == {}, beside.waiting
        rows = travel.outgoing(pc.record, {})
        return {
            wire.place_of(row): (
                json.dumps(row.content, sort_keys=True),
                sorted(beside.versions(wire.place_of(row)) - {row.version}),
            )
            for row in rows
        }

    def check_equal(self) -> None:
        first = self.held(self.pcs[0])
        for pc in self.pcs[1:]:
            other = self.held(pc)
            different = {p: (first.get(p), other.get(p)) for p in {*first, *other} if first.get(p) != other.get(p)}
            assert different == {}, (self.pcs[0].code, pc.code, different)

    def check_receipt(self) -> None:
        """Equal records say so: of everything sent once more, each form is the same with the receiver."""
        pc = self.pcs[0]
        other = self.of(self.neighbours(pc)[0])[0]
        stick = self._export(pc, other.code, whole=True)
        if stick is not None:
            assert self.hand_over(stick, other) is None
            told = inspect(pc.record, file=self.road[-1].file, today=TODAY).manifest
            assert told is not None
            assert told.receipt is not None
            assert [form for form in told.receipt.forms if not form.same] == []

    def check_sound(self) -> None:
        for pc in self.pcs:
            assert check.check(pc.record) == [], pc.code

    def check_history(self) -> None:
        """Every value ever written is in somebody's history, in the file that a restore put aside if nowhere else."""
        told: set[tuple[str, str, int]] = set()
        for file in sorted({*self.folder.glob("*.sotramdb"), *(pc.path for pc in self.pcs)}):
            told |= _amounts(file, self.folder)
        assert self.written <= told, self.written - told


def _amounts(file: Path, folder: Path) -> set[tuple[str, str, int]]:
    with Store.open(file, now=clock, memory=folder / "reader") as store:
        found = store.connection.execute(
            "SELECT u.uid, e.code, coalesce(json_extract(j.after, '$.amount'), 0) FROM journal j "
            "JOIN unit u ON u.id = json_extract(j.key, '$[1]') JOIN element e ON e.id = json_extract(j.key, '$[2]') "
            "WHERE j.tbl = 27 AND j.after IS NOT NULL"
        ).fetchall()
    return {(unit, element, amount) for unit, element, amount in found}


def fresh(folder: Path) -> Path:
    """An empty folder for one history."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
