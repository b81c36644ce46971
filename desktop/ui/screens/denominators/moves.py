"""What moves when figures to divide by are replaced: rates before and after, verdicts that turn."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from desktop.application.denominator_moves import Moved, MovedRate
from desktop.domain.values import NotComputable, Ratio
from desktop.system.i18n import _
from desktop.ui import figures, verdicts, words
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Panel, button, column, label
from desktop.ui.widgets.tables import Column, RowsModel, Table


class MovesPanel(Panel):
    """Source and state of the figures about to be chosen; every rate that moves; the act."""

    changed = Signal()
    write_asked = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__(_("What is about to be chosen"))
        self.setFixedWidth(400)
        self.source = QLineEdit()
        self.source.setAccessibleName(_("Source, printed under the tables"))
        self.source.setPlaceholderText(_("Statistical yearbook, statistics office"))
        self.source.textEdited.connect(lambda _text: self.changed.emit())
        self.official = QCheckBox(_("official figures (else provisional)"))
        self.official.toggled.connect(lambda _on: self.changed.emit())
        self.missing = label("", "second", wrap=True)
        self.missing.hide()
        fields = QWidget()
        fields.setLayout(
            column(
                label(_("Source, printed under the tables"), "second"),
                self.source,
                self.official,
                self.missing,
                gap=4,
                margins=(11, 8, 11, 8),
            )
        )
        self.add(fields)
        self.count = label("", "head", wrap=True)
        self.count.setContentsMargins(11, 0, 11, 6)
        self.add(self.count)
        self.model: RowsModel[MovedRate] = RowsModel(_columns())
        self.table = Table(self.model, name=_("Rates that move"), lines=2)
        self.add(self.table, 1)
        self.nothing = label("", "hint", wrap=True)
        self.nothing.setContentsMargins(11, 0, 11, 8)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add(self.nothing, 1)
        self.drop = button(_("Drop"), self.dropped.emit)
        self.write = button(_("Choose them"), self.write_asked.emit, kind="primary")
        self.back = label(_("Ctrl+Z takes it back."), "hint")
        self.add_foot(self.back, None, self.drop, self.write)

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self.setFixedWidth(300 if compact else 400)
        self.back.setVisible(not compact)
        self.table.setColumnWidth(1, 150 if compact else 190)

    def show_nothing(self, told: str) -> None:
        """Nothing is about to be chosen, or nothing moves."""
        self.model.show(())
        self.table.setVisible(False)
        self.count.hide()
        self.nothing.setText(told)
        self.nothing.setVisible(True)

    def show_moved(self, found: Moved) -> None:
        """The rates, those whose verdict turns first, the office before its communes."""
        ordered = sorted(found.rates, key=lambda rate: (not rate.turned, rate.unit is not None))
        turned = sum(len(rate.turned) for rate in found.rates)
        if not ordered:
            self.show_nothing(_("No rate moves."))
            return
        told = [_("{count} rates move").format(count=len(ordered)) if len(ordered) != 1 else _("1 rate moves")]
        if turned:
            told.append(_("{count} verdicts turn").format(count=turned) if turned != 1 else _("1 verdict turns"))
        else:
            told.append(_("no verdict turns"))
        if found.documents:
            told.append(_("{count} documents used the old figures").format(count=len(found.documents)))
        unknown = "" if found.documents_recorded else _("Papers already printed are not known here: look through them.")
        self.count.setText(f"{'; '.join(told)}. {unknown}".strip())
        self.count.show()
        self.nothing.hide()
        self.table.setVisible(True)
        self.model.show(ordered)


def rate_text(rate: MovedRate, side: Ratio | NotComputable) -> str:
    """A rate with its unit; a dash where it cannot be computed."""
    if isinstance(side, NotComputable):
        return "–"
    indicator = rate.indicator
    return f"{figures.rate(side.value, indicator.decimals)}{verdicts.unit(indicator.unit)}"


def _verdict(rate: MovedRate) -> str:
    if rate.turned:
        one = rate.turned[0]
        return _became(verdicts.word(one.before), verdicts.word(one.after))
    return verdicts.word(rate.verdicts[0].after) if rate.verdicts else ""


def _became(before: str, after: str) -> str:
    return _("{before} to {after}").format(before=before, after=after)


def _sign(rate: MovedRate) -> Sign | None:
    return verdicts.SIGNS[rate.turned[0].after] if rate.turned else None


def _tone(rate: MovedRate) -> Tone | None:
    return verdicts.tone(rate.turned[0].after) if rate.turned else None


def _columns() -> list[Column[MovedRate]]:
    return [
        Column(
            _("Rate"),
            lambda rate: verdicts.name(rate.indicator),
            second=lambda rate: f"{_whose(rate)} · {rate.year}",
            stretch=True,
        ),
        Column(
            _("Before, after"),
            lambda rate: _became(rate_text(rate, rate.before), rate_text(rate, rate.after)),
            second=_verdict,
            sign=_sign,
            tone=_tone,
            width=190,
        ),
    ]


def _whose(rate: MovedRate) -> str:
    return _("whole office") if rate.unit is None else words.unit_name(rate.name)
