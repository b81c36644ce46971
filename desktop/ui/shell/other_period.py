"""Kỳ khác…: any period that has a name, calendar or to day 14, or any days; its first and last day are shown."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QSpinBox, QWidget

from desktop.domain.periods import ROMAN, Calendar, Period
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.days import read_day
from desktop.ui.widgets.parts import button, column, label, row

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2099
SIZES: Final = {"month": 1, "quarter": 3, "half": 6, "cumulative": 1, "year": 12}


class OtherPeriodDialog(QDialog):
    """Length, part, year and calendar of a period; `period` is what they say, None while they say none."""

    def __init__(self, parent: QWidget, period: Period) -> None:
        super().__init__(parent)
        title = _("Another period")
        self.setWindowTitle(title)
        self.setFixedWidth(400)
        self.period: Period | None = period
        self._today = period.last
        self.length, self.part = QComboBox(), QComboBox()
        for key, name in (
            ("month", _("Month")),
            ("quarter", _("Quarter")),
            ("half", _("Half a year")),
            ("cumulative", _("From 1 January to the end of a month")),
            ("year", _("Year")),
            ("years", _("Several years")),
            ("days", _("Any days")),
        ):
            self.length.addItem(name, key)
        self.length.setAccessibleName(_("Length of the period"))
        self.part.setAccessibleName(_("Part of the year"))
        self.year, self.until = self._year(_("Year"), period.year), self._year(_("To the year"), period.year)
        self.first, self.last = QLineEdit(words.day(period.first)), QLineEdit(words.day(period.last))
        self.first.setAccessibleName(_("First day"))
        self.last.setAccessibleName(_("Last day"))
        self.to_day_14 = QCheckBox(_("Months end on day 14 (management reports)"))
        self.shown = label("", "second", wrap=True)
        self.choose = button(_("Choose"), self.accept, kind="primary")
        body = column(label(title, "subject"), gap=8, margins=(20, 18, 20, 16))
        body.addWidget(self.length)
        body.addLayout(row(self.part, self.year, self.until, self.first, self.last, None))
        body.addWidget(self.to_day_14)
        body.addWidget(self.shown)
        body.addLayout(row(None, button(_("Close"), self.reject), self.choose))
        self.setLayout(body)
        self.length.currentIndexChanged.connect(self._offer_parts)
        self.to_day_14.toggled.connect(self._tell)
        self.part.currentIndexChanged.connect(self._tell)
        for spin in (self.year, self.until):
            spin.valueChanged.connect(self._tell)
        for edit in (self.first, self.last):
            edit.textChanged.connect(self._tell)
        self._offer_parts()

    def _year(self, name: str, year: int) -> QSpinBox:
        made = QSpinBox()
        made.setRange(FIRST_YEAR, LAST_YEAR)
        made.setValue(year)
        made.setMaximumWidth(76)
        made.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        made.setAccessibleName(name)
        return made

    def _offer_parts(self) -> None:
        length = self.length.currentData()
        count = 12 // SIZES.get(length, 12)
        names = {
            "quarter": [_("Quarter {part}").format(part=one) for one in ROMAN],
            "half": [_("first half"), _("second half")],
        }
        months = [_("month {month}").format(month=month) for month in range(1, 13)]
        self.part.clear()
        self.part.addItems(names.get(length, months)[:count] if count > 1 else [])
        self.part.setVisible(count > 1)
        self.year.setVisible(length != "days")
        self.until.setVisible(length == "years")
        self.first.setVisible(length == "days")
        self.last.setVisible(length == "days")
        self.to_day_14.setVisible(length not in ("days", "years"))
        self._tell()

    def _tell(self) -> None:
        self.period = self._made()
        self.choose.setEnabled(self.period is not None)
        if self.period is None:
            self.shown.setText(_("No such period."))
            return
        name, first, last = words.period_name(self.period), self.period.first, self.period.last
        self.shown.setText(f"{name}: {words.day(first)} – {words.day(last)}")

    def _made(self) -> Period | None:
        length, year, part = self.length.currentData(), self.year.value(), max(self.part.currentIndex(), 0)
        if length == "days":
            first, last = (read_day(edit.text(), self._today) for edit in (self.first, self.last))
            if first is None or last is None or not date(FIRST_YEAR, 1, 1) <= first <= last <= date(LAST_YEAR, 12, 31):
                return None
            return Period(first, last)
        if length == "years":
            until = self.until.value()
            return Period.of_months(year, 1, until, 12) if year <= until else None
        size = SIZES[length]
        start = 1 if length == "cumulative" else part * size + 1
        calendar = Calendar.DAY14 if self.to_day_14.isChecked() else Calendar.CALENDAR
        return Period.of_months(year, start, year, (part + 1) * size, calendar)
