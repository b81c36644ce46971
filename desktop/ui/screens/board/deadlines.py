"""Hạn gửi biểu: so many working days after the period, or a day, for everybody or for one commune."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QComboBox, QDialog, QLineEdit, QMenu, QRadioButton, QWidget

from desktop.application import catalogue, deadlines
from desktop.application.offices import communes_of
from desktop.domain.workdays import Rule
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.style.sheet import mark
from desktop.ui.widgets.parts import button, column, label, row


class DeadlinesDialog(QDialog):
    """Form and sender above; the rule; what it means for the period shown."""

    def __init__(self, parent: QWidget, session: Session, form: str) -> None:
        super().__init__(parent)
        self._session = session
        title = _("When forms are due")
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        record = session.record
        self.forms, self.senders = QComboBox(), QComboBox()
        for one in catalogue.catalogue(record).forms.values():
            if one.level == "commune":
                self.forms.addItem(words.named(one.name_vi, one.name_en), one.code)
        self.forms.setCurrentIndex(max(self.forms.findData(form), 0))
        self.senders.addItem(_("every commune"), "")
        for commune in communes_of(record, on=session.period.last):
            self.senders.addItem(words.unit_name(commune.name), commune.uid)
        self.ways = {
            "none": QRadioButton(_("No deadline: nothing counts as late")),
            "days": QRadioButton(_("working days after the end of the period:")),
            "day": QRadioButton(_("a day after the end of the period (22, or 22/1):")),
        }
        group = QButtonGroup(self)
        for way in self.ways.values():
            group.addButton(way)
        self.days, self.day = QLineEdit(), QLineEdit()
        self.days.setMaximumWidth(60)
        self.day.setMaximumWidth(80)
        self.days.textEdited.connect(lambda _text: self.ways["days"].setChecked(True))
        self.day.textEdited.connect(lambda _text: self.ways["day"].setChecked(True))
        self.said = label("", "second", wrap=True)
        self.offered = button(_("As a regulation says"), kind="small")
        self.offered.setProperty("kind", "menu")
        menu = QMenu(self.offered)
        self.offered.setMenu(menu)
        for offer in deadlines.suggestions("commune"):
            text = _("{count} working days: {regulation}").format(
                count=offer.rule.working_days, regulation=offer.regulation
            )
            menu.addAction(text).triggered.connect(lambda _on=False, rule=offer.rule: self._take(rule))
        body = column(label(title, "subject"), gap=8, margins=(20, 18, 20, 16))
        for name, field in ((_("Form"), self.forms), (_("Applies to"), self.senders)):
            caption = label(name, "second")
            caption.setBuddy(field)
            field.setAccessibleName(name)
            body.addWidget(caption)
            body.addWidget(field)
        body.addWidget(self.ways["none"])
        body.addLayout(row(self.ways["days"], self.days, None))
        body.addLayout(row(self.ways["day"], self.day, None))
        body.addLayout(row(self.offered, None))
        body.addWidget(self.said)
        self.save = button(_("Save the deadline"), self._save, kind="primary")
        self.save.setDefault(True)
        body.addLayout(row(None, button(_("Close"), self.reject), self.save))
        self.setLayout(body)
        self.days.setAccessibleName(_("Number of working days"))
        self.day.setAccessibleName(_("Day or day and month"))
        self.forms.activated.connect(lambda _at: self._read())
        self.senders.activated.connect(lambda _at: self._read())
        self._read()

    @property
    def form(self) -> str:
        """The form's code."""
        return str(self.forms.currentData())

    @property
    def commune(self) -> str | None:
        """The commune's uid; None for everybody."""
        return str(self.senders.currentData()) or None

    def _read(self) -> None:
        record = self._session.record
        rule = deadlines.deadline(record, form=self.form, unit=self.commune)
        self.ways["none" if rule is None else "day" if rule.day is not None else "days"].setChecked(True)
        self.days.setText(str(rule.working_days) if rule and rule.working_days else "")
        self.day.setText("" if rule is None or rule.day is None else _day_text(rule))
        due = deadlines.due(record, form=self.form, period=self._session.period, unit=self.commune)
        told = [words.capital(render(deadlines.rule_sentence(rule)))]
        if due is not None:
            name = render(self._session.period.sentence())
            by = _("For {period}: {day}, provisional ({why}).") if due.provisional else _("For {period}: {day}.")
            told.append(by.format(period=name, day=words.day(due.day), why=", ".join(due.unknown)))
        apart = len(deadlines.apart(record, form=self.form))
        if apart and self.commune is None:
            told.append(_("{count} communes have a deadline of their own.").format(count=apart))
        self._say("\n".join(told))

    def _say(self, text: str, tone: Tone | None = None) -> None:
        self.said.setText(text)
        mark(self.said, tone=tone.value if tone else "")

    def _take(self, rule: Rule) -> None:
        self.days.setText(str(rule.working_days))
        self.ways["days"].setChecked(True)

    def typed(self) -> Rule | None:
        """The rule as typed; None for no deadline. ValueError where it is no rule."""
        if self.ways["none"].isChecked():
            return None
        if self.ways["days"].isChecked():
            return Rule(working_days=int(self.days.text()))
        day, _slash, month = self.day.text().replace("-", "/").partition("/")
        return Rule(day=int(day), month=int(month) if month else None)

    def _save(self) -> None:
        try:
            rule = self.typed()
        except ValueError:
            self._say(
                _("Type a number of working days from 1 to 250, a day as 22, or a day and month as 22/1."), Tone.BAD
            )
            return
        form, unit = self.form, self.commune
        done = self._session.write(lambda record: deadlines.put_deadline(record, form=form, rule=rule, unit=unit))
        if done is not None:
            self._read()


def _day_text(rule: Rule) -> str:
    return str(rule.day) if rule.month is None else f"{rule.day}/{rule.month}"
