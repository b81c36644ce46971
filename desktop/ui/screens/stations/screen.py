"""Trạm y tế: profiles of stations and points as of a day, typed, taken from Excel, or copied from last year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer

from desktop.application import station_profiles as profiles
from desktop.application import station_writing as writing
from desktop.application.changes import Changes, Subject
from desktop.application.records import Record
from desktop.application.station_profiles import Line, Sheet
from desktop.domain.stations.answers import read_answer
from desktop.domain.stations.communes import GROUND
from desktop.domain.stations.facts import Fact
from desktop.domain.values import NOT_REPORTED
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.days import read_day
from desktop.ui.places import Place, Target
from desktop.ui.screens.screen import Screen
from desktop.ui.screens.stations.acting import Acting
from desktop.ui.screens.stations.blocks import ProfileBlocks
from desktop.ui.screens.stations.cells import Col
from desktop.ui.screens.stations.comparing import Comparing
from desktop.ui.screens.stations.stepping import Stepping
from desktop.ui.screens.stations.view import StationsView
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.wording import Sentence, say

FOLLOWED_AFTER: Final = 30  # ms: what stands around the cell follows when the hand rests a moment


class StationsScreen(Screen):
    """One station's profile on a day."""

    place = Place.STATIONS
    shows = frozenset({Subject.STATIONS, Subject.OFFICE, Subject.CRITERIA})
    help = "tram-y-te"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._view = StationsView(self.take)
        self.uid: str | None = None
        self.day: date = session.day
        self._day_of = session.period
        self._is_own = False
        view = self._view
        view.table.row_chosen.connect(lambda _row: self._choose_row())
        view.day.editingFinished.connect(self.choose_day)
        self._zoned = ""
        """The zone of the station's commune and why, in words."""
        self._following = QTimer(self, singleShot=True, interval=FOLLOWED_AFTER)
        self._following.timeout.connect(self.follow)
        self._has_news = False
        view.grid.selectionModel().currentChanged.connect(lambda _now, _before: self._following.start())
        view.side.answered.connect(self.answer)
        view.side.unsaid.connect(self.unsay)
        view.side.noted.connect(self.note)
        self.blocks = ProfileBlocks(self)
        self.acting = Acting(self)
        self.comparing = Comparing(self)
        self.stepping = Stepping(self)

    @property
    def view(self) -> StationsView:
        """The page."""
        return self._view

    @property
    def sheet(self) -> Sheet | None:
        """The profile shown."""
        return self._view.profile.sheet

    # ---- showing ----

    def load(self) -> None:
        """Read the list and the profile in hand."""
        if self._is_own:
            return
        if self._day_of != self.session.period:
            self._day_of, self.day = self.session.period, self.session.day
        self._view.day.setText(words.day(self.day))
        self.comparing.show()
        found = profiles.summaries(self.session.record, on=self.day)
        self._view.show_list(found)
        if not found:
            self._show_nobody()
            return
        if self._view.pages.currentIndex() == 2:
            self._view.show_page("sheet")
        known = [one.place.uid for one in found]
        self.open(self.uid if self.uid in known else known[0])

    def _show_nobody(self) -> None:
        self.uid = None
        self._view.profile.show(None)
        self._view.nobody.title.setText(_("No station is listed on {day}").format(day=words.day(self.day)))
        self._view.nobody.text.setText(
            _("Stations and points are added under Administration, Stations; or one for each commune at once.")
        )
        self._view.show_page("empty")
        self.acting.offer_first()

    def open(self, uid: str) -> None:
        """Show a station (uid) on the day."""
        self.catch_up()
        is_other = uid != self.uid
        self.uid = uid
        self._view.choose(uid)
        self.comparing.forget()
        self._read()
        self.comparing.keep()
        if is_other:
            first = self._view.grid.first_cell()
            if first is not None:
                self._view.grid.go(*first)
        self._view.grid.fit()
        self.follow()

    def _read(self) -> None:
        if self.uid is None:
            return
        sheet = profiles.sheet(self.session.record, uid=self.uid, on=self.day, against=self.comparing.earlier)
        self._view.profile.show(sheet, self.comparing.only)
        self._view.show_changed(sum(line.is_changed for line in sheet.lines))
        self._show_head(sheet)

    def _show_head(self, sheet: Sheet) -> None:
        view, told = self._view, sheet.completeness
        view.middle.set_title(sheet.place.name)
        staff, unknown = sheet.staff
        parts = [_("{told} of {asked} told").format(told=told.answered, asked=told.asked)]
        if told.old:
            parts.append(_("{count} not confirmed in {year}").format(count=told.old, year=sheet.day.year))
        if staff != NOT_REPORTED:
            number = int((staff.amount or 0) / 10_000)
            people = _("staff: {count} people").format(count=number)
            parts.append(people if not unknown else people + " " + _("({count} cadres not told)").format(count=unknown))
        if not told.answered and self._has_old_stations(sheet):
            parts.append(_("Copy, From another station…: the profiles of the old stations"))
        view.facts.setText(" · ".join(parts))
        self._show_zone(sheet)

    def _has_old_stations(self, sheet: Sheet) -> bool:
        """Whether another place of its commune tells something: what a station that begins can take over."""
        home, uid = sheet.place.commune, sheet.place.uid
        rows = self._view.all_rows
        return any(one.completeness.answered and one.place.uid != uid and one.place.commune == home for one in rows)

    def _show_zone(self, sheet: Sheet) -> None:
        home, view = sheet.place.commune, self._view
        for part in (view.zone, view.zone_why):
            part.setVisible(home is not None)
        self._zoned = ""
        if home is None:
            return
        found = profiles.zone_of(self.session.record, commune=home.uid, on=self.day)
        decided = profiles.decided_zones(self.session.record, on=self.day).get(home.uid)
        why = render(found.why)
        if decided is not None and found.zone not in (None, decided):
            view.zone.show_state(Sign.WARNING, _("Zone {zone} by decision").format(zone=decided), Tone.WARN)
            why = _("by rule zone {zone}: {why}").format(zone=found.zone, why=why)
        elif decided is not None:
            view.zone.show_state(Sign.CHECKED, _("Zone {zone} by decision").format(zone=decided), Tone.GOOD)
        elif found.zone is not None:
            view.zone.show_state(Sign.INFO, _("Zone {zone} by rule").format(zone=found.zone), Tone.PLAIN)
        else:
            view.zone.show_state(Sign.TOO_FEW, _("Zone not known"), Tone.MUTE)
        self._zoned = f"{view.zone.accessibleName()}: {why}"
        view.zone_why.setText(f"{why} · {found.source}")
        view.zone_why.setToolTip(view.zone_why.text())

    def follow(self) -> None:
        """Show at once what stands around the cell in hand: the item beside it, the counts above and at the left."""
        self._following.stop()
        self.catch_up()
        self._show_item()

    def catch_up(self) -> None:
        """After typing, show what follows from the answers in the profile and in the list of stations."""
        if self._has_news:
            self._has_news = False
            with self.session.record.reading():
                self._read()
            if self.sheet is not None:
                self._view.renew(profiles.summary_of(self.sheet))

    def _show_item(self) -> None:
        line = self._view.profile.line(self._view.grid.currentIndex().row())
        history: list[Fact] = []
        if line is not None and self.uid is not None:
            history = profiles.history_of(self.session.record, uid=self.uid, item=line.item.code)
        follows = self._zoned if line is not None and line.item.code in GROUND else ""
        self._view.side.show_item(line, history, may_answer=self.uid is not None, follows=follows)
        self.session.hint_changed.emit()

    # ---- choosing ----

    def _choose_row(self) -> None:
        found = self._view.table.chosen()
        if found is None or found.place.uid == self.uid:
            return
        if not self.settle():
            # After the table has chosen the new line, which it does once it has told so.
            QTimer.singleShot(0, lambda: self._view.choose(self.uid or ""))
            return
        self.open(found.place.uid)

    def choose_day(self) -> None:
        """Another day; what is no day is put back."""
        day = read_day(self._view.day.text(), self.session.today())
        if day is None or day == self.day or not self.settle():
            if day is None:
                self.session.say(say("“{text}” is not a day.", text=self._view.day.text()), Tone.BAD)
            self._view.day.setText(words.day(self.day))
            return
        self.day = day
        self.load()

    def go(self, target: Target) -> None:
        """A station (`station`: uid), an item of it (`item`)."""
        uid = target.get("station")
        if uid is not None and self.settle():
            self._view.changed.setChecked(False)
            self.open(uid)
        row = self._view.profile.row_of(target.get("item") or "")
        if row is not None:
            self._view.grid.go(row, Col.ANSWER)
        self._view.grid.setFocus()

    # ---- typing ----

    def take(self, row: int, column: int, text: str) -> bool:
        """What was typed into a cell; False where it is refused."""
        line = self._view.profile.line(row)
        if line is None or self.uid is None or text == self._view.profile.typed_at(row, Col(column)):
            return True
        uid, code = self.uid, line.item.code
        if column == Col.ANSWER:
            return self._take_answer(row, line, text)
        if line.fact is None:
            return True
        since = line.fact.since
        if column == Col.NOTE:
            return self.write(partial(writing.note_fact, uid=uid, item=code, since=since, note=text))
        told = read_day(text, self.session.today())
        if told is None:
            self.session.say(say("“{text}” is not a day.", text=text), Tone.BAD)
            return False
        if told > self.day:
            gone = say("{day} is after {shown}: the answer would be gone from here.", day=told, shown=self.day)
            self.session.say(gone, Tone.BAD)
            return False
        return self.write(partial(writing.move_fact, uid=uid, item=code, since=since, to=told))

    def _take_answer(self, row: int, line: Line, text: str) -> bool:
        """Show the answer, then write it; what follows from it is shown when the hand rests."""
        read = read_answer(line.item, text)
        if isinstance(read, Sentence):
            self.session.refuse(writing.refusal(read))
            return False
        intent = partial(writing.say_fact, uid=self.uid or "", item=line.item.code, answer=read, since=self.day)
        if self.session.jobs.is_writing:  # what is shown follows when it was written
            return self.write(intent)
        self._view.profile.show_answer(row, read, self.day)
        self._view.grid.show_taken()
        taken = self.write(intent, later=self._news)
        if not taken:
            self._read()
        return taken

    def _news(self) -> None:
        self._has_news = True
        self._following.start()

    def answer(self, text: str) -> None:
        """An answer clicked at the right."""
        line = self._view.profile.line(self._view.grid.currentIndex().row())
        if line is not None and self.uid is not None:
            say_it = partial(writing.say_fact, uid=self.uid, item=line.item.code, answer=text, since=self.day)
            self.write(say_it)
            self._view.grid.setFocus()

    def note(self, text: str) -> None:
        """The note of the item in hand, typed at the right."""
        line = self._view.profile.line(self._view.grid.currentIndex().row())
        if line is not None and line.fact is not None and self.uid is not None:
            since, code = line.fact.since, line.item.code
            self.write(partial(writing.note_fact, uid=self.uid, item=code, since=since, note=text))

    def unsay(self, fact: Fact) -> None:
        """A fact as if it had not been said; Ctrl+Z says it again."""
        self.write(partial(writing.unsay_fact, uid=fact.place, item=fact.item, since=fact.since))

    def write(self, intent: Callable[[Record], Changes], *, later: Callable[[], None] | None = None) -> bool:
        """Do a write and show it, keeping the cursor; False where it was refused."""
        refused: list[AppError] = []

        def refuse(fault: BaseException) -> None:
            if isinstance(fault, AppError):
                refused.append(fault)
            self.session.refuse(fault)

        self._is_own = True
        try:
            self.session.write(intent, later=later or self._refresh, refused=refuse)
        finally:
            self._is_own = False
        return not refused

    def _refresh(self) -> None:
        self._has_news = True
        self.follow()

    # ---- what the shell asks ----

    def settle(self) -> bool:
        """Keep what is half typed."""
        return self._view.grid.settle()

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._view.set_compact(compact)

    def hint(self) -> str:
        """What can be typed into the cell in hand."""
        return self.blocks.hint()
