"""Where a number comes from: figure, formula by name, completeness, the clause and the very sentence of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.application.plans import TargetStatus
from desktop.domain.plans.status import StartSource
from desktop.system.i18n import _
from desktop.ui import figures, verdicts, words
from desktop.ui.style.palette import palette
from desktop.ui.widgets.parts import Panel, SignLabel, button, column, label, rule
from desktop.wording import say

REASONS = {
    "no_data": say("Nothing was reported for it."),
    "no_denominator": say("The denominator is zero."),
    "part_of_year": say("It is computed for whole years only."),
    "outside_record": say("A part lies outside this record."),
    "split_without_shares": say("A figure would have to be divided, and no shares are known."),
    "no_act": say("No act says what became of a part of the area."),
    "not_summed": say("Figures of this kind are not added over units."),
}


class Quotation(QLabel):
    """The plan's own words, with a grey bar at the left."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setWordWrap(True)
        self.setContentsMargins(12, 2, 0, 2)
        self.setTextInteractionFlags(self.textInteractionFlags().TextSelectableByMouse)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bar and words."""
        painter = QPainter(self)
        painter.fillRect(0, 0, 3, self.height(), QColor(palette().line5))
        painter.end()
        super().paintEvent(event)


class SourcePanel(Panel):
    """The source of the chosen number."""

    cells_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Where the number comes from"))
        self.setFixedWidth(340)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(_("Where the number comes from"))
        self.add(self._area, 1)
        self._fill([])

    def take_focus(self) -> None:
        """F4: read the source by keyboard; its first link takes the focus."""
        links = self._area.widget().findChildren(QPushButton)
        (links[0] if links else self._area).setFocus()

    def _fill(self, parts: list[QWidget]) -> None:
        held = QWidget()
        held.setProperty("kind", "sheet")
        body: QVBoxLayout = column(*parts, gap=6, margins=(12, 8, 12, 12))
        body.addStretch(1)
        held.setLayout(body)
        self._area.setWidget(held)

    def show_target(self, shown: TargetStatus, names: Mapping[str, str]) -> None:
        """Explain one target's figure; `names` are elements by code."""
        indicator, target = shown.indicator, shown.target
        parts: list[QWidget] = [
            label(words.named(indicator.name_vi, indicator.name_en), "head", wrap=True),
            SignLabel(
                verdicts.sign(shown),
                verdicts.said(shown),
                strong=True,
                tone=verdicts.row_tone(shown),
            ),
        ]
        figure = verdicts.figure(shown)
        if figure:
            big = label(figure)
            big.setStyleSheet("font-size: 20px; font-weight: 600;")
            parts.append(big)
        elif shown.reason in REASONS:
            parts.append(label(_(REASONS[shown.reason].msgid), wrap=True))
            if shown.missing:
                missing = ", ".join(f"{words.unit_name(one.name)} ({one.code})" for one in shown.missing)
                parts.append(label(_("Missing: {units}").format(units=missing), wrap=True))
        if over := verdicts.over_whole(shown):
            parts.append(label(over, wrap=True))
        parts += [label(line, wrap=True) for line in self._lines(shown, names)]
        parts.append(rule())
        wanted = verdicts.wanted(target)
        parts.append(label(_("Target {year}: {wanted}").format(year=target.year or "", wanted=wanted), wrap=True))
        if target.condition:
            parts.append(label(_("Condition: {condition}").format(condition=target.condition), "hint", wrap=True))
        parts += [label(target.clause, "hint", wrap=True), Quotation(target.sentence)]
        for code in (indicator.numerator, indicator.denominator):
            element = _element(code)
            if element:
                parts.append(
                    _link(_("See the cells of {element}").format(element=names.get(element, element)), self, element)
                )
        self._fill(parts)

    def _lines(self, shown: TargetStatus, names: Mapping[str, str]) -> list[str]:
        indicator, judged = shown.indicator, shown.judgement
        lines = []
        if indicator.typed:
            lines.append(_("This figure is typed by the office, not computed."))
        elif indicator.numerator:
            top = _spoken(indicator.numerator, names)
            factor = f" × {figures.rate(Fraction(indicator.factor), 0)}" if indicator.factor > 1 else ""
            formula = f"{top} : {_spoken(indicator.denominator, names)}{factor}" if indicator.denominator else top
            lines.append(_("Formula: {formula}").format(formula=formula))
        basis = verdicts.basis(shown)
        if basis:
            lines.append(_("Computed from {basis}").format(basis=basis))
        limits = judged.interval
        if limits is not None:
            decimals = indicator.decimals
            lines.append(
                _("95% interval: {lower}–{upper}").format(
                    lower=figures.rate(limits.lower, decimals), upper=figures.rate(limits.upper, decimals)
                )
            )
        if judged.required_by_now is not None:
            lines.append(_("The path needs {value} by now").format(value=verdicts.required(shown)))
        if judged.start is not None:
            source = {
                StartSource.PLAN: _("from the plan"),
                StartSource.OFFICE: _("set by the office"),
                StartSource.RECORD: _("taken from the record for now"),
            }[judged.start.source]
            value = figures.rate(judged.start.value, indicator.decimals)
            lines.append(
                _("The path starts in {year} at {value} ({source})").format(
                    year=judged.start.year, value=value, source=source
                )
            )
        if shown.estimated:
            lines.append(_("Estimated by shares of the population; such a figure is never judged or scored."))
        if judged.provisional:
            lines.append(_("Provisional: fewer than 80% of the communes reported."))
        return lines


def _spoken(code: str, names: Mapping[str, str]) -> str:
    """A part of a formula in words: an element, those with a condition, or the units that reported it."""
    element = _element(code) or code
    name = names.get(element, element).lower()
    if code.startswith("units:"):
        return _("communes that reported {element}").format(element=name)
    condition = code.removeprefix(element)
    if condition:
        return _("communes where {element} is at least {value}").format(element=name, value=condition.lstrip("<>="))
    return name


def _element(code: str | None) -> str | None:
    if not code:
        return None
    name = code.removeprefix("units:")
    for sign in (">=", "<=", ">", "<", "="):
        name = name.split(sign)[0]
    return name


def _link(text: str, panel: SourcePanel, element: str) -> QWidget:
    made = button(text, lambda: panel.cells_asked.emit(element), kind="link", tip=text)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return made
