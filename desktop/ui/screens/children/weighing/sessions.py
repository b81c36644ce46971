"""The sessions of the weighing list: which is shown, opening one, changing or striking it, its list on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from desktop.application import weighing
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.application.weighing import NewSession
from desktop.domain.children import Session, SessionKind
from desktop.domain.text import sort_key
from desktop.system.i18n import _
from desktop.ui.days import read_day
from desktop.ui.screens.children.session_names import session_name, sessions_of
from desktop.ui.session import Queued
from desktop.ui.session import Session as WindowSession
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.parts import button, column, label, row
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.children.weighing.part import WeighingPart
    from desktop.ui.screens.children.weighing.rows import Row

MOST_DAYS: Final = 62


class SessionDialog(QDialog):
    """Asks for a day, perhaps a last day, a kind and a name; `held` is the session that is changed."""

    def __init__(
        self, parent: QWidget | None, session: WindowSession, commune: Commune, held: Session | None = None
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._session = session
        self._commune = commune
        self._held = held
        if held is None:
            title = _("Open a weighing session of {commune}?").format(commune=commune.name)
        else:
            title = _("Change the session of {day}").format(day=f"{held.first:%d/%m/%Y}")
        self.setWindowTitle(title)
        self.setMinimumWidth(400)
        self._make_fields()
        self.why = label("", "hint", wrap=True)
        self.leave = button(_("Do not open") if held is None else _("Leave as it was"), self.reject)
        self.deed = button(_("Open the session") if held is None else _("Save"), self.accept, kind="primary")
        self.deed.setDefault(True)
        self._lay_out(title)
        for field in (self.first, self.last):
            field.textChanged.connect(lambda _text: self._allow())
        self._allow()
        self.first.selectAll()

    def _make_fields(self) -> None:
        held, session, commune = self._held, self._session, self._commune
        day = held.first if held is not None else _proposed(session)
        self.first = QLineEdit(day.strftime("%d/%m/%Y"))
        self.first.setAccessibleName(_("Day of the session"))
        self.last = QLineEdit(held.last.strftime("%d/%m/%Y") if held is not None and held.last else "")
        self.last.setAccessibleName(_("Last day"))
        self.last.setPlaceholderText(_("if it takes several days"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Kind of session"))
        for kind, name in kinds().items():
            self.kind.addItem(name, kind)
        self.name = QLineEdit(held.name if held is not None else "")
        self.name.setAccessibleName(_("Name of the session"))
        self.name.setPlaceholderText(_("if it has one of its own"))
        self.reach = QComboBox()
        self.reach.setAccessibleName(_("Whose session"))
        self.reach.addItem(commune.name, commune.uid)
        if len(session.communes) > 1:
            self.reach.addItem(_("All communes of the office"), None)
        if held is not None:
            self.kind.setCurrentIndex(max(0, self.kind.findData(held.kind.value)))
            self.reach.hide()

    def _lay_out(self, title: str) -> None:
        body = column(label(title, "subject", wrap=True), gap=8, margins=(20, 18, 20, 16))
        text = _("Children under five on its first day stand on its list; who is absent stays listed.")
        if self._held is not None:
            text = _("What was measured keeps the day on which it was measured.")
        body.addWidget(label(text, "second", wrap=True))
        for field in (self.first, self.last, self.kind, self.name, self.reach):
            caption = label(field.accessibleName(), "second")
            caption.setBuddy(field)
            if field is self.reach and self._held is not None:
                continue
            body.addWidget(caption)
            body.addWidget(field)
        body.addWidget(self.why)
        body.addLayout(row(None, self.leave, self.deed))
        self.setLayout(body)

    def new(self) -> NewSession | None:
        """What was chosen; None while a day cannot be read."""
        today = self._session.today()
        first, typed = read_day(self.first.text(), today), self.last.text().strip()
        last = read_day(typed, today) if typed else None
        if first is None or first > today or (typed and (last is None or last < first)):
            return None
        return NewSession(
            self.reach.currentData(), first, last, SessionKind(self.kind.currentData()), self.name.text().strip()
        )

    def changed(self) -> Session | None:
        """The session that was changed as it was typed."""
        made = self.new()
        if made is None or self._held is None:
            return None
        return replace(self._held, first=made.first, last=made.last, kind=made.kind, name=made.name)

    def _allow(self) -> None:
        period, made = self._session.period, self.new()
        self.deed.setEnabled(made is not None)
        why = "" if made is not None else _("Type a day that is not in the future, for example 10/12/2024.")
        first, last = (read_day(field.text(), self._session.today()) for field in (self.first, self.last))
        if first is not None and last is not None and last < first:
            why = _("The last day lies before the first.")
        if made is not None and not period.first <= made.first <= period.last:
            why = _("This day is not in the period shown above; the list appears when its period is chosen.")
        self.why.setText(why)


def kinds() -> dict[str, str]:
    """What a session may be for."""
    return {
        SessionKind.CAMPAIGN.value: _("Campaign"),
        SessionKind.QUARTERLY.value: _("Quarterly"),
        SessionKind.MONTHLY.value: _("Monthly"),
        SessionKind.SURVEY.value: _("Survey"),
        SessionKind.OTHER.value: _("Other"),
    }


def _proposed(session: WindowSession) -> date:
    return min(session.today(), session.period.last)


def ask_session(parent: QWidget, session: WindowSession, commune: Commune) -> Session | None:
    """Ask, then open it; None where it was left, refused, or waits behind a job."""
    asked = SessionDialog(parent, session, commune)
    new = asked.new() if asked.exec() else None
    if new is None:
        return None
    made: list[Session] = []

    def intent(record: Record) -> object:
        opened, changes = weighing.open_session(record, new=new)
        made.append(opened)
        return changes

    done = session.write(intent)
    return None if isinstance(done, Queued) or not made else made[0]


def ask_change(parent: QWidget, session: WindowSession, commune: Commune, held: Session) -> bool:
    """Ask for other days, kind or name of a session, then write them; False where it was left or refused."""
    asked = SessionDialog(parent, session, commune, held)
    made = asked.changed() if asked.exec() else None
    if made is None:
        return False
    return session.write(lambda record: weighing.change_session(record, session=made)) is not None


def ask_strike(parent: QWidget, session: WindowSession, held: Session) -> bool:
    """Ask whether a session was opened by mistake, then take it out of the lists; one with measurements is refused."""
    from desktop.ui.dialogs.ask import confirm

    agreed = confirm(
        parent,
        _("Take the session of {day} out of the lists?").format(day=f"{held.first:%d/%m/%Y}"),
        _("For a session opened by mistake, in which nobody was measured. Ctrl+Z brings it back."),
        deed=_("Take it out"),
        leave=_("Leave it"),
    )
    if agreed is None:
        return False
    return session.write(lambda record: weighing.strike_session(record, uid=held.uid)) is not None


class Sessions:
    """The sessions of the commune and period shown; which of them is held."""

    def __init__(self, part: WeighingPart) -> None:
        self.part = part
        self.session = part.session
        self.known: list[Session] = []
        self.held: Session | None = None
        view = part.view
        view.sessions.activated.connect(lambda _at: self.choose(view.sessions.currentData()))
        view.menu_new.triggered.connect(lambda _on=False: self.ask_new())
        view.menu_day.triggered.connect(lambda _on=False: self.ask_day())
        view.days.activated.connect(lambda _at: self.choose_day(view.days.currentData()))
        view.menu_change.triggered.connect(lambda _on=False: self.ask_change())
        view.menu_strike.triggered.connect(lambda _on=False: self.ask_strike())
        view.menu_print.triggered.connect(lambda _on=False: self.open_paper())
        view.first.clicked.connect(self.ask_new)

    def load(self, commune: Commune) -> None:
        """Read the sessions anew; the one held stays, else it is the newest."""
        self.known = sessions_of(self.session, commune)
        uid = self.held.uid if self.held is not None else None
        self.held = next((one for one in self.known if one.uid == uid), self.known[0] if self.known else None)
        self.show()

    def show(self) -> None:
        """Name them in the list above."""
        box = self.part.view.sessions
        box.clear()
        for one in self.known:
            box.addItem(session_name(one), one.uid)
        at = [one.uid for one in self.known].index(self.held.uid) if self.held is not None else None
        if at is not None:
            box.setCurrentIndex(at)
        short = session_name(self.held, short=True) if self.held is not None else ""
        self.part.view.show_sessions([session_name(one) for one in self.known], at, short)
        self.part.view.show_days(self._days(), self.part.day)

    def _days(self) -> list[date]:
        """The days of the session that have come."""
        if self.held is None:
            return []
        last = min(self.held.last or self.held.first, self.session.today())
        return [self.held.first + timedelta(days=at) for at in range(min((last - self.held.first).days + 1, MOST_DAYS))]

    def choose_day(self, day: date) -> None:
        """What is typed from now on was found on another day of the session."""
        self.part.typed_day = day
        self.part.grid.setFocus()

    def ask_day(self) -> None:
        """The chosen lines were weighed on another day of the session."""
        from desktop.ui.dialogs.ask import confirm

        rows = [row for row in self.part.blocks.rows() if row.now is not None]
        if self.held is None or not self.part.settle():
            return
        if not rows:
            self.session.say(say("Nothing was found of the chosen children in this session yet."), Tone.WARN)
            return
        names = rows[0].child.name if len(rows) == 1 else _("{count} children").format(count=len(rows))
        typed = confirm(
            self.part.view, _("On which day were {names} weighed?").format(names=names),
            _("Ages and z-scores follow the day. It is a day of the session."),
            deed=_("Save"), leave=_("Leave as it was"), reason=_("Weighed on"), needs_reason=True,
            reason_text=f"{rows[0].now.day:%d/%m/%Y}" if rows[0].now is not None else "",
        )  # fmt: skip
        if typed is None:
            return
        day = read_day(typed, self.session.today())
        if day is None or not self.held.holds(day) or day > self.session.today():
            self.session.say(say("“{text}” is no day of this session. Change its days first.", text=typed), Tone.BAD)
            return
        if not self._covers(rows, day):
            self.part.writing.move_to(rows, day)

    def _covers(self, rows: Sequence[Row], day: date) -> bool:
        """Whether the lines would lie over other figures of that day; told, for a child has one row a day."""
        moved = [row.child.uid for row in rows if row.now is not None and row.now.day != day]
        held = weighing.found_on(self.session.record, children=moved, day=day)
        if held:
            name = next(row.child.name for row in rows if row.child.uid in held)
            self.session.say(
                say(
                    "{name} already has figures of {day}; they stay. Take them away first, or leave the child out.",
                    name=name,
                    day=day,
                ),
                Tone.BAD,
            )
        return bool(held)

    def choose(self, uid: str | None) -> None:
        """Another session of the commune."""
        found = next((one for one in self.known if one.uid == uid), None)
        if found is None or found == self.held:
            return
        if not self.part.settle():
            self.show()
            return
        self.held = found
        self.show()
        self.part.show_session()

    def ask_new(self) -> None:
        """Open a new session."""
        commune = self.part.screen.commune
        if commune is not None and self.part.settle():
            made = ask_session(self.part.view, self.session, commune)
            if made is not None:
                self.held = made
                self.part.load()
                self.part.grid.setFocus()

    def ask_change(self) -> None:
        """Other days, kind or name of the session shown."""
        commune = self.part.screen.commune
        if commune is not None and self.held is not None and self.part.settle():
            ask_change(self.part.view, self.session, commune, self.held)

    def ask_strike(self) -> None:
        """The session shown was opened by mistake."""
        if self.held is not None and self.part.settle():
            ask_strike(self.part.view, self.session, self.held)

    def open_paper(self) -> None:
        """The list of a session on paper, of all villages or one."""
        from desktop.ui.screens.children.papers import open_weighing_list

        commune = self.part.screen.commune
        if commune is None or self.held is None or not self.part.settle():
            return
        villages = sorted({one.child.village for one in self.part.model.all_rows}, key=sort_key)
        open_weighing_list(
            self.part.view,
            self.session,
            unit=commune.code or f"uid:{commune.uid}",
            known=[(session_name(one), one.uid) for one in self.known],
            chosen=self.held.uid,
            villages=villages,
        )
