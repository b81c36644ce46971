"""The steps of a commune's form: complete, check, return, lock, reopen; the day it came."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from desktop.application import duties, submissions
from desktop.application.changes import Changes
from desktop.application.commune_form import CommuneForm
from desktop.application.records import Record
from desktop.domain.findings import Finding, Severity
from desktop.domain.values import NOT_REPORTED, Kind
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.days import read_day
from desktop.ui.dialogs.ask import Ask, Choice, confirm
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.parts import label
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.entry.commune.model import FormModel
    from desktop.ui.screens.entry.commune.way import CommuneWay


class FormLifeActs:
    """What the buttons below the form do."""

    def __init__(self, way: CommuneWay, model: FormModel) -> None:
        self._way, self._model = way, model
        self._acts: dict[str, duties.Act] = {}

    def read_steps(self) -> None:
        """Ask which steps may be taken: after the form was read, moved or judged; never between two keys."""
        form = self._model.form
        self._acts = {}
        if form is not None and form.kind is Kind.ACTUAL:
            told = duties.acts(
                self._way.session.record,
                unit=form.commune.code,
                form=form.form.code,
                period=form.period,
                errors=self._errors(),
            )
            self._acts = {act.name: act for act in told}

    def why_not(self, name: str) -> str:
        """Why a step may not be taken now, and who may or what to do first; empty where it may."""
        act = self._acts.get(name)
        if act is None:
            return _("Only forms of actual figures have a life; estimates and assigned figures do not.")
        if act.allowed:
            return ""
        return " ".join(render(said) for said in (act.why, act.who) if said is not None)

    def _errors(self) -> int:
        found: set[str] = {_breach(f) for held in self._model.findings.values() for f in held if _is_open_error(f)}
        return len(found)

    def act(self, name: str) -> None:
        """Take a step, or say why it may not be taken."""
        form, session = self._model.form, self._way.session
        if form is None or not self._way.settle():
            return
        self.read_steps()
        why = self.why_not(name)
        if why:
            session.say(why, Tone.BAD)
            return
        if name == "return":
            self._return(form)
            return
        reason = self._reason(name, form)
        if reason is not None:
            session.write(lambda record: _step(record, form, name, reason, session.today()))

    def _return(self, form: CommuneForm) -> None:
        """Return it: why, and by which way the commune is told."""
        asked = Ask(
            self._way.view,
            _("Return the form of {communes}?").format(communes=words.unit_name(form.commune.name)),
            _("It goes back into entry."),
            (Choice("leave", _("Leave as it is")), Choice("deed", _("Return"))),
            safe="leave",
            reason=_("Reason (needed)"),
            needs_reason=True,
        )
        by = QComboBox()
        for key, text in (
            (("phone"), _("by telephone")),
            ("paper", _("on paper")),
            ("package", _("with the next package")),
        ):
            by.addItem(text, key)
        caption = label(_("How the commune is told"), "second")
        caption.setBuddy(by)
        by.setAccessibleName(caption.text())
        asked.body.insertWidget(asked.body.count() - 1, caption)
        asked.body.insertWidget(asked.body.count() - 1, by)
        asked.exec()
        if asked.answer != "deed":
            return
        unit, code, period = form.commune.code, form.form.code, form.period
        reason, way = asked.reason, by.currentData()
        self._way.session.write(
            lambda record: submissions.give_back(record, unit=unit, form=code, period=period, reason=reason, by=way)
        )

    def _reason(self, name: str, form: CommuneForm) -> str | None:
        commune = words.unit_name(form.commune.name)
        if name == "complete":
            empty = [figure for figure in self._model.figures.values() if figure.value == NOT_REPORTED]
            missing = sum(not figure.note for figure in empty)
            if not missing:
                return _("The reasons stand in the notes of the cells.") if empty else ""
            return self._asked(
                _("Complete the form of {communes}?").format(communes=commune),
                _("{count} cells are not reported. The form may be complete all the same, with a reason.").format(
                    count=missing
                ),
                _("Complete"),
                _("Not yet"),
            )
        if name == "reopen":
            return self._asked(
                _("Reopen the form of {communes}?").format(communes=commune),
                _("It becomes a correction; the next package carries it."),
                _("Reopen"),
                _("Leave as it is"),
            )
        return ""

    def _asked(self, title: str, text: str, deed: str, leave: str) -> str | None:
        return confirm(
            self._way.view,
            title,
            text,
            deed=deed,
            leave=leave,
            reason=_("Reason (needed)"),
            needs_reason=True,
        )

    def ask_received(self) -> None:
        """The day the form came, typed as 14/01/2025 or 14/1; empty takes it away."""
        form, session = self._model.form, self._way.session
        if form is None:
            return
        held = form.life.received_on
        asked = Ask(
            self._way.view,
            _("When did the form of {commune} come?").format(commune=words.unit_name(form.commune.name)),
            _("The day the paper, file or package was received decides whether it was in time."),
            (Choice("leave", _("Leave as it was")), Choice("deed", _("Save the day"))),
            safe="leave",
            reason=_("Day, as 14/01/2025"),
            reason_text=words.day(held) if held else words.day(session.today()),
        )
        asked.exec()
        if asked.answer != "deed":
            return
        typed = asked.reason
        day = read_day(typed, session.today())
        if typed and day is None:
            session.say(say("“{text}” is not a day; it is written 14/01/2025.", text=typed), Tone.BAD)
            return
        unit, code, period = form.commune.code, form.form.code, form.period
        session.write(lambda record: submissions.receive(record, unit=unit, form=code, period=period, received_on=day))


def _breach(finding: Finding) -> str:
    return finding.group or finding.id


def _is_open_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.kept is None


def _step(record: Record, form: CommuneForm, name: str, reason: str, today: date) -> Changes:
    unit, code, period = form.commune.code, form.form.code, form.period
    if name == "complete":
        return submissions.complete(
            record,
            unit=unit,
            form=code,
            period=period,
            reason=reason or None,
            received_on=form.life.received_on or today,
        )
    if name == "check":
        return submissions.check(record, unit=unit, form=code, period=period)
    if name == "lock":
        return submissions.lock(record, unit=unit, form=code, period=period)
    return submissions.reopen(record, unit=unit, form=code, period=period, reason=reason)
