"""What is done with the forms chosen on the board: asked about once, written as one change on the writer's thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from desktop.application.stepping import RECEIVE, Said
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.days import read_day
from desktop.ui.dialogs.ask import Ask, Choice
from desktop.ui.screens.board.acting import places_of
from desktop.ui.screens.board.model import Spot
from desktop.ui.screens.entry.stepping import take_with_many
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.parts import label
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.board.way import BoardWay


class Deeds:
    """Complete, check, return, lock, reopen, and the day of receipt, of all forms chosen that may take it."""

    def __init__(self, way: BoardWay) -> None:
        self._way = way

    def day_of(self, spots: Sequence[Spot]) -> str:
        """The day of receipt to begin with: the one all of them have, else today."""
        days = {spot.cell.received_on for spot in spots}
        known = days.pop() if len(days) == 1 else None
        return words.day(known or self._way.session.today()) if spots else ""

    def act(self, name: str) -> None:
        """Do it with every form chosen that may take it."""
        spots = self._way.spots()
        told = self._way.view.side.told
        if name == RECEIVE:
            self._receive(spots)
            return
        if told is None:
            return
        may = [spot for spot, _act in told.may(name)]
        needs = sum(act.needs_reason for _spot, act in told.may(name))
        asked = self._asked(name, may, needs)
        if asked is not None:
            reason, by = asked
            self._take(may, name, Said(reason or None, by, if_unknown=self._way.session.today()))

    def _receive(self, spots: Sequence[Spot]) -> None:
        session, typed = self._way.session, self._way.view.side.day.text().strip()
        day = read_day(typed, session.today())
        if typed and day is None:
            session.say(say("“{text}” is not a day; it is written 14/01/2025.", text=typed), Tone.BAD)
            return
        self._take(spots, RECEIVE, Said(received_on=day))

    def _asked(self, name: str, spots: Sequence[Spot], needs: int) -> tuple[str, str | None] | None:
        """The reason and the way it goes back; None where a person would not."""
        if name in ("check", "lock") or (name == "complete" and not needs):
            return "", None
        title, text, deed = {
            "complete": (
                _("Complete the form of {communes}?"),
                _("{count} of the forms have cells that are not reported. One reason serves all.").format(count=needs),
                _("Complete"),
            ),
            "return": (_("Return the form of {communes}?"), _("It goes back into entry."), _("Return")),
            "reopen": (
                _("Reopen the form of {communes}?"),
                _("It becomes a correction; the next package carries it."),
                _("Reopen"),
            ),
        }[name]
        asked = Ask(
            self._way.view,
            title.format(communes=_named(spots)),
            text,
            (Choice("leave", _("Leave as it is")), Choice("deed", deed)),
            safe="leave",
            reason=_("Reason (needed)"),
            needs_reason=True,
        )
        by = QComboBox(asked)
        for key, how in (("phone", _("by phone")), ("paper", _("on paper")), ("package", _("with the next package"))):
            by.addItem(how, key)
        by.setVisible(name == "return")
        if name == "return":
            by.setAccessibleName(_("How it is returned"))
            asked.body.insertWidget(asked.body.count() - 1, label(_("How it is returned"), "second"))
            asked.body.insertWidget(asked.body.count() - 1, by)
        asked.exec()
        return (asked.reason, str(by.currentData())) if asked.answer == "deed" else None

    def _take(self, spots: Sequence[Spot], act: str, said: Said) -> None:
        way = self._way
        take_with_many(way.view, way.session, act, places_of(spots), said, stopped=way.load)


def _named(spots: Sequence[Spot]) -> str:
    names = list(dict.fromkeys(words.unit_name(spot.commune.name) for spot in spots))
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
