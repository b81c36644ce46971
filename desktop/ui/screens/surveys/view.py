"""The page of a survey: the file and its columns at the left, rates and how far they can be believed at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QStackedWidget, QWidget

from desktop.application.survey_files import FIGURES, Holds, Row, SurveyChoice, Surveyed, SurveyTable, rows_of
from desktop.domain.growth.plausibility_lines import TINY, Judged, lines_of
from desktop.domain.growth.survey_words import VERDICTS, group_words
from desktop.domain.rounding import half_up
from desktop.system.i18n import _, render, shown
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.parts import Empty, Panel, button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table
from desktop.ui.words import capital

NOTHING: Final = -1
TONES: Final = {"acceptable": Tone.WARN, "problematic": Tone.BAD, "excellent": Tone.GOOD, "good": Tone.GOOD}
_WIDE, _NARROW = 340, 268
_SEVERE: Final = (3, 6)  # columns that give way where there is little room
_BANDS: Final = 4
_CLOSED, _FREE = 78, 16_777_215  # head and foot alone; as high as Qt lets it


class SurveyView(QWidget):
    """What is chosen, and what came of it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_compact = False
        self._judged: tuple[int, str] | None = None
        self._said = ""
        """What was read of the file."""
        self.open = button(_("Open a file…"), kind="small", icon="folder_open_16_regular")
        self.file = label(_("CSV, Excel or ODS: a row for each child, headings above."), "hint", wrap=True)
        self.boxes: dict[Holds, QComboBox] = {}
        self.by = [self._box(_("Group by")), self._box(_("and by"))]
        self.compute = button(_("Compute"), kind="primary")
        self.compute.setEnabled(False)
        self.lacks = label("", "hint", wrap=True)
        line = row(gap=10)
        line.addWidget(self._choosing())
        line.addWidget(self._results(), 1)
        self.setLayout(line)

    def _choosing(self) -> Panel:
        panel = self.left = Panel(_("Survey data"))
        panel.setFixedWidth(_WIDE)
        panel.add_to_head(self.open)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.file, 0, 0, 1, 2)
        for at, (holds, title) in enumerate(titles().items(), start=1):
            self.boxes[holds] = self._box(title)
            grid.addWidget(label(title), at, 0)
            grid.addWidget(self.boxes[holds], at, 1)
        for at, (box, title) in enumerate(zip(self.by, (_("Group by"), _("and by")), strict=True)):
            grid.addWidget(label(title), len(self.boxes) + 1 + at, 0)
            grid.addWidget(box, len(self.boxes) + 1 + at, 1)
        grid.addWidget(self.lacks, len(self.boxes) + 3, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        body = QWidget()
        body.setProperty("kind", "sheet")
        grid.setContentsMargins(11, 8, 11, 8)
        body.setLayout(grid)
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        panel.add(area, 1)
        panel.add_foot(None, self.compute)
        return panel

    def _box(self, title: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(title)
        box.setMinimumWidth(96)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setEnabled(False)
        box.activated.connect(lambda _at: self.changed.emit())
        return box

    def _results(self) -> QStackedWidget:
        self.empty = Empty(
            _("No survey is open"),
            _(
                "Surveys are computed with their design (clusters, strata, weights), apart from the routine weighing; "
                "nothing of them is written into the record."
            ),
        )
        self.rates: RowsModel[Row] = RowsModel(_rate_columns())
        self.tests: RowsModel[Judged] = RowsModel(_test_columns())
        self.rates_table = Table(self.rates, name=_("Rates with 95% limits"), lines=2)
        self.tests_table = Table(self.tests, name=_("How far the measurements can be believed"))
        self.told = label("", "hint", wrap=True)
        self.score = label("", "head")
        self.csv = button(_("Save CSV…"))
        self.pdf = button(_("Save PDF…"), icon="document_pdf_16_regular")
        self.more = button(_("Tests"), self._arrange, kind="small")
        self.more.setCheckable(True)
        self.more.setVisible(False)
        above = self.above = Panel(_("Rates with 95% limits"))
        above.add(self.rates_table, 1)
        below = self.below = Panel(_("How far the measurements can be believed"))
        below.add_to_head(self.score)
        below.add(self.tests_table, 1)
        below.add_foot(self.told, None, self.more, self.csv, self.pdf)
        found = QWidget()
        whole = column(gap=8)
        whole.addWidget(above, 5)
        whole.addWidget(below, 4)
        found.setLayout(whole)
        self.stack = QStackedWidget()
        blank = Panel()
        blank.add(self.empty, 1)
        self.stack.addWidget(blank)
        self.stack.addWidget(found)
        return self.stack

    def set_compact(self, compact: bool) -> None:
        """Rates or tests, one at a time, without the columns that can be spared."""
        self.is_compact = compact
        self.left.setFixedWidth(_NARROW if compact else _WIDE)
        for at in _SEVERE:
            self.rates_table.setColumnHidden(at, compact)
        self.tests_table.setColumnHidden(_BANDS, compact)
        self.more.setVisible(compact)
        self._arrange()
        self._show_score()

    def _arrange(self) -> None:
        tests = not self.is_compact or self.more.isChecked()
        self.tests_table.setVisible(tests)
        self.above.setVisible(not self.is_compact or not tests)
        self.below.setMaximumHeight(_CLOSED if not tests else _FREE)

    # ---- what is chosen ----

    def show_table(self, table: SurveyTable) -> None:
        """The columns of a file; what the headings say is chosen already."""
        guessed = table.guessed()
        heads = [(head or f"({at + 1})", at) for at, head in enumerate(table.heads)]
        for holds, box in self.boxes.items():
            _fill(box, heads, guessed.get(holds, NOTHING))
        for box in self.by:
            _fill(box, heads, NOTHING)
        self.empty.title.setText(_("The columns of the file"))
        self.empty.text.setText(_("What the headings say is chosen already. Look over it, then compute."))
        self.file.setText(_("{file}: {count} rows").format(file=table.file, count=shown(len(table.rows))))
        self.stack.setCurrentIndex(0)

    @property
    def choice(self) -> SurveyChoice:
        """Which column holds what."""
        places = {holds: int(box.currentData()) for holds, box in self.boxes.items() if _has(box)}
        return SurveyChoice(places, tuple(int(box.currentData()) for box in self.by if _has(box)))

    def show_ready(self, *, ready: bool, is_old: bool = False) -> None:
        """Whether enough is named, and whether what is shown was computed with other columns."""
        self.compute.setEnabled(ready)
        needed = _("Needed: sex, weight, height, and the age as days, months, or birth date and visit.")
        again = _("Other columns are chosen now: compute again.")
        self.lacks.setText(needed if not ready else again if is_old else "")
        self.told.setText(again if is_old else self._said)
        for act in (self.csv, self.pdf):
            act.setEnabled(not is_old)

    # ---- what came of it ----

    def show_found(self, found: Surveyed) -> None:
        """Rates and plausibility."""
        self.rates.show(rows_of(found))
        self.tests.show(lines_of(found.plausibility))
        judged = found.plausibility
        self._judged = judged.score, render(VERDICTS[judged.verdict])
        self._show_score()
        said = [_("{count} rows read").format(count=shown(found.written.rows))]
        if found.written.unreadable:
            said.append(_("{count} cannot be read").format(count=shown(found.written.unreadable)))
        said += [render(one.message) for one in found.written.findings if one.row is None]
        first = next((one for one in found.written.findings if one.row is not None), None)
        if first is not None:
            place = f"{first.column or ''}{first.row}"
            said.append(f"{place}: {render(first.message)}")
        self._said = " · ".join(said)
        self.stack.setCurrentIndex(1)

    def _show_score(self) -> None:
        if self._judged is None:
            return
        told = _("SMART score {score}: {verdict} (0–9 excellent, 10–14 good, 15–24 acceptable, from 25 problematic)")
        if self.is_compact:
            told = _("SMART {score}: {verdict}")
        score, verdict = self._judged
        self.score.setText(told.format(score=score, verdict=verdict))


def titles() -> dict[Holds, str]:
    """What a column may hold, in the order of the page."""
    return {
        Holds.SEX: _("Sex"),
        Holds.AGE_DAYS: _("Age in days"),
        Holds.AGE_MONTHS: _("Age in months"),
        Holds.BIRTH: _("Birth date"),
        Holds.VISIT: _("Day of the visit"),
        Holds.WEIGHT: _("Weight (kg)"),
        Holds.LENHEI: _("Height (cm)"),
        Holds.MEASURE: _("Lying or standing"),
        Holds.OEDEMA: _("Oedema"),
        Holds.CLUSTER: _("Cluster"),
        Holds.STRATUM: _("Stratum"),
        Holds.SAMPLING: _("Sampling weight"),
    }


def _fill(box: QComboBox, heads: Sequence[tuple[str, int]], chosen: int) -> None:
    box.clear()
    box.addItem(_("none"), NOTHING)
    for head, at in heads:
        box.addItem(head, at)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.setEnabled(True)


def _has(box: QComboBox) -> bool:
    return box.currentData() not in (None, NOTHING)


def _rate_columns() -> list[Column[Row]]:
    heads = {
        ("HA", "-2"): _("Stunted, %"),
        ("HA", "-3"): _("severely"),
        ("WA", "-2"): _("Underweight, %"),
        ("WH", "-2"): _("Wasted, %"),
        ("WH", "-3"): _("severely"),
        ("WH", "+2"): _("Overweight, %"),
    }
    return [
        Column(_("Children"), lambda one: capital(render(group_words(one.group))), stretch=True),
        Column(_("Counted"), lambda one: shown(one.rates[0].n), number=True, width=72),
        *(
            Column(
                heads[figure],
                _value(at),
                second=_limits(at),
                number=True,
                width=88,
            )
            for at, figure in enumerate(FIGURES)
        ),
    ]


def _value(at: int) -> Callable[[Row], str]:
    return lambda one: _percent(one.rates[at].value)


def _limits(at: int) -> Callable[[Row], str]:
    def text(one: Row) -> str:
        rate = one.rates[at]
        if rate.lower is None or rate.upper is None:
            return ""
        return f"{_percent(rate.lower)}–{_percent(rate.upper)}"

    return text


def _percent(value: float | None) -> str:
    return "" if value is None else shown(half_up(Fraction(value), 1))


def _shortened(one: Judged) -> str:
    if one.value is None:
        return ""
    return "< " + shown(TINY) if one.is_tiny else shown(one.value)


def _test_columns() -> list[Column[Judged]]:
    return [
        Column(_("Test"), lambda one: render(one.name), stretch=True),
        Column(_("Value"), _shortened, number=True, width=70),
        Column(_("Points"), lambda one: str(one.points), number=True, width=52),
        Column(_("Verdict"), lambda one: render(one.verdict), tone=lambda one: TONES.get(one.verdict_code), width=130),
        Column(_("Limits: excellent | good | acceptable | problematic"), lambda one: one.bands, width=300),
    ]
