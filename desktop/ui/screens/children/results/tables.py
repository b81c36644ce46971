"""The tables of the results: the forms of malnutrition, the groups of children, the periods before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.domain.growth.levels import Form, Level, level_words
from desktop.domain.nutrition import FORMS, Cases, Tally
from desktop.system.i18n import _, grouped, render
from desktop.ui import figures
from desktop.ui.screens.children.results.reading import GroupRow, TrendRow
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.parts import column, rule
from desktop.ui.widgets.tables import Column, RowsModel, Table

_TONES = {Level.HIGH: Tone.WARN, Level.VERY_HIGH: Tone.BAD}


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form of malnutrition with its cases."""

    form: Form
    cases: Cases


def form_name(form: Form) -> str:
    """Thấp còi, nhẹ cân, gầy còm, thừa cân."""
    return {
        Form.STUNTING: _("Stunted"),
        Form.UNDERWEIGHT: _("Underweight"),
        Form.WASTING: _("Wasted"),
        Form.OVERWEIGHT: _("Overweight, obese"),
    }[form]


def percent(value: Fraction | None) -> str:
    """26,4; nothing where it cannot be computed."""
    return figures.rate(value)


def limits(cases: Cases) -> str:
    """25,4–27,5."""
    found = cases.limits
    return "" if found is None else f"{figures.rate(found.lower)}–{figures.rate(found.upper)}"


class FormsTable(Table):
    """The four forms; the one chosen is what the groups and the chart speak of."""

    def __init__(self) -> None:
        self.forms: RowsModel[FormRow] = RowsModel(
            [
                Column(_("Form of malnutrition"), lambda row: form_name(row.form), stretch=True),
                Column(_("Counted"), lambda row: grouped(row.cases.counted), number=True, width=72),
                Column(_("Grade I"), lambda row: grouped(row.cases.first), number=True, width=58, tip=_grade_tip),
                Column(_("Grade II"), lambda row: grouped(row.cases.second), number=True, width=58, tip=_grade_tip),
                Column(
                    _("Rate, %"), lambda row: percent(row.cases.rate), number=True, width=58, strong=lambda _r: True
                ),
                Column(_("95% interval"), lambda row: limits(row.cases), number=True, width=92),
                Column(_("Public-health level"), _level, tone=_level_tone, width=112),
            ]
        )
        super().__init__(self.forms, name=_("Forms of malnutrition"))
        self.setFixedHeight(28 + 4 * self.row_height + 2)

    def show_total(self, total: Tally) -> None:
        """Other results; the form chosen stays."""
        at = max(0, self.currentIndex().row())
        self.forms.show([FormRow(form, total.of(form)) for form in FORMS])
        self.selectRow(at)


def _grade_tip(row: FormRow) -> str:
    if row.form is Form.OVERWEIGHT:
        return _("Grade I: overweight, above +2 SD; grade II: obese, above +3 SD.")
    return _("Grade I: from −3 to below −2 SD; grade II: below −3 SD.")


def _level(row: FormRow) -> str:
    found = row.cases.level(row.form)
    return "" if found is None else render(level_words(found))


def _level_tone(row: FormRow) -> Tone | None:
    found = row.cases.level(row.form)
    return None if found is None else _TONES.get(found)


class GroupsTable(Table):
    """Groups of children: reached beside listed, and the chosen form with both grades, rate and interval."""

    def __init__(self) -> None:
        self.form = Form.STUNTING
        self.groups: RowsModel[GroupRow] = RowsModel(
            [
                Column(_("Group"), lambda row: row.name, stretch=True, strong=_strong),
                self._number(_("Listed"), lambda row: _count(row.tally.listed), 76),
                self._number(_("Measured"), lambda row: grouped(row.tally.measured), 54),
                self._number(_("Coverage, %"), lambda row: percent(row.tally.coverage), 78),
                self._number(_("Grade I"), lambda row: self._cases(row, lambda cases: cases.first), 44),
                self._number(_("Grade II"), lambda row: self._cases(row, lambda cases: cases.second), 48),
                self._number(_("Rate, %"), lambda row: percent(row.tally.of(self.form).rate), 58),
                self._number(_("95% interval"), lambda row: limits(row.tally.of(self.form)), 88),
            ]
        )
        super().__init__(self.groups, name=_("Results by group of children"))
        self.whole = self._above_its_foot()

    def _above_its_foot(self) -> QWidget:
        """The groups scroll, all together stay in sight below them, column under column."""
        self.together: RowsModel[GroupRow] = RowsModel([replace(one, title="") for one in self.groups.columns])
        self.foot = Table(self.together, name=_("All together"), marks_rows=False)
        self.foot.setFixedHeight(self.row_height + 2)
        self.foot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for policy in (self.foot.setVerticalScrollBarPolicy, self.foot.setHorizontalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.foot.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().sectionResized.connect(lambda at, _old, wide: self.foot.setColumnWidth(at, wide))
        whole = QWidget()
        lines = column(self, rule(), self.foot, gap=0)
        lines.setStretch(0, 1)
        whole.setLayout(lines)
        return whole

    def _number(self, title: str, text: Callable[[GroupRow], str], width: int) -> Column[GroupRow]:
        return Column(title, text, number=True, width=width, strong=_strong, tip=self._tip)

    def _cases(self, row: GroupRow, of: Callable[[Cases], int]) -> str:
        cases = row.tally.of(self.form)
        return grouped(of(cases)) if cases.counted else ""

    def _tip(self, row: GroupRow) -> str:
        told = (
            _("{form}: {found} of {counted}").format(
                form=form_name(form), found=row.tally.of(form).found, counted=row.tally.of(form).counted
            )
            for form in FORMS
        )
        return "\n".join((row.name, *told))

    def show_groups(self, rows: list[GroupRow], form: Form) -> None:
        """Other groups, or another form."""
        self.form = form
        self.groups.show([row for row in rows if not row.strong])
        self.together.show([row for row in rows if row.strong])
        self.foot.setVisible(bool(self.together.rows))


def _strong(row: GroupRow) -> bool:
    return row.strong


def _count(number: int | None) -> str:
    return _("no list") if number is None else grouped(number)


class TrendTable(Table):
    """A row a period or a round of sessions, the newest last; the past has no lists, so no coverage."""

    def __init__(self) -> None:
        self.points: RowsModel[TrendRow] = RowsModel(
            [
                Column(_("Period, session"), lambda point: point.name, stretch=True),
                Column(_("Measured"), lambda point: grouped(point.tally.measured), number=True, width=66),
                *(self._rate(form, title) for form, title in _SHORT),
            ]
        )
        super().__init__(self.points, name=_("The periods before"))

    @staticmethod
    def _rate(form: Form, title: Callable[[], str]) -> Column[TrendRow]:
        def text(point: TrendRow) -> str:
            return percent(point.tally.of(form).rate)

        return Column(title(), text, number=True, width=82)


_SHORT: tuple[tuple[Form, Callable[[], str]], ...] = (
    (Form.STUNTING, lambda: _("Stunted, %")),
    (Form.UNDERWEIGHT, lambda: _("Underweight, %")),
    (Form.WASTING, lambda: _("Wasted, %")),
    (Form.OVERWEIGHT, lambda: _("Overweight, %")),
)
