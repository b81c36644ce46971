"""Theo dõi: the children somebody should look after, village by village."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from desktop.application import access
from desktop.application.children_follow import Followed, Why, follow_up
from desktop.domain.growth.classes import Class, acute_words, class_words
from desktop.domain.growth.scores import Index, Score
from desktop.domain.text import fold
from desktop.system.i18n import _, render
from desktop.ui import words as window_words
from desktop.ui.places import Target
from desktop.ui.screens.children import words
from desktop.ui.screens.children.part import Part
from desktop.ui.screens.children.session_names import session_name, sessions_of
from desktop.ui.screens.children.switching import FollowSwitch
from desktop.ui.screens.children.visits import ground, is_severe
from desktop.ui.screens.entry import clipboard
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.filtering import FilterBox
from desktop.ui.widgets.parts import Empty, Panel, button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.children.screen import ChildrenScreen

SIGNS: Final = {
    Why.SEVERE: (Sign.OFF_PATH, Tone.BAD),
    Why.MODERATE: (Sign.WARNING, Tone.WARN),
    Why.FALTERING: (Sign.WARNING, Tone.WARN),
    Why.OVERDUE: (Sign.LATE, Tone.BAD),
}
ALL: Final = "all"
SEX, MOTHER, WEIGHT, HEIGHT = 1, 3, 5, 6
"""Columns that give way where there is little room."""


@dataclass(frozen=True, slots=True)
class Line:
    """A case, or the head of a village."""

    village: str
    followed: Followed | None = None
    count: int = 0


class FollowView(QWidget):
    """Filters, the list, what to do."""

    def __init__(self) -> None:
        super().__init__()
        self.villages = QComboBox()
        self.villages.setAccessibleName(_("Village"))
        self.villages.setMinimumWidth(150)
        self.villages.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.model: RowsModel[Line] = RowsModel(_columns(), group=lambda line: line.followed is None)
        self.table = Table(self.model, name=_("Children to follow up"))
        self.search = FilterBox(_("Find a child on the list"))
        self.search.setPlaceholderText(_("Name, mother, village"))
        self.filters: dict[str, QPushButton] = {}
        line = row(gap=0)
        for key in (ALL, *Why):
            made = button("", kind="switch")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            self.filters[key] = made
            line.addWidget(made)
        self.filters[ALL].setChecked(True)
        switch = QWidget()
        switch.setLayout(line)
        self.switch = FollowSwitch()
        self.told = label("", "head")
        self.rule = label(
            _(
                "Faltering: lost weight, or 0.67 SD of weight for age. Weighed again: after 1 month (severe), "
                "3 months (moderate), 6 months."
            ),
            "hint",
        )
        self.copy = button(_("Copy the list"), tip=_("For Excel or a message  Ctrl+C"))
        self.paper = button(_("Print…"), icon="print_16_regular", tip=_("See, save and print the list  Ctrl+P"))
        self.paper.setAccessibleName(_("Print…"))
        self.treat = button(_("Treatment…"), kind="small", tip=_("Put the child on the register of acute malnutrition"))
        self.panel = Panel()
        head = QWidget()
        head.setLayout(row(self.switch, self.told, None, self.rule, margins=(8, 0, 11, 0)))
        head.setFixedHeight(36)
        self.panel.add(head)
        self.panel.add(self.table, 1)
        self.empty = Empty("", "")
        self.panel.add(self.empty, 1)
        self.panel.add_foot(switch, self.search, None, label(_("Enter: the child's page"), "hint"), self.treat)
        self.setLayout(column(self.panel, gap=0))


class FollowPart(Part):
    """The list of the commune shown, on the last day of the period or today."""

    def __init__(self, screen: ChildrenScreen) -> None:
        super().__init__(screen)
        self._view = FollowView()
        self.filter: str = ALL
        self._found: list[Followed] = []
        self._looked: set[str] = set()
        view = self._view
        for key, made in view.filters.items():
            made.clicked.connect(partial(self.choose_filter, key))
        view.villages.activated.connect(lambda _at: self._arrange())
        view.search.textChanged.connect(lambda _text: self._arrange())
        view.table.row_opened.connect(self._open)
        view.copy.clicked.connect(self.copy_list)
        view.paper.clicked.connect(self.open_paper)
        view.treat.clicked.connect(self.ask_treatment)
        view.switch.chosen.connect(screen.show_part)
        QShortcut(QKeySequence("Ctrl+P"), view, self.open_paper)
        QShortcut(QKeySequence.StandardKey.Copy, view, self.copy_list)
        QShortcut(QKeySequence("Ctrl+F"), view, view.search.setFocus)

    @property
    def view(self) -> FollowView:
        """The page."""
        return self._view

    @property
    def tools(self) -> Sequence[QWidget]:
        """Which village, copying."""
        return (self._view.villages, self._view.copy, self._view.paper)

    def load(self) -> None:
        """Read the list anew."""
        commune = self.screen.commune
        self._view.switch.show_part("follow")
        self._found = []
        if commune is not None:
            self._found = follow_up(self.session.record, communes=[commune.uid], day=self.session.day)
            self._note_look(commune.uid)
        self._show_villages()
        self._arrange()

    def _note_look(self, unit: str) -> None:
        if unit not in self._looked:
            self._looked.add(unit)
            rows, day = len(self._found), self.session.day.isoformat()
            self.session.write(lambda record: access.look(record, what="list", unit=unit, about=day, rows=rows))

    def _show_villages(self) -> None:
        box, held = self._view.villages, self._view.villages.currentData()
        names = list(dict.fromkeys(one.case.child.village for one in self._found))
        box.clear()
        box.addItem(_("All villages"), None)
        for name in names:
            box.addItem(name or _("village unknown"), name)
        box.setCurrentIndex(max(0, box.findData(held)))

    def choose_filter(self, key: str, _on: bool = True) -> None:
        """All, or one reason."""
        self.filter = key
        self._view.filters[key].setChecked(True)
        self._arrange()

    def _arrange(self) -> None:
        view, village = self._view, self._view.villages.currentData()
        wanted = fold(view.search.text()).split()
        here = [
            one
            for one in self._found
            if village in (None, one.case.child.village) and all(word in _said(one) for word in wanted)
        ]
        kept = [one for one in here if self.filter == ALL or self.filter in one.case.whys]
        view.model.show(_grouped(kept))
        names: dict[str, str] = {ALL: _("All")} | {why.value: word(why) for why in Why}
        for key, made in view.filters.items():
            number = len(here) if key == ALL else sum(key in one.case.whys for one in here)
            made.setText(f"{names[key]} ({number})" if number else names[key])
        commune = self.screen.commune
        day = window_words.day(self.session.day)
        view.told.setText(
            _("{commune}: {count} children to follow up on {day}").format(
                commune=window_words.unit_name(commune.name), count=len(kept), day=day
            )
            if commune is not None
            else ""
        )
        view.table.setVisible(bool(kept))
        view.empty.setVisible(not kept)
        is_filtered = bool(self._found)
        view.empty.title.setText(_("No child fits the filter") if is_filtered else _("No child needs follow-up"))
        view.empty.text.setText(
            _("The others are still on the list.")
            if is_filtered
            else _("The list fills from the weighing sessions: severe, moderate, faltering, not weighed for long.")
        )
        if kept:
            view.table.selectRow(1)

    def _open(self, line: Line) -> None:
        if line.followed is not None:
            self.screen.open_child(line.followed.case.child.uid)

    def ask_treatment(self) -> None:
        """Put the child in hand on the register, or change its line."""
        from desktop.ui.screens.children.care.acts import ask_treatment

        line = self._view.table.chosen()
        if line is not None and line.followed is not None:
            ask_treatment(self._view, self.session, line.followed.case.child.uid)

    def open_paper(self) -> None:
        """The list on paper: as it stands now or after a session, of all villages or the one chosen."""
        from desktop.ui.screens.children.papers import open_follow_up

        commune, box = self.screen.commune, self._view.villages
        if commune is None:
            return
        known = [(session_name(one), one.uid) for one in sessions_of(self.session, commune)]
        villages = [box.itemData(at) for at in range(1, box.count())]
        open_follow_up(
            self._view, self.session, unit=commune.code or f"uid:{commune.uid}", known=known, villages=villages,
            village=box.currentData(),
        )  # fmt: skip

    def copy_list(self) -> None:
        """The list as text for Excel or a message."""
        heads = [known.title for known in self._view.model.columns]
        lines = [
            [known.text(line).replace("\u2212", "-") for known in self._view.model.columns]
            for line in self._view.model.rows
            if line.followed is not None
        ]
        QGuiApplication.clipboard().setText(clipboard.join([heads, *lines]))
        self.session.say(say("Copied {count} children. Names leave this program with it.", count=len(lines)))

    def hint(self) -> str:
        """What the list counts."""
        return _("Enter: the child's page")

    def set_compact(self, compact: bool) -> None:
        """Fewer words above the list."""
        self._view.rule.setVisible(not compact)
        self._view.paper.setText("" if compact else _("Print…"))
        self._view.villages.setMinimumWidth(110 if compact else 150)
        self._view.copy.setProperty("away", compact)
        self._view.copy.setVisible(not compact and self._view.isVisible())
        for at in (SEX, MOTHER, WEIGHT, HEIGHT):
            self._view.table.setColumnHidden(at, compact)

    def go(self, target: Target) -> None:
        """The keyboard works in the list."""
        self._view.table.setFocus()


def word(why: Why) -> str:
    """A reason in one word."""
    return {
        Why.SEVERE: _("Severe"),
        Why.MODERATE: _("Moderate"),
        Why.FALTERING: _("Faltering"),
        Why.OVERDUE: _("Weigh again"),
    }[why]


def told(followed: Followed) -> str:
    """All reasons in words: the classes, faltering, since when weighing is due."""
    case = followed.case
    said = [render(class_words(index, found)) for index, found in case.found]
    if case.arm in (Class.GRADE_1, Class.GRADE_2) and case.arm is not None:
        said.append(render(acute_words(case.arm)))
    if Why.FALTERING in case.whys:
        said.append(_("faltering"))
    if Why.OVERDUE in case.whys and case.due is not None:
        said.append(_("weigh again since {day}").format(day=f"{case.due:%d/%m/%Y}"))
    return ", ".join(dict.fromkeys(said))


def _said(followed: Followed) -> str:
    child = followed.case.child
    return fold(f"{child.name} {child.mother} {child.village}")


def _grouped(found: Sequence[Followed]) -> list[Line]:
    lines: list[Line] = []
    by_village: dict[str, list[Followed]] = {}
    for one in found:
        by_village.setdefault(one.case.child.village, []).append(one)
    for village, some in by_village.items():
        lines.append(Line(village, count=len(some)))
        lines += [Line(village, one) for one in some]
    return lines


def _columns() -> list[Column[Line]]:
    made: list[Column[Line]] = [
        Column(_("Full name"), _name, second=None, width=170),
        Column(_("Sex"), lambda line: words.sex(line.followed.case.child.sex) if line.followed else "", width=44),
        Column(_("Born on"), lambda line: words.born(line.followed.case.child) if line.followed else "", width=84),
        Column(_("Mother"), lambda line: line.followed.case.child.mother if line.followed else "", width=130),
        Column(_("Weighed on"), _day, width=84),
        Column(_("Weight"), _weight, number=True, width=74),
        Column(_("Height"), _height, number=True, width=54),
        *(_score(title, index) for title, index in ((_("H/A"), Index.HA), (_("W/A"), Index.WA), (_("W/H"), Index.WH))),
        Column(
            _("Why"), lambda line: told(line.followed) if line.followed else "", sign=_sign, tone=_tone, stretch=True
        ),
    ]
    return made


def _name(line: Line) -> str:
    if line.followed is not None:
        return line.followed.case.child.name
    name = line.village or _("village unknown")
    return f"{name} ({line.count})"


def _day(line: Line) -> str:
    last = line.followed.case.last if line.followed else None
    return last.measurement.day.strftime("%d/%m/%Y") if last else _("never") if line.followed else ""


def _weight(line: Line) -> str:
    last = line.followed.case.last if line.followed else None
    return words.kilograms(last.measurement.weight) if last else ""


def _height(line: Line) -> str:
    last = line.followed.case.last if line.followed else None
    return words.centimetres(last.measurement.lenhei) if last else ""


def _score(title: str, index: Index) -> Column[Line]:
    def of(line: Line) -> Score | None:
        last = line.followed.case.last if line.followed else None
        return last.scores.of(index) if last else None

    return Column(
        title,
        lambda line: words.score(of(line)),
        ground=lambda line: ground(of(line)),
        strong=lambda line: is_severe(of(line)),
        number=True,
        width=56,
    )


def _sign(line: Line) -> Sign | None:
    return SIGNS[line.followed.case.worst][0] if line.followed else None


def _tone(line: Line) -> Tone | None:
    return SIGNS[line.followed.case.worst][1] if line.followed else None
