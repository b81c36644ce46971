"""The page of units: the tree at the left; at the right the timeline of the unit chosen, or the map's proposals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QWidget

from desktop.application.acts_history import Event
from desktop.application.acts_words import KINDS
from desktop.application.proposals import Proposal
from desktop.domain.units import REFORM
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.screens.catalogue.units.tree import UnitTree
from desktop.ui.style import fonts
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Empty, Panel, button, column, row
from desktop.ui.widgets.tables import Column, RowsModel, Table


class UnitsPage(QWidget):
    """Widgets only; the part joins them with the record."""

    def __init__(self) -> None:
        super().__init__()
        self.day = QLineEdit()
        self.day.setFixedWidth(92)
        self.day.setAccessibleName(_("Units as of"))
        self.tree = UnitTree()
        self.enter = button(_("Enter an act…"), kind="primary")
        left = Panel(_("Units as of"))
        left.add_to_head(self.day)
        left.add(self.tree, 1)
        left.add_foot(self.enter, None)
        self._left, self._title = left, ""
        self.set_compact(compact=False)
        self.tabs = {
            "timeline": button(_("Through time"), kind="switch"),
            "proposals": button(_("Proposals of the map"), kind="switch"),
        }
        for key, tab in self.tabs.items():
            self._name_tab(key, tab.text())
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.clicked.connect(lambda _checked=False, key=key: self.choose(key))
        self.right = Panel(" ")
        self._stack = QStackedLayout()
        self.timeline = Table(RowsModel(_event_columns()), name=_("Through time"), lines=2)
        self.undo = button(_("Undo the act…"))
        self.undo.setEnabled(False)
        self.proposals = Table(RowsModel(_proposal_columns()), name=_("Proposals of the map"), lines=2)
        self.confirm_sure = button(_("Confirm all sure ones"), kind="primary")
        self.confirm_one = button(_("Look and confirm…"))
        self.nothing = Empty(_("Choose a unit"), _("Its names, codes and acts through time are shown here."))
        body = QWidget()
        body.setLayout(self._stack)
        for part in (
            _with_foot(self.timeline, self.undo),
            _with_foot(self.proposals, self.confirm_one, self.confirm_sure),
            self.nothing,
        ):
            self._stack.addWidget(part)
        self.right.add(body, 1)
        for tab in self.tabs.values():
            self.right.add_to_head(tab)
        whole = row(left, gap=10)
        whole.addWidget(self.right, 1)
        self.setLayout(whole)
        self.choose("timeline")

    def set_compact(self, *, compact: bool) -> None:
        """Use little room."""
        self._left.setFixedWidth(262 if compact else 318)

    def _name_tab(self, key: str, text: str) -> None:
        # The chosen one is bold: it must not need more room then.
        self.tabs[key].setText(text)
        self.tabs[key].setMinimumWidth(QFontMetrics(fonts.font(fonts.TEXT, 600)).horizontalAdvance(text) + 26)

    def choose(self, key: str) -> None:
        """Show the timeline or the proposals."""
        self.shown = key
        self.tabs[key].setChecked(True)
        self._place()

    def _place(self) -> None:
        if self.shown == "proposals":
            self.right.set_title(_("Old communes into new ones on {day}").format(day=words.day(REFORM)))
            self._stack.setCurrentIndex(1)
        else:
            self.right.set_title(self._title or " ")
            self._stack.setCurrentIndex(0 if self.timeline.rows_model.rows else 2)

    def show_timeline(self, title: str, events: Sequence[Event]) -> None:
        """What the unit chosen was through time."""
        self._title = title
        self.timeline.rows_model.show(events)
        self.undo.setEnabled(False)
        self._place()

    def show_proposals(self, found: Sequence[Proposal]) -> None:
        """What the map proposes: open ones of the office first, then open ones, then those confirmed."""
        ranked = sorted(found, key=lambda one: (one.is_confirmed, not one.is_ours, one.is_sure))
        self.proposals.rows_model.show(ranked)
        left = sum(not one.is_confirmed for one in found)
        self._name_tab("proposals", _("Proposals of the map ({count})").format(count=left))
        self.confirm_sure.setEnabled(any(one.is_sure and not one.is_confirmed for one in found))
        self.confirm_one.setEnabled(False)


def _with_foot(table: Table, *parts: QWidget) -> QWidget:
    made = Panel()
    made.setProperty("kind", "")
    made.add(table, 1)
    made.add_foot(None, *parts)
    whole = QWidget()
    whole.setLayout(column(made, gap=0))
    return whole


def _day(day: date | None) -> str:
    return words.day(day) if day else _("before the record")


def _event_columns() -> list[Column[Event]]:
    return [
        Column(_("From"), lambda one: _day(one.day), width=118),
        Column(
            _("Unit"),
            lambda one: _("ended") if one.ends else one.name,
            second=lambda one: (
                _("into {names}").format(names=", ".join(one.after))
                if one.after
                else _("from {names}").format(names=", ".join(one.before))
                if one.before
                else one.parent
            ),
            stretch=True,
            strong=lambda one: not one.ends,
            tone=lambda one: Tone.MUTE if one.ends else None,
            tip=lambda one: ", ".join((*one.before, *one.after)) or one.name,
        ),
        Column(_("Code"), lambda one: "" if one.ends else one.code, width=84),
        Column(
            _("Act"),
            lambda one: render(KINDS[one.act.kind]) if one.act else _("proposed by the map") if one.is_proposed else "",
            second=lambda one: one.act.basis if one.act else _("not confirmed") if one.is_proposed else "",
            sign=lambda one: Sign.INFO if one.is_proposed or (one.act and one.act.provisional) else None,
            tip=_act_tip,
            width=236,
        ),
    ]


def _act_tip(one: Event) -> str:
    if one.act is None:
        return ""
    told = f"{render(KINDS[one.act.kind])} · {words.day(one.act.date)} · {one.act.basis}"
    return f"{told}\n{_('Provisional, until the office above says its word')}" if one.act.provisional else told


def _proposal_columns() -> list[Column[Proposal]]:
    return [
        Column(
            _("New unit"),
            lambda one: one.draft.tos[0].name or "",
            second=lambda one: one.draft.tos[0].code or "",
            strong=lambda one: one.is_ours,
            width=168,
        ),
        Column(
            _("Parts"),
            lambda one: ", ".join(part.name for part in one.parts),
            second=lambda one: ", ".join(f"{part.code}" for part in one.parts),
            tip=lambda one: "\n".join(_part_line(part.name, part.whole, part.second) for part in one.parts),
            stretch=True,
        ),
        Column(
            _("State"),
            lambda one: _("confirmed") if one.is_confirmed else _("sure") if one.is_sure else _("look at it"),
            second=lambda one: "" if one.is_sure or one.is_confirmed else _doubt(one),
            sign=lambda one: Sign.CHECKED if one.is_confirmed else None if one.is_sure else Sign.WARNING,
            tone=lambda one: Tone.GOOD if one.is_confirmed else None if one.is_sure else Tone.WARN,
            width=196,
        ),
    ]


def _doubt(one: Proposal) -> str:
    if any(not part.whole for part in one.parts):
        return _("in part")
    return _second(next(part.second for part in one.parts if part.second != "agrees"))


def _second(word: str) -> str:
    told = {
        "agrees": _("both lists agree"),
        "other extent": _("whole or in part?"),
        "differs": _("the lists differ"),
        "absent": _("in one list only"),
    }
    return told.get(word, word)


def _part_line(name: str, whole: bool, second: str) -> str:
    extent = _("whole") if whole else _("in part")
    return f"{name}: {extent}, {_second(second)}"
