"""The acts of the office's page: the guided change, and the way back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.application.letterheads import UNDER_COMMUNE
from desktop.application.office_changing import take_back
from desktop.application.office_preview import usual_level
from desktop.application.office_settings import Dated, dated_settings
from desktop.application.units import last_day_of_seat
from desktop.domain.units import REFORM
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.dialogs.ask import confirm
from desktop.ui.screens.admin.office.dialog import OfficeDialog
from desktop.ui.screens.admin.office.page import OfficePage
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.wording import say


class OfficePart(QObject):
    """Joins the page of the office with what can be done."""

    def __init__(self, session: Session, page: OfficePage, window: QWidget) -> None:
        super().__init__(page)
        self._session, self._page, self._window = session, page, window
        page.reform_asked.connect(self.reform)
        page.change_asked.connect(self.change)
        page.back_asked.connect(self.take_back)

    def load(self) -> None:
        """Read the settings through time."""
        self._page.show_settings(dated_settings(self._session.record))

    def reform(self) -> None:
        """What the reform, or a merger, makes of this office; of a station whose commune goes on, the rule of 2026."""
        last = dated_settings(self._session.record)[-1]
        goes_on = last.office.level == "commune" and last_day_of_seat(self._session.record, day=UNDER_COMMUNE)
        day = UNDER_COMMUNE if goes_on == UNDER_COMMUNE else REFORM
        self.dialog(level=usual_level(last.office.level), day=day).exec()

    def change(self) -> None:
        """Anything else, from a day on."""
        self.dialog(level=self._level, day=self._session.today()).exec()

    @property
    def _level(self) -> str:
        return dated_settings(self._session.record)[-1].office.level

    def dialog(self, *, level: str, day: date) -> OfficeDialog:
        """The guided change, not shown yet."""
        title = _("Become an area health centre") if level != self._level else _("Change our office from a day")
        return OfficeDialog(self._window, self._session, level=level, day=day, title=title)

    def take_back(self, one: Dated) -> None:
        """Take back everything that was changed from a day, after asking."""
        day = one.valid_from
        if day is None:
            return
        agreed = confirm(
            self._window,
            _("Take back what was changed from {day}?").format(day=words.day(day)),
            _(
                "The settings before that day hold again, also after it. Figures stay: those of communes that are then "
                "no longer served are not shown until they are served again."
            ),
            deed=_("Take back"),
            leave=_("Leave it"),
        )
        if agreed is None:
            return
        if self._session.write(lambda record: take_back(record, valid_from=day)) is not None:
            self._session.say(say("Taken back: the settings from {day}.", day=words.day(day)), Tone.GOOD)
