"""F4: where the number of a cell comes from and where it goes."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QDialog, QSizePolicy, QWidget

from desktop.application import origins
from desktop.application.catalogue import catalogue
from desktop.application.offices import Commune
from desktop.application.origins import Origin, Use
from desktop.domain.derivation import way_sentence
from desktop.domain.elements import Element, Form, Status
from desktop.domain.values import Kind, State, Value
from desktop.system.i18n import _, render
from desktop.ui import figures, words
from desktop.ui.places import Place
from desktop.ui.screens.entry.history import moment_of
from desktop.ui.screens.entry.looks import derived_words
from desktop.ui.session import Session
from desktop.ui.widgets.parts import button, column, label, row, rule

NAMED = 6
"""So many missing communes are named; the rest are counted."""


class SourceDialog(QDialog):
    """Who wrote a figure, who supplies it, its sum over the communes, the rates it stands in."""

    def __init__(
        self, parent: QWidget, session: Session, *, commune: Commune, element: Element, form: Form, kind: Kind
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.setWindowTitle(_("Where the number comes from"))
        self.setFixedWidth(520)
        found = origins.origin(
            session.record, unit=commune.code, form=form.code, element=element.code, period=session.period, kind=kind
        )
        self.names = {
            code: words.named(known.name_vi, known.name_en)
            for code, known in catalogue(session.record).elements.items()
        }
        self.columns = {code: at for at, code in enumerate(found.form.elements, 1)}
        where = f"{commune.name} · {words.period_name(found.period)} · ({found.column.number})"
        body = column(
            label(words.named(element.name_vi, element.name_en), "subject", wrap=True),
            label(where, "second"),
            gap=6,
            margins=(16, 14, 16, 14),
        )
        self.lines = list(self._lines(found, kind))
        for text in list(self.lines):
            body.addWidget(label(text, wrap=True))
        for use in found.uses:
            body.addLayout(self._use(use))
        body.addWidget(rule())
        self.history = button(_("History of the cell"), self._show_history, kind="link", icon="history_16_regular")
        self._of = (commune, element)
        close = button(_("Close"), self.accept)
        close.setDefault(True)
        body.addLayout(row(self.history, None, close))
        self.setLayout(body)
        QShortcut(QKeySequence("F4"), self, self.accept)

    def _lines(self, found: Origin, kind: Kind) -> Iterator[str]:
        element = found.column.element
        value = found.figure.value
        if found.beside is not None and found.beside.derived.is_known and value.state is State.NOT_REPORTED:
            value = found.beside.value
        shown = figures.figure(value)
        figure = f"{shown} {element.unit}".strip() if shown else self._state(value)
        yield _("Figure: {figure}").format(figure=figure)
        if found.figure.note:
            yield _("Note: {note}").format(note=found.figure.note)
        yield from self._beside(found)
        if found.written is None:
            yield _("Nobody has written here yet")
        else:
            who = found.written.who or _("this computer")
            yield _("Written {when} by {who}: {what}").format(
                when=moment_of(found.written.when), who=who, what=render(found.written.what)
            )
        if element.supplied_by:
            yield _("Supplied by: {who}").format(who=words.supplier(element.supplied_by))
        unverified = f" ({_('not yet compared with the text')})" if element.status is Status.UNVERIFIED else ""
        if element.source:
            yield _("Definition: {source}").format(source=element.source + unverified)
        yield self._total(found)
        if found.uses and kind is Kind.ACTUAL:
            yield _("Stands in these rates:")

    @staticmethod
    def _beside(found: Origin) -> Iterator[str]:
        """What other periods say: what counts where nobody typed, else what stands beside the typed figure."""
        beside = found.beside
        if beside is None:
            return
        if not beside.is_typed:
            yield derived_words(beside)
        elif beside.derived.is_known:
            way = way_sentence(beside.derived)
            yield _("Other periods give {figure} ({way})").format(
                figure=figures.figure(beside.derived.value) or "–", way=render(way) if way else ""
            )

    @staticmethod
    def _state(value: Value) -> str:
        return _("not applicable") if value.state is State.NOT_APPLICABLE else _("not reported")

    @staticmethod
    def _total(found: Origin) -> str:
        total = found.total
        whole = _("Sum of the communes: {sum}, from {reported}/{expected} communes").format(
            sum=figures.figure(total.value) or "–", reported=total.reported, expected=total.expected
        )
        if not found.missing:
            return whole
        named = ", ".join(words.unit_name(commune.name) for commune in found.missing[:NAMED])
        more = "…" if len(found.missing) > NAMED else ""
        return f"{whole}. {_('Missing: {communes}').format(communes=named + more)}"

    def _use(self, use: Use) -> QBoxLayout:
        """A link to the rate, and below it the column it is divided by or divides."""
        indicator = use.indicator
        name = words.named(indicator.name_vi, indicator.name_en)
        made = button(name, lambda: self._show_rate(indicator.code), kind="link", tip=name)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        both = column(made, gap=0)
        partner = self._column(use.partner)
        if partner:
            told = _("divided by {column}") if use.is_numerator else _("{column} is divided by it")
            said = label(told.format(column=partner), "hint", wrap=True)
            said.setContentsMargins(5, 0, 0, 0)
            both.addWidget(said)
            self.lines.append(said.text())
        return both

    def _column(self, code: str | None) -> str:
        if code is None:
            return ""
        at = self.columns.get(code)
        name = self.names.get(code, code)
        return f"{name} ({at})" if at is not None else name

    def _show_rate(self, code: str) -> None:
        self.accept()
        self.session.go(Place.INDICATORS, indicator=code)

    def _show_history(self) -> None:
        from desktop.ui.screens.entry.history import HistoryDialog

        commune, element = self._of
        HistoryDialog(self, self.session, commune=commune, element=element).exec()
