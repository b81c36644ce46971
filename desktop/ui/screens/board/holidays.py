"""Ngày nghỉ của năm: those by law are given, those decided each year computed until the office types them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QSpinBox, QWidget

from desktop.application import deadlines
from desktop.domain.workdays import Holiday
from desktop.system.i18n import _
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.style.sheet import mark
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import SignLabel, button, column, label, row


class HolidaysDialog(QDialog):
    """A year, its holidays by law, those computed while its list is not known, and the office's own list as text."""

    def __init__(self, parent: QWidget, session: Session, year: int) -> None:
        super().__init__(parent)
        self._session = session
        title = _("Holidays of the year")
        self.setWindowTitle(title)
        self.setFixedWidth(480)
        self.year = QSpinBox()
        self.year.setRange(2000, 2100)
        # A form of a year is due in the year after it.
        self.year.setValue(year + 1)
        self.year.setAccessibleName(_("Year"))
        self.year.setMaximumWidth(76)
        self.year.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.year.valueChanged.connect(lambda _year: self._read())
        self.law = label("", wrap=True)
        self.state = SignLabel(Sign.INFO, "")
        self.missing = label("", "second", wrap=True)
        self.days = QPlainTextEdit()
        self.days.setFixedHeight(120)
        self.days.setTabChangesFocus(True)
        self.days.setAccessibleName(_("Holidays set for this year, one a line"))
        self.days.setPlaceholderText(_("27/01 Tết\n28/01 Tết\n01/02 works"))
        self.said = label("", "hint", wrap=True)
        self.keep = button(_("Save the list"), self._save, kind="primary")
        self.forget = button(_("List not known yet"), self._forget)
        self.take = button(_("Put the computed days in the list"), self._take)
        body = column(gap=7, margins=(20, 18, 20, 16))
        body.addLayout(row(label(title, "subject"), self.year, None))
        for part in (
            label(
                _("By law, on fixed days (Labour Code, Article 112), with the days off in exchange"),
                "second",
                wrap=True,
            ),
            self.law,
            self.state,
            self.missing,
        ):
            body.addWidget(part)
        body.addLayout(row(self.take, None))
        set_for = _("Set for this year: day and name, one a line; “works” after a day that is worked")
        body.addWidget(label(set_for, "second", wrap=True))
        body.addWidget(self.days)
        body.addWidget(self.said)
        body.addLayout(row(self.forget, None, button(_("Close"), self.reject), self.keep))
        self.setLayout(body)
        self._read()

    def _read(self) -> None:
        held = deadlines.year_holidays(self._session.record, year=self.year.value())
        self.law.setText(", ".join(f"{day.day:02d}/{day.month:02d}" for day in held.by_law))
        if held.known:
            self.state.show_state(Sign.CHECKED, _("The list of {year} is known").format(year=held.year), Tone.GOOD)
            self.missing.setText("")
        else:
            self.state.show_state(Sign.SOON, _("Provisional: not decreed or not typed yet"), Tone.WARN)
            self.missing.setText("\n".join(_computed(held.proposed)))
        self.missing.setVisible(not held.known)
        self.take.setVisible(bool(held.proposed))
        self.days.setPlainText("\n".join(_line(one) for one in held.given))
        self.forget.setEnabled(held.known)
        self._say("")

    def _take(self) -> None:
        """Write the computed days as a list to be mended and saved; nothing is set by it."""
        computed = deadlines.proposed(self.year.value())
        self.days.setPlainText("\n".join(_line(one) for one in computed))
        self._say("")
        self.days.setFocus()

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        mark(self.said, tone=Tone.BAD.value if text else "")

    def typed(self) -> list[Holiday]:
        """The list as typed; ValueError with the line that is no day."""
        lines = self.days.toPlainText().splitlines()
        return [read_holiday(line, self.year.value()) for line in lines if line.strip()]

    def _save(self) -> None:
        try:
            given = self.typed()
        except ValueError as fault:
            self._say(_("“{text}” does not begin with a day of the year, as 27/01.").format(text=fault))
            return
        year = self.year.value()
        done = self._session.write(lambda record: deadlines.put_holidays(record, year=year, days=given))
        if done is not None:
            self._read()

    def _forget(self) -> None:
        year = self.year.value()
        if self._session.write(lambda record: deadlines.put_holidays(record, year=year, days=None)) is not None:
            self._read()


def _computed(days: Sequence[Holiday]) -> list[str]:
    """The computed days, a line for each holiday: its name and days."""
    by_name: dict[str, list[date]] = {}
    for one in days:
        by_name.setdefault(one.name, []).append(one.day)
    told = [f"{name}: {', '.join(f'{day:%d/%m}' for day in own)}" for name, own in by_name.items()]
    return [*told, _("Days exchanged by decision are not among them: due dates that may fall on them are provisional.")]


def read_holiday(line: str, year: int) -> Holiday:
    """27/01 Tết, 27/01/2025 Tết, 01/02 làm bù: a day of the year and its name; ValueError with the line."""
    day, _space, name = line.strip().partition(" ")
    parts = day.rstrip(":;,").split("/")
    if len(parts) not in (2, 3) or not all(part.isdigit() for part in parts):
        raise ValueError(line.strip())
    if len(parts) == 3 and int(parts[2]) not in (year, year % 100):
        raise ValueError(line.strip())
    try:
        found = date(year, int(parts[1]), int(parts[0]))
    except ValueError:
        raise ValueError(line.strip()) from None
    name = name.strip()
    works = name.casefold() in _WORKS
    return Holiday(found, "" if works else name, works)


_WORKS = frozenset({"làm bù", "đi làm", "làm việc", "works"})


def _line(one: Holiday) -> str:
    day = f"{one.day.day:02d}/{one.day.month:02d}"
    return f"{day} {_('works')}" if one.works else f"{day} {one.name}".strip()
