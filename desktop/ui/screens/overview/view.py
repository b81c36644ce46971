"""The overview: one sentence of the state, then what to do, are we on the path, who has not reported."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.application.plans import TargetStatus
from desktop.application.submissions import SubmissionRow
from desktop.system.i18n import _
from desktop.ui import statuses, verdicts, words
from desktop.ui.screens.overview.model import Picture
from desktop.ui.screens.overview.todo import Todo
from desktop.ui.style.palette import Tone, palette
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import PageBar, Panel, SignLabel, button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table


class OverviewView(QWidget):
    """Everything of the page."""

    opened = Signal(object)
    form_opened = Signal(object)
    target_opened = Signal(object)
    plan_chosen = Signal(str)
    indicators_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.is_compact = False
        self.bar = PageBar(_("Overview"))
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self.sentence.setWordWrap(True)
        body: QVBoxLayout = column(self.bar, self.sentence, 4, gap=4)
        columns = row(gap=8)
        columns.addWidget(self._todo())
        middle = column(gap=8)
        middle.addWidget(self._targets(), 1)
        middle.addWidget(self._quality())
        columns.addLayout(middle, 1)
        columns.addWidget(self._forms())
        body.addLayout(columns, 1)
        self.setLayout(body)

    def _todo(self) -> Panel:
        self.todo_panel = Panel(_("To do today"))
        self.todo_panel.setFixedWidth(280)
        self.today = label("", "hint")
        self.todo_panel.add_to_head(self.today)
        self.todo_model: RowsModel[Todo] = RowsModel(
            [
                Column(
                    "",
                    lambda todo: todo.what,
                    second=lambda todo: todo.where,
                    sign=lambda todo: todo.sign,
                    strong=lambda _todo: True,
                    stretch=True,
                )
            ]
        )
        self.todo = Table(self.todo_model, name=_("To do today"), lines=2)
        self.todo.row_opened.connect(self.opened)
        self.todo.clicked.connect(lambda index: self.opened.emit(index.data(Qt.ItemDataRole.UserRole + 2)))
        self.todo_panel.add(self.todo, 1)
        self.nothing_to_do = label(_("Nothing is waiting. New findings and packages show up here."), "hint", wrap=True)
        self.nothing_to_do.setContentsMargins(11, 8, 11, 8)
        self.todo_panel.add(self.nothing_to_do)
        return self.todo_panel

    def _targets(self) -> Panel:
        self.targets_panel = Panel(_("Are we on the path?"))
        self.plans = QComboBox()
        self.plans.setAccessibleName(_("Plan"))
        self.plans.setMaximumWidth(230)
        self.plans.activated.connect(lambda: self.plan_chosen.emit(self.plans.currentData()))
        self.all_targets = button(_("All targets"), self.indicators_asked.emit, kind="link")
        self.targets_panel.add_to_head(self.plans)
        self.targets_panel.add_to_head(self.all_targets)
        self.targets_panel.head_row.setFixedHeight(36)
        self.targets_model: RowsModel[TargetStatus] = RowsModel([])
        self.targets = Table(self.targets_model, name=_("Targets"))
        self.targets_panel.add(self.targets, 1)
        return self.targets_panel

    def show_targets(self, picture: Picture) -> None:
        """The targets of the nearest year; columns name the years."""
        self.targets_model = RowsModel(target_columns(picture))
        shown = Table(self.targets_model, name=_("Targets"))
        self.targets_model.show(picture.targets)
        self.targets_panel.replace(self.targets, shown)
        self.targets = shown
        shown.setColumnHidden(2, self.is_compact)
        shown.row_opened.connect(self.target_opened)

    def _quality(self) -> Panel:
        panel = Panel(_("Quality, safety, exchange"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        self.facts: dict[str, tuple[SignLabel, QLabel, QLabel]] = {}
        for at, (key, text) in enumerate(
            (
                ("full", _("Filled in")),
                ("right", _("Plausible")),
                ("backup", _("Backup opened and checked")),
                ("partner", _("Superior office")),
            ),
        ):
            parts = (SignLabel(Sign.INFO, text), label("", "head"), label("", "hint"))
            self.facts[key] = parts
            grid.addWidget(parts[0], at, 0)
            grid.addWidget(parts[1], at, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(parts[2], at, 2)
        grid.setColumnStretch(0, 1)
        held = QWidget()
        held.setLayout(grid)
        grid.setContentsMargins(11, 6, 11, 8)
        panel.add(held)
        self.quality_panel = panel
        return panel

    def _forms(self) -> Panel:
        panel = Panel(_("Who has not reported?"))
        panel.setFixedWidth(300)
        self.forms_panel = panel
        self.forms_model: RowsModel[SubmissionRow] = RowsModel(
            [
                Column(_("Commune, town"), lambda form: words.unit_name(form.commune.name), stretch=True),
                Column(
                    _("Yearly form"),
                    lambda form: _status(form)[1],
                    sign=lambda form: _status(form)[0],
                    tone=lambda form: _status(form)[2],
                    width=110,
                ),
                Column(
                    _("Received"),
                    lambda form: form.received_on.strftime("%d/%m") if form.received_on else "",
                    number=True,
                    width=76,
                ),
            ]
        )
        self.forms = Table(self.forms_model, name=_("Forms of the communes"))
        self.forms.row_opened.connect(self.form_opened)
        panel.add(self.forms, 1)
        return panel

    # ---- showing ----

    def show_sentence(self, parts: Sequence[tuple[str, str]]) -> None:
        """Words and numbers: (words, tone); tone `b` is bold, `bad` bold and red, empty plain."""
        tones = palette()
        told = []
        for text, tone in parts:
            if tone == "bad":
                told.append(f'<b style="color:{tones.bad}">{escape(text)}</b>')
            else:
                told.append(f"<b>{escape(text)}</b>" if tone else escape(text))
        self.sentence.setText("".join(told))
        self.sentence.setAccessibleName("".join(text for text, _tone in parts))

    def show_todos(self, found: Sequence[Todo], today: str) -> None:
        """What to do."""
        self.today.setText(today)
        self.todo_model.show(found)
        self.todo.setVisible(bool(found))
        self.nothing_to_do.setVisible(not found)

    def show_plans(self, plans: Sequence[tuple[str, str]], chosen: str | None) -> None:
        """The plans that have targets."""
        self.plans.clear()
        for code, text in plans:
            self.plans.addItem(text, code)
        self.plans.setCurrentIndex(self.plans.findData(chosen))
        self.plans.setVisible(len(plans) > 1)

    def show_fact(self, key: str, sign: Sign, value: str, hint: str) -> None:
        """One line of quality or safety."""
        parts = self.facts[key]
        parts[0].show_state(sign, parts[0].words.text())
        parts[1].setText(value)
        parts[2].setText(hint)

    def set_compact(self, compact: bool) -> None:
        """The lists get narrower; quality goes."""
        self.todo_panel.setFixedWidth(200 if compact else 280)
        self.is_compact = compact
        self.targets.setColumnHidden(2, compact)
        self.forms_panel.setFixedWidth(212 if compact else 300)
        self.forms.setColumnHidden(2, compact)
        self.quality_panel.setVisible(not compact)
        self.plans.setMaximumWidth(120 if compact else 230)


def _status(form: SubmissionRow) -> tuple[Sign, str, Tone]:
    return statuses.status(form.state, form.errors, form.warnings)


def target_columns(picture: Picture) -> list[Column[TargetStatus]]:
    """Indicator, this period, the same in the plan's words, what the path asks now, the verdict."""
    year = str(picture.target_year or "")
    return [
        Column(
            _("Target to {year}").format(year=year), lambda row: verdicts.name(row.indicator), stretch=True, tip=_tip
        ),
        Column(
            words.period_name(picture.period),
            lambda row: verdicts.figure(row) or "–",
            number=True,
            strong=lambda _row: True,
            tip=verdicts.basis,
        ),
        Column(_("Target"), lambda row: verdicts.wanted(row.target), number=True),
        Column(
            _("State"),
            verdicts.said,
            sign=verdicts.sign,
            tone=verdicts.row_tone,
            tip=verdicts.over_whole,
        ),
    ]


def _tip(row: TargetStatus) -> str:
    name = words.named(row.indicator.name_vi, row.indicator.name_en)
    return f"{name}\n{row.target.clause}: {row.target.sentence}\n{verdicts.basis(row)}"
