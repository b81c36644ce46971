"""The page of forms: those installed with their days and acts, or what is known of the official regimes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.application.regime_facts import told_about, told_certainty
from desktop.domain.elements import Form, Status
from desktop.domain.regime_facts import Certainty, Fact, Regime
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Empty, Panel, button, column
from desktop.ui.widgets.tables import Column, RowsModel, Table

FORMS: Final = "forms"
REGIMES: Final = "regimes"
_SIGNS: Final = {Certainty.FOUND: Sign.CHECKED, Certainty.FOUND_SECOND: Sign.INFO, Certainty.MEMORY: Sign.WARNING}
_TONES: Final = {Certainty.FOUND: Tone.GOOD, Certainty.FOUND_SECOND: Tone.BUSY, Certainty.MEMORY: Tone.WARN}


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the list of regimes: a regime itself, one of its facts, or one of its gaps."""

    regime: Regime
    fact: Fact | None = None
    gap: str = ""

    @property
    def is_head(self) -> bool:
        """Whether it begins a regime."""
        return self.fact is None and not self.gap


def rows_of(regimes: Sequence[Regime]) -> list[Known]:
    """The newest regime first; below each its gaps, for they matter most, then its facts."""
    return [
        row
        for one in reversed(regimes)
        for row in (Known(one), *(Known(one, gap=gap) for gap in one.gaps), *(Known(one, fact) for fact in one.facts))
    ]


class FormsPage(QWidget):
    """Widgets only; the part joins them with the record."""

    def __init__(self) -> None:
        super().__init__()
        self.panel = Panel(" ")
        self.tabs = {
            FORMS: button(_("Forms installed"), kind="switch"),
            REGIMES: button(_("Official regimes"), kind="switch"),
        }
        for key, tab in self.tabs.items():
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            self.panel.add_to_head(tab)
        self.forms = Table(RowsModel(_form_columns()), name=_("Forms installed"), lines=2)
        self.regimes = Table(
            RowsModel(_known_columns(), group=lambda one: one.is_head), name=_("Official regimes"), lines=2
        )
        self.empty = Empty(_("Nothing fits the filter"), _("Marks and capitals do not matter."))
        self.install = button(_("Install from a file…"), kind="primary")
        self.write = button(_("Write as a spreadsheet…"))
        body = QWidget()
        self._stack = QStackedLayout()
        body.setLayout(self._stack)
        for part in (self.forms, self.regimes, self.empty):
            self._stack.addWidget(part)
        self.panel.add(body, 1)
        self.panel.add_foot(None, self.write, self.install)
        self.setLayout(column(self.panel, gap=0))
        self.choose(FORMS)

    def choose(self, key: str) -> None:
        """Show the forms or the regimes."""
        self.shown = key
        self.tabs[key].setChecked(True)
        self._place()

    def show_forms(self, forms: Sequence[Form]) -> None:
        """The forms that fit."""
        self.forms.rows_model.show(forms)
        self._place()

    def show_regimes(self, known: Sequence[Known]) -> None:
        """What is known of the regimes that fit."""
        self.regimes.rows_model.show(known)
        self._place()

    def _place(self) -> None:
        table = self.forms if self.shown == FORMS else self.regimes
        rows = table.rows_model.rows
        count = len(rows) if self.shown == FORMS else sum(one.is_head for one in rows)
        name = _("Form") if self.shown == FORMS else _("Official regimes")
        self.panel.set_title(f"{name}: {count}")
        self._stack.setCurrentWidget(table if rows else self.empty)


def _form_columns() -> list[Column[Form]]:
    levels = {"commune": _("commune"), "office": _("office"), "province": _("province")}
    periods = {
        "month": _("month"),
        "quarter": _("quarter"),
        "half": _("half year"),
        "nine_months": _("nine months"),
        "year": _("year"),
    }
    states = {Status.OFFICIAL: _("official"), Status.OFFICE: _("the office's own")}
    return [
        Column(
            _("Form"),
            lambda one: words.named(one.name_vi, one.name_en),
            second=lambda one: f"{one.code} · {one.source}" if one.source else one.code,
            stretch=True,
            strong=lambda _one: True,
        ),
        Column(_("Level"), lambda one: levels.get(one.level, one.level), width=70),
        Column(
            _("Period"),
            lambda one: periods.get(one.periods, one.periods),
            second=lambda one: _("cumulative") if one.cumulative else "",
            width=90,
        ),
        Column(_("Figures"), lambda one: str(len(one.elements)), number=True, width=74),
        Column(_("From"), lambda one: words.day(one.valid_from) if one.valid_from else "–", width=94),
        Column(_("Until"), lambda one: words.day(one.valid_to) if one.valid_to else "–", width=94),
        Column(_("State"), lambda one: states.get(one.status, _("not compared with the regulation")), width=190),
    ]


def _known_columns() -> list[Column[Known]]:
    return [
        Column(_("About"), _about, width=170, tone=lambda one: Tone.WARN if one.gap else None),
        Column(
            _("What is known"),
            _text,
            second=lambda one: _days(one.regime) if one.is_head else one.fact.source if one.fact else "",
            stretch=True,
            strong=lambda one: one.is_head,
            tip=_text,
        ),
        Column(
            _("Certainty"),
            lambda one: render(told_certainty(one.fact.certainty)) if one.fact else _("not found") if one.gap else "",
            sign=lambda one: _SIGNS[one.fact.certainty] if one.fact else Sign.WARNING if one.gap else None,
            tone=lambda one: _TONES[one.fact.certainty] if one.fact else Tone.WARN,
            width=262,
        ),
    ]


def _about(one: Known) -> str:
    if one.fact is None:
        return _("Not known") if one.gap else ""
    return " ".join(part for part in (render(told_about(one.fact.about)), one.fact.number) if part)


def _text(one: Known) -> str:
    if one.is_head:
        return f"{one.regime.symbol}: {one.regime.title or one.regime.subject}"
    return one.fact.text if one.fact else one.gap


def _days(one: Regime) -> str:
    begin = words.day(one.valid_from) if one.valid_from else _("not known")
    end = words.day(one.valid_to) if one.valid_to else _("not known")
    return _("In force from {begin}, until: {end}").format(begin=begin, end=end)
