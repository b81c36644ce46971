"""What is typed into the weighing list on its way into the record: shown at once, then kept, then checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from desktop.application import children, weighing
from desktop.application.changes import Changes
from desktop.application.children import NewChild, Registered
from desktop.application.children_matching import resembling
from desktop.application.children_pasting import Pasted, PastedChild, erased_in, paste_children
from desktop.application.erasing import erased_before
from desktop.application.records import Record
from desktop.domain.children import Child, Measurement, Origin, is_expected
from desktop.domain.findings import Mend
from desktop.domain.values import SCALE
from desktop.system.i18n import render
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob
from desktop.ui.screens.children import reading
from desktop.ui.screens.children.weighing.columns import PARTICULARS, Col
from desktop.ui.screens.children.weighing.pasting import read_children
from desktop.ui.screens.children.weighing.rows import Row, new_row, with_all, with_child, with_findings
from desktop.ui.style.palette import Tone
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.ui.screens.children.weighing.part import WeighingPart

AT_ONCE: Final = 200
"""Lines of a pasted list that the window's own thread writes; more are a job."""
MOST_LINES: Final = 5000


class Writing:
    """The figures and particulars of a session."""

    def __init__(self, part: WeighingPart) -> None:
        self.part = part
        self.session = part.session
        self.model = part.model

    # ---- one cell ----

    def take_text(self, at: int, column: int, text: str) -> bool:
        """Write what was typed; False where it was refused, and the status bar says why."""
        known, row = Col(column), self.model.row(at)
        if row is None:
            return not text.strip() or self._register(text)
        if text == self.model.typed_at(at, known):
            return True
        if known in PARTICULARS:
            return self._correct(row, known, text)
        made = self.changed(row, known, text)
        if isinstance(made, Sentence):
            self.session.say(made, Tone.BAD)
            return False
        return made is None or self.write([made])

    def changed(self, row: Row, column: Col, text: str) -> Measurement | Sentence | None:
        """The child's measurement with another figure; None where nothing changes, a sentence where it cannot be."""
        held = self.held(row)
        if column is not Col.NOTE and reading.is_absent(text):
            return replace(_emptied(held), absent=True)
        news: dict[str, object] = {}
        read: object
        if column is Col.WEIGHT:
            news["weight"] = read = reading.grams(text)
        elif column is Col.LENHEI:
            news["lenhei"] = read = reading.millimetres(text)
        elif column is Col.MUAC:
            news["muac"] = read = reading.arm(text)
        elif column is Col.POSITION:
            news["position"] = read = reading.position(text)
        elif column is Col.OEDEMA:
            news["oedema"] = read = reading.oedema(text)
        else:
            news["note"] = read = text.strip()
        if isinstance(read, Sentence):
            return read
        if column not in (Col.NOTE, Col.POSITION) and read:
            news["absent"] = False
        made = replace(held, **news)  # type: ignore[arg-type]
        return None if made == held else made

    def held(self, row: Row) -> Measurement:
        """The measurement of this session, or an empty one of the day that is typed."""
        if row.now is None:
            return Measurement(row.child.uid, self.part.day, self.part.held_uid)
        # What a person types over an imported line is typed from then on: a later import leaves it alone.
        return replace(row.now, origin=Origin.TYPED)

    # ---- measurements ----

    def move_to(self, rows: Sequence[Row], day: date) -> None:
        """What was found of children was found on another day."""
        held = [row.now for row in rows if row.now is not None and row.now.day != day]
        gone = [Measurement(one.child, one.day) for one in held]
        told = say("{count} lines are of {day} now. Ctrl+Z takes it back.", count=len(held), day=day)
        if held:
            self.write([replace(one, day=day, origin=Origin.TYPED) for one in held], told, gone=gone)

    def write(
        self, made: Sequence[Measurement], told: Sentence | None = None, *, gone: Sequence[Measurement] = ()
    ) -> bool:
        """Show measurements, write them as one change, then say what is odd about them; False where refused.

        `gone` are empty ones that take the rows of other days away.
        """
        before = [row for one in made if (row := self.model.by_uid(one.child)) is not None]
        news = with_all([(row, None if one.is_empty else one) for row, one in zip(before, made, strict=True)])
        for row in news:
            self.model.put(row)
        self.part.grid.show_taken()

        def intent(record: Record) -> Changes:
            return weighing.measure(record, measurements=[*gone, *made])

        if not self._do(intent, lambda: self._judge(made), lambda: self.model.put_all(before)):
            return False
        # Counted once a key, after the checks spoke.
        self.model.moved.emit()
        if told is not None:
            self.session.say(told)
        return True

    def _judge(self, made: Sequence[Measurement]) -> None:
        found = weighing.check(self.session.record, measurements=[one for one in made if not one.is_empty])
        for uid, findings in found.items():
            row = self.model.by_uid(uid)
            if row is not None and (findings or row.findings):
                self.model.put(with_findings(row, findings))

    def _do(self, intent: Callable[[Record], object], later: Callable[[], None], undo: Callable[[], None]) -> bool:
        refused: list[BaseException] = []

        def take_back(fault: BaseException) -> None:
            refused.append(fault)
            undo()
            self.session.refuse(fault)

        self.part.screen.is_own = True
        try:
            self.session.write(intent, later=later, refused=take_back)
        finally:
            self.part.screen.is_own = False
        return not refused

    def mark(self, letter: str, rows: Sequence[Row]) -> None:
        """V absent, P oedema, N lying, Đ standing: for the chosen lines; V and P again take it away."""
        made: list[Measurement] = []
        all_absent = all(row.is_absent for row in rows)
        all_swollen = all(row.now is not None and row.now.oedema for row in rows)
        for row in rows:
            held = self.held(row)
            if letter == "v":
                made.append(replace(_emptied(held), absent=not all_absent))
            elif letter == "p":
                made.append(replace(held, oedema=not all_swollen, absent=False))
            else:
                position = reading.position(letter)
                if not isinstance(position, Sentence) and not held.is_empty:
                    made.append(replace(held, position=position))
        changed = [one for one in made if one != self.held(self._row(one.child))]
        if changed:
            self.write(changed)

    def mend(self, row: Row, mends: Sequence[Mend]) -> None:
        """Write what was probably meant; mends speak in kg and cm."""
        held = self.held(row)
        for mend in mends:
            amount = Fraction(mend.value.amount or 0, SCALE)
            if mend.element == "weight":
                held = replace(held, weight=round(amount * 1000))
            elif mend.element == "lenhei":
                held = replace(held, lenhei=round(amount * 10))
        if held != row.now:
            self.write([held])

    def _row(self, uid: str) -> Row:
        found = self.model.by_uid(uid)
        assert found is not None  # noqa: S101 - asked for lines of the list only
        return found

    # ---- children ----

    def _register(self, text: str) -> bool:
        if not any(letter.isalpha() for letter in text):
            self.session.say(say("A child needs a name."), Tone.BAD)
            return False
        new = NewChild(self.part.unit_uid, text)
        made: list[Registered] = []

        def intent(record: Record) -> Registered:
            made.append(children.register(record, new=[new]))
            return made[-1]

        if not self._do(intent, lambda: None, lambda: None):
            return False
        if not made:
            # Waits behind a job: the list is read anew when it was written.
            return True
        child = children.one(self.session.record, made[0].uids[0])
        self.part.new_uids.add(child.uid)
        at = self.model.add(new_row(child))
        grid = self.part.grid
        grid.go_instead(lambda: grid.go(at, Col.SEX))
        return True

    def paste_children(self, lines: Sequence[Sequence[str]]) -> None:
        """A list with names, wherever the cursor stands, as one change; the list is read anew."""
        held = self.part
        if held.held is None:
            return
        if len(lines) > MOST_LINES:
            most = say("{count} lines are too many to paste: take the file in from Excel.", count=len(lines))
            self.session.say(most, Tone.BAD)
            return
        read = read_children(lines, unit=held.unit_uid, held=held.held, day=held.day, today=self.session.today())
        if isinstance(read, Sentence):
            self.session.say(read, Tone.BAD)
            return
        chosen = self._without_erased(read.lines)
        if not chosen:
            return
        units, day = [held.unit_uid], held.day

        def intent(record: Record) -> Pasted:
            return paste_children(record, lines=chosen, communes=units, day=day)

        if len(chosen) > AT_ONCE:
            self._paste_behind(intent, read.told)
            return
        done = self.session.write(intent)
        if isinstance(done, Pasted):
            self._tell_pasted(done, read.told)

    def _paste_behind(self, intent: Callable[[Record], Pasted], told: Sequence[Sentence]) -> None:
        """A long list is written by a worker, so that the window does not stand still."""

        def written(done: Pasted) -> None:
            self.session.tell(done.changes)
            self._tell_pasted(done, told)

        job = RunningJob(say("Paste a list of children"), lambda record, _step: intent(record))
        job.succeeded.connect(written)
        job.failed.connect(self.session.refuse)
        Progress(self.part.view, job)
        self.session.jobs.start(job, writes=True)

    def _without_erased(self, lines: Sequence[PastedChild]) -> Sequence[PastedChild]:
        """The lines that may be pasted: children that were lawfully erased only where a person says so."""
        from desktop.ui.screens.children import erased

        found = erased_in(self.session.record, lines=lines, communes=[self.part.unit_uid], day=self.part.day)
        if not found:
            return lines
        named = [(lines[at].new.name, day) for at, day in found.items()]
        told = erased.ask_pasted(self.part.view, named, others=len(lines) - len(found))
        if told is None:
            return ()
        return lines if told == erased.ALL else [line for at, line in enumerate(lines) if at not in found]

    def _tell_pasted(self, done: Pasted, told: Sequence[Sentence]) -> None:
        """One line with all that is to be known: each new line of the status bar takes the last one's place."""
        said = [
            say(
                "Pasted {count} children: {known} known, {new} new. Ctrl+Z takes it back.",
                count=done.known + done.registered, known=done.known, new=done.registered,
            )
        ]  # fmt: skip
        if done.alike:
            said.append(say("{count} new entries resemble a child already known: see Duplicates.", count=done.alike))
        if done.twice:
            said.append(say("{count} lines name a child of the list again and were left out.", count=done.twice))
        said += told
        self.session.say(" ".join(map(render, said)), Tone.WARN if said[1:] else Tone.PLAIN)

    def _correct(self, row: Row, column: Col, text: str) -> bool:
        made = self._particular(row.child, column, text)
        if isinstance(made, Sentence):
            self.session.say(made, Tone.BAD)
            return False
        if made == row.child:
            return True
        now = with_child(row, made)
        if row.is_new:
            now = replace(now, expected=is_expected(made, (), self.part.held_day))
        self.model.put_all([now])

        def intent(record: Record) -> Changes:
            return children.correct(record, child=made)

        def judge() -> None:
            now = self._row(made.uid).now
            if now is not None:
                self._judge([now])
            if column is Col.BIRTH and row.is_new:
                self._warn_of_double(made)
                self._warn_of_age(made)

        return self._do(intent, judge, lambda: self.model.put_all([row]))

    def _warn_of_double(self, child: Child) -> None:
        """A child that was typed anew may be on the list already, or may have been erased."""
        gone = erased_before(self.session.record, [(child.name, child.birth_date)])
        if gone:
            told = say(
                "A child of this name and birth date was erased on {day}: keep it only on a lawful ground.", day=gone[0]
            )
            self.session.say(told, Tone.WARN)
            return
        other = resembling(self.session.record, child=child, communes=[self.part.unit_uid], day=self.part.day)
        if other is not None:
            told = say(
                "{name} resembles {other}, born {day}: see Duplicates.",
                name=child.name, other=other.name, day=other.birth_date or "",
            )  # fmt: skip
            self.session.say(told, Tone.WARN)

    def _warn_of_age(self, child: Child) -> None:
        """A child that is not looked for on the day leaves the list when it is read again."""
        day = self.part.held_day
        if not is_expected(child, (), day):
            told = say("{name} is not under five on {day}: it is left out of the rates.", name=child.name, day=day)
            self.session.say(told, Tone.WARN)

    def _particular(self, child: Child, column: Col, text: str) -> Child | Sentence:
        if column is Col.NAME:
            named = any(letter.isalpha() for letter in text)
            return replace(child, name=text.strip()) if named else say("A child needs a name.")
        if column is Col.SEX:
            sex = reading.sex(text)
            return sex if isinstance(sex, Sentence) else replace(child, sex=sex)
        born = reading.birth_date(text, self.session.today())
        return born if isinstance(born, Sentence) else replace(child, birth_date=born)


def _emptied(held: Measurement) -> Measurement:
    """Of a child that did not come nothing was measured; the note stays."""
    return replace(held, weight=None, lenhei=None, position=None, oedema=False, muac=None)
