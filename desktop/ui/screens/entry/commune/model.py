"""One commune's form as a Qt model. The way writes; this only shows what was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt

from desktop.application.commune_form import CommuneForm, FormLife, RateLine, rate
from desktop.application.figures import Figure
from desktop.domain.derivation import Told
from desktop.domain.findings import Finding, Severity
from desktop.domain.values import NOT_REPORTED, Kind, State, Value, amount_value
from desktop.system.i18n import _, render
from desktop.ui import figures, verdicts, words
from desktop.ui.screens.entry.commune.lines import FIGURES, TYPED, Col, FormLine, arranged
from desktop.ui.screens.entry.looks import CLOSED, OPEN, Look, derived_text, derived_words, look_of_derived
from desktop.ui.screens.entry.model import ROOT, Index


class FormModel(QAbstractTableModel):
    """Lines of the form down; this period, what stands beside it and the note across."""

    def __init__(self) -> None:
        super().__init__()
        self.form: CommuneForm | None = None
        self.lines: list[FormLine] = []
        self.figures: dict[str, Figure] = {}
        self._derived: dict[str, Told | None] = {}
        self.findings: dict[str, tuple[Finding, ...]] = {}
        self._row_of: dict[str, int] = {}
        self._last_touched = -1

    @property
    def life(self) -> FormLife:
        """Where the form stands."""
        return self.form.life if self.form else FormLife("not_started")

    @property
    def is_closed(self) -> bool:
        """Whether nothing may be typed."""
        return self.life.state in CLOSED and self._is_actual

    @property
    def _is_actual(self) -> bool:
        return self.form is not None and self.form.kind is Kind.ACTUAL

    def show(self, form: CommuneForm, findings: Sequence[Finding]) -> None:
        """Show a form as read from the record."""
        self.beginResetModel()
        self.form = form
        self.lines = arranged(form)
        self.figures = {line.column.element.code: line.figure for line in form.lines}
        self._derived = {line.column.element.code: line.derived for line in form.lines}
        self._row_of = {line.code: at for at, line in enumerate(self.lines) if line.line}
        self.findings = self._sorted(findings)
        self._touch()
        self.endResetModel()

    def _sorted(self, findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
        found: dict[str, list[Finding]] = {}
        code = self.form.commune.code if self.form else None
        for finding in findings:
            if finding.unit == code and finding.element:
                found.setdefault(finding.element, []).append(finding)
        return {element: tuple(held) for element, held in found.items()}

    def _touch(self) -> None:
        touched = [at for at, line in enumerate(self.lines) if line.line and self.figures[line.code].touched]
        self._last_touched = max(touched, default=-1)

    # ---- Qt ----

    def rowCount(self, parent: Index = ROOT) -> int:
        """Lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        """The columns of `Col`."""
        return 0 if parent.isValid() else len(Col)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The heads of sections cannot be chosen, so that the cursor steps over them."""
        if not index.isValid() or self.lines[index.row()].is_head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tooltip and what a screen reader says."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        row, column = index.row(), Col(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.told(row, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
            return across | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns; periods by their names."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.head(Col(section))

    def head(self, column: Col) -> str:
        """What stands above a column."""
        if self.form is None:
            return ""
        period = self.form.period
        return {
            Col.NUMBER: _("No."),
            Col.NAME: _("Figures of the form"),
            Col.UNIT: _("Unit"),
            Col.NOW: words.period_name(period),
            Col.PAST: words.period_name(period.same_last_year()),
            Col.PREVIOUS: words.period_name(period.previous()),
            Col.CHANGE: _("Change"),
            Col.PLAN: self._plan_head(),
            Col.NOTE: _("Note, source"),
        }[column]

    def _aim_years(self) -> set[int]:
        aims = [rate.aim for rate in self.form.rates] if self.form else []
        return {aim.target.year for aim in aims if aim is not None and aim.target.year is not None}

    def _plan_head(self) -> str:
        if self.form is None:
            return ""
        aimed, given = self._aim_years(), any(line.planned is not None for line in self.form.lines)
        year = str(self.form.period.year)
        if len(aimed) > 1:
            return _("Plan figure")
        if not aimed:
            return _("Assigned {year}").format(year=year)
        target = str(next(iter(aimed)))
        if not given:
            return _("Target {target}").format(target=target)
        return _("Assigned {year}, target {target}").format(year=year, target=target)

    # ---- what a cell says ----

    def row_of(self, element: str | None) -> int | None:
        """The line of an element."""
        return self._row_of.get(element or "")

    def value(self, row: int) -> Value | None:
        """The figure of this period, or None where nobody wrote one."""
        figure = self.figures.get(self.lines[row].code)
        return figure.value if figure is not None and figure.touched else None

    def note(self, row: int) -> str:
        """The note of this period's figure."""
        figure = self.figures.get(self.lines[row].code)
        return (figure.note or "") if figure is not None else ""

    def text(self, row: int, column: Col) -> str:
        """What a cell shows."""
        line = self.lines[row]
        if line.is_head:
            title = f"{line.section.number}. {words.named(line.section.name_vi, line.section.name_en)}"
            return title if column is Col.NUMBER else ""
        if line.rate is not None:
            return self._rate_text(line.rate, column)
        if line.line is not None and column in (Col.PAST, Col.PREVIOUS, Col.PLAN):
            beside = {Col.PAST: line.line.last_year, Col.PREVIOUS: line.line.previous, Col.PLAN: line.line.planned}
            return _beside(beside[column])
        return {
            Col.NUMBER: lambda: str(line.line.column.number) if line.line else "",
            Col.NAME: lambda: self.name(row),
            Col.UNIT: lambda: line.element.unit if line.element else "",
            Col.NOW: lambda: self._now(row),
            Col.CHANGE: lambda: self._change(row),
            Col.NOTE: lambda: self.note(row),
        }[column]()

    def _now(self, row: int) -> str:
        look = self.look(row)
        if look is Look.DERIVED:
            return derived_text(self.counted(self.lines[row].code))
        shown = {Look.NOT_APPLICABLE: "–", Look.NOT_DUE: _("not due yet")}
        return shown[look] if look in shown else figures.figure(self.value(row))

    def counted(self, code: str) -> Value:
        """The figure of an element in this period: the typed one, else the one other periods give."""
        typed, derived = self.figures[code].value, self._derived.get(code)
        return derived.value if derived is not None and typed.state is State.NOT_REPORTED else typed

    def name(self, row: int) -> str:
        """The whole name of an element or a rate."""
        line = self.lines[row]
        if line.rate is not None:
            return words.named(line.rate.indicator.name_vi, line.rate.indicator.name_en)
        return words.named(line.element.name_vi, line.element.name_en) if line.element else ""

    def _change(self, row: int) -> str:
        line = self.lines[row].line
        now = self.counted(line.column.element.code) if line else None
        past = line.last_year if line else None
        if now is None or past is None or now.amount is None or past.amount is None:
            return ""
        return signed(now.amount - past.amount)

    def _rate_text(self, line: RateLine, column: Col) -> str:
        digits = line.indicator.decimals
        if column is Col.CHANGE:
            now, past = self.rate_of(line, Col.NOW), self.rate_of(line, Col.PAST)
            if now is None or past is None:
                return ""
            # The difference of the two rounded numbers shown, so that a calculator agrees.
            return signed(_rounded(now, digits) - _rounded(past, digits), places=digits)
        if column in (Col.NOW, Col.PAST, Col.PREVIOUS):
            return figures.rate(self.rate_of(line, column), digits)
        if column is Col.PLAN:
            return self._aim(line)
        top, bottom = self._row_of[line.top], self._row_of[line.bottom]
        formula = f"({self.text(top, Col.NUMBER)}) : ({self.text(bottom, Col.NUMBER)})"
        return {
            Col.NAME: words.named(line.indicator.name_vi, line.indicator.name_en),
            Col.UNIT: line.indicator.unit,
            Col.NOTE: formula,
        }.get(column, "")

    def _aim(self, line: RateLine) -> str:
        if line.aim is None or self.form is None:
            return ""
        target = line.aim.target
        return verdicts.wanted(target) + (f" ({target.year})" if len(self._aim_years()) > 1 else "")

    def rate_of(self, line: RateLine, column: Col) -> Fraction | None:
        """A rate of this period, the same period last year or the period before."""
        if self.form is None:
            return None
        if column is Col.NOW:
            return rate(line, {code: self.counted(code) for code in self.figures}, self.form.chosen)
        chosen = self.form.chosen_before if column is Col.PAST else self.form.chosen_previous
        beside = {
            one.column.element.code: (one.last_year if column is Col.PAST else one.previous) or NOT_REPORTED
            for one in self.form.lines
        }
        return rate(line, beside, chosen)

    # ---- how a cell looks ----

    def worst(self, row: int) -> Severity | None:
        """The gravest open finding of a line."""
        found = [finding.severity for finding in self.findings.get(self.lines[row].code, ()) if finding.kept is None]
        return next((grade for grade in (Severity.ERROR, Severity.WARNING) if grade in found), None)

    def look(self, row: int) -> Look:
        """How the cell of this period is drawn."""
        line = self.lines[row]
        if line.rate is not None:
            parts = [self.look(self._row_of[code]) for code in (line.rate.top, line.rate.bottom)]
            return Look.NOT_REPORTED if Look.NOT_REPORTED in parts else Look.LOCKED
        worst = self.worst(row)
        if worst is not None:
            return Look.ERROR if worst is Severity.ERROR else Look.WARNING
        figure = self.figures[line.code]
        if figure.touched and any(finding.kept for finding in self.findings.get(line.code, ())):
            return Look.KEPT
        follows = look_of_derived(figure.value, self._derived.get(line.code))
        if follows is not None:
            return follows
        if not figure.touched:
            is_gap = self.life.state not in OPEN or row < self._last_touched
            return Look.NOT_REPORTED if is_gap and self._is_actual else Look.BLANK
        if figure.value.state is State.NOT_REPORTED:
            return Look.NOT_REPORTED
        if figure.value.state is State.NOT_APPLICABLE:
            return Look.NOT_APPLICABLE
        return Look.LOCKED if self.is_closed else Look.PLAIN

    def told(self, row: int, column: Col) -> str:
        """Why a cell bears a sign; names, notes and aims that may be cut short."""
        line = self.lines[row]
        if line.is_head:
            return ""
        if column is Col.NAME:
            return self.name(row)
        if column is Col.NOTE:
            return self.note(row) or (self.text(row, column) if line.rate else "")
        if column is Col.PLAN and line.rate and line.rate.aim:
            aim = line.rate.aim
            return f"{aim.plan}, {aim.target.year}: {verdicts.wanted(aim.target)}"
        if column is not Col.NOW or line.rate:
            return ""
        found = self.findings.get(line.code, ())
        lines = [render(finding.message) for finding in found]
        if self.look(row) in (Look.DERIVED, Look.NOT_DUE):
            lines.append(derived_words(self._derived.get(line.code)))
        return "\n".join(lines + [_("Kept: {reason}").format(reason=f.kept.reason) for f in found if f.kept])

    def spoken(self, row: int, column: Col) -> str:
        """A cell in words: name, column, figure or state, findings."""
        if self.lines[row].is_head:
            return self.text(row, Col.NUMBER)
        said = self.text(row, column)
        if column is Col.NOW:
            look = self.look(row)
            said = {
                Look.NOT_REPORTED: _("not reported"),
                Look.BLANK: _("not entered"),
                Look.NOT_APPLICABLE: _("not applicable"),
                Look.NOT_DUE: _("not due yet"),
            }.get(look, said)
            sign = {Look.ERROR: _("Error"), Look.WARNING: _("Warning"), Look.KEPT: _("Kept")}.get(look, "")
            said = ". ".join(part for part in (said, sign, self.told(row, column)) if part)
        return f"{self.name(row)}, {self.head(column)}: {said}"

    # ---- what was written ----

    def put(self, cells: Iterable[tuple[str, Figure]]) -> None:
        """Show figures and notes that were just written; findings come when they were checked again."""
        moved: set[str] = set()
        for code, figure in cells:
            if code in self._row_of:
                if figure.value != self.figures[code].value:
                    self.findings.pop(code, None)
                self.figures[code] = figure
                moved.add(code)
        if not moved or self.form is None:
            return
        before = self._last_touched
        self._touch()
        if self.life.state != "in_entry" and self._is_actual:
            self.set_life(replace(self.life, state="in_entry"))
            self._say_all()
            return
        between = range(min(before, self._last_touched), max(before, self._last_touched))
        for row, line in enumerate(self.lines):
            follows = line.rate is not None and {line.rate.top, line.rate.bottom} & moved
            if line.code in moved or follows or row in between:
                self.dataChanged.emit(self.index(row, Col.NOW), self.index(row, Col.NOTE))

    def set_life(self, life: FormLife) -> None:
        """The form moved."""
        if self.form is not None:
            self.form = replace(self.form, life=life)

    def judge(self, findings: Sequence[Finding]) -> None:
        """Show what the checks found."""
        found = self._sorted(findings)
        if found != self.findings:
            self.findings = found
            self._say_all()

    def _say_all(self) -> None:
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(Col) - 1))

    def may_type(self, row: int, column: int) -> bool:
        """Figures and notes of elements are typed; everything else is read."""
        return column in TYPED and 0 <= row < len(self.lines) and self.lines[row].line is not None

    def count(self) -> tuple[int, int]:
        """Cells with a figure or another answer, and how many there are."""
        answered = [one for one in self.figures.values() if one.touched and one.value.state is not State.NOT_REPORTED]
        return len(answered), len(self.figures)


def _beside(value: Value | None) -> str:
    if value is not None and value.state is State.NOT_APPLICABLE:
        return "–"
    return figures.figure(value)


def _rounded(value: Fraction, places: int) -> int:
    scale: int = 10**places
    top, bottom = abs(value.numerator) * scale * 2 + value.denominator, value.denominator * 2
    whole: int = top // bottom
    return -whole if value < 0 else whole


def signed(amount: int, *, places: int = 4) -> str:
    """A difference in parts of 10^places: +75, −1, 0, +0,2."""
    text = figures.figure(amount_value(abs(amount) * 10 ** (4 - places)))
    return ("+" if amount > 0 else "\u2212" if amount < 0 else "") + text
