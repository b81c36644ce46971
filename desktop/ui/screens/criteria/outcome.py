"""What decides a commune: verdict with its reasons, the cheapest way to pass, what would lose it, zones, parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.criteria.ranking import surplus
from desktop.domain.criteria.scoring import By, Judged, Verdict
from desktop.domain.criteria.ways import Gain, Loss, Why
from desktop.system.i18n import _, render
from desktop.ui import words as window_words
from desktop.ui.screens.criteria import words
from desktop.ui.style import signs
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import column, label, row, rule

if TYPE_CHECKING:
    from desktop.application.criteria_overview import Sheet, YearResult, ZoneResult
    from desktop.application.criteria_results import Part

GAIN = 48
PAD = 6
YEARS = 6


class Band(QFrame):
    """A heading within the panel, with a figure at its right."""

    def __init__(self, title: str, figure: str = "", tone: Tone | None = None) -> None:
        super().__init__()
        self.setProperty("kind", "notice" if tone else "foot")
        if tone:
            self.setProperty("tone", tone.value)
        self.setStyleSheet("QFrame { border-radius: 0; border-left: 0; border-right: 0; }")
        self.setFixedHeight(28)
        told = label(figure, "head", tone=tone)
        self.setLayout(row(label(title, "head"), None, told, margins=(11, 0, 11, 0)))
        self.setAccessibleName(f"{title} {figure}".strip())


class Link(QPushButton):
    """A name one can follow, cut with dots where it does not fit; the tip has all of it."""

    def __init__(self, text: str, act: Callable[[], object]) -> None:
        super().__init__(text)
        self.setProperty("kind", "link")
        self.setAutoDefault(False)
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setMinimumWidth(40)
        self._whole = text
        self.clicked.connect(lambda _on=False: act())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        room = self.width() - 2 * PAD
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))

    def sizeHint(self) -> QSize:
        """As wide as the whole name, so that it is cut only where there is no room."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2 * PAD, super().sizeHint().height())


class Outcome(QScrollArea):
    """Everything about one commune's verdict, in words."""

    row_asked = Signal(str)
    """The code of a row somebody wants to see."""
    left = Signal()
    """Esc: the keyboard goes back to where it came from."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Verdict and ways"))
        self.names: dict[By, str] = {}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def take_focus(self) -> None:
        """F4: the first row of the cheapest way takes the focus, else the panel, which the arrows scroll."""
        links = self.widget().findChildren(QPushButton) if self.widget() is not None else []
        (links[0] if links else self).setFocus()

    def show_nothing(self, why: str) -> None:
        """No commune, or nothing known yet."""
        self._fill([_inset(label(why, "second", wrap=True))])

    def show_sheet(self, sheet: Sheet, zones: tuple[ZoneResult, ...], *, brief: bool) -> None:
        """A commune; the brief form leaves out what the wide page says."""
        judged = sheet.standing.judged
        parts: list[QWidget] = [_inset(*self._verdict(sheet, judged))]
        if judged.verdict is Verdict.FAIL:
            parts += self._ways(sheet, judged)
        elif sheet.standing.loss is not None:
            parts += self._losses(sheet, sheet.standing.loss)
        parts += self._zones(zones)
        if not brief or sheet.standing.parts:
            parts += self._merged(sheet)
        if not brief:
            parts += self._years(sheet)
        self._fill(parts)

    def _fill(self, parts: list[QWidget]) -> None:
        held = QWidget()
        held.setProperty("kind", "sheet")
        body: QVBoxLayout = column(*parts, gap=0)
        body.addStretch(1)
        held.setLayout(body)
        self.setWidget(held)

    # ---- verdict ----

    def _verdict(self, sheet: Sheet, judged: Judged) -> Iterator[QWidget]:
        yield label(self.sentence(judged), "head", wrap=True)
        for reason in judged.reasons:
            sign = Sign.INFO if judged.verdict is Verdict.NOT_JUDGED else Sign.ERROR
            yield _told(sign, render(reason))
        if sheet.standing.valid_until is not None:
            text = _("Recognised until {day}.").format(day=f"{sheet.standing.valid_until:%d/%m/%Y}")
            yield _told(Sign.CHECKED, text)

    def sentence(self, judged: Judged) -> str:
        """The total and whose column it rests on."""
        if judged.by is None:
            return _("Nobody has given points yet.")
        column_name = words.by_name(judged.by, self.names)
        if not judged.maximum:
            return _("The points of the column “{column}” are not judged.").format(column=column_name)
        if judged.total is None:
            return _("The column “{column}” is not complete.").format(column=column_name)
        return _("{total} of {most} points by the column “{column}”; {needed} are needed.").format(
            total=words.total(judged.total),
            most=words.points(judged.maximum),
            column=column_name,
            needed=words.total(judged.needed),
        )

    # ---- ways ----

    def _ways(self, sheet: Sheet, judged: Judged) -> Iterator[QWidget]:
        way = sheet.standing.way
        if way is None:
            yield Band(_("Cheapest way to pass"))
            yield _inset(label(_("With these rows no way to pass is left."), wrap=True))
            return
        gained = sum((gain.points for gain in way), Fraction(0))
        reached = (judged.total or Fraction(0)) + gained
        figure = _("{now} to {then}").format(now=words.total(judged.total), then=words.total(reached))
        yield Band(_("Cheapest way to pass"), figure, Tone.GOOD)
        count = words.points(gained)
        yield _inset(
            label(_("At least {points} more points; knock-outs and floors first.").format(points=count), wrap=True)
        )
        for gain in sorted(way, key=lambda one: list(Why).index(one.why)):
            yield self._gain(sheet, judged, gain)
            yield rule()

    def _gain(self, sheet: Sheet, judged: Judged, gain: Gain) -> QWidget:
        found = next((one for one in sheet.rows if one.row.code == gain.code), None)
        name = found.row.name if found is not None else ""
        held = found.cells.get(judged.by) if found is not None and judged.by is not None else None
        now = held.points if held is not None and held.points is not None else Fraction(0)
        head = _("{code}. {name}, up to {points}").format(
            code=gain.code, name=name, points=words.points(now + gain.points)
        )
        made = QWidget()
        figure = label(f"+{words.points(gain.points)}", "head", tone=Tone.GOOD)
        figure.setFixedWidth(GAIN)
        link = Link(head, partial(self.row_asked.emit, gain.code))
        link.setMinimumWidth(40)
        why = label(self._why(gain, held.reason if held is not None else None), "hint", wrap=True)
        why.setContentsMargins(5, 0, 0, 0)
        inner = column(link, why, gap=0)
        line = row(figure, gap=4, margins=(11, 4, 8, 5))
        line.addLayout(inner, 1)
        made.setLayout(line)
        return made

    def _why(self, gain: Gain, reason: str | None) -> str:
        first = {
            Why.KNOCK_OUT: _("knock-out: under its limit"),
            Why.FLOOR: _("its criterion is below the floor"),
            Why.TOTAL: _("the total lacks points"),
        }[gain.why]
        told = first[:1].upper() + first[1:] + "."
        return f"{told} {reason}" if reason else told

    def _losses(self, sheet: Sheet, loss: Loss) -> Iterator[QWidget]:
        yield Band(_("What would lose the standard"), tone=Tone.WARN)
        yield _inset(label(loss_words(sheet, loss), wrap=True))

    # ---- zones, parts, years ----

    def _zones(self, zones: tuple[ZoneResult, ...]) -> Iterator[QWidget]:
        yield rule()
        if not zones:
            yield _inset(_told(Sign.INFO, _("If the zone changes: the table of sub-criteria is needed to say it.")))
            return
        yield Band(_("If the zone changes"))
        told = []
        for found in zones:
            standing = words.verdict_with_margin(found.judged, surplus(found.judged, found.margin))
            text = f"{words.zone(found.zone).capitalize()}: {standing}"
            told.append(_told(words.SIGNS[found.judged.verdict], text, strong=found.changes))
        yield _inset(*told)

    def _merged(self, sheet: Sheet) -> Iterator[QWidget]:
        if not sheet.standing.parts:
            return
        yield Band(_("Communes it was made of"))
        words_of = _("A merged commune begins unjudged; these are the last results of its parts.")
        parts: list[QWidget] = [label(words_of, "hint", wrap=True)]
        parts += [_told(part_sign(found), part_words(found)) for found in sheet.standing.parts]
        yield _inset(*parts)

    def _years(self, sheet: Sheet) -> Iterator[QWidget]:
        before = [one for one in sheet.history if one.year < sheet.standing.year]
        if not before:
            return
        yield Band(_("Earlier years"))
        yield _inset(*(_told(words.SIGNS[one.verdict], year_words(one)) for one in before[-YEARS:]))


def brief_words(sheet: Sheet) -> str:
    """One commune's verdict in a line, where there is no room for the panel: what is lacking, or what would lose it."""
    standing = sheet.standing
    judged, way = standing.judged, standing.way
    name = window_words.unit_name(standing.commune.name)
    if judged.verdict is Verdict.PASS:
        return f"{name}: {loss_words(sheet, standing.loss)}" if standing.loss is not None else name
    if judged.verdict is Verdict.NOT_JUDGED:
        return f"{name}: {render(judged.reasons[0])}" if judged.reasons else name
    if way is None:
        return f"{name}: {_('With these rows no way to pass is left.')}"
    gains = ", ".join(f"{gain.code} (+{words.points(gain.points)})" for gain in way)
    return _("{name}: cheapest way to pass {gains}.").format(name=name, gains=gains)


def loss_words(sheet: Sheet, loss: Loss) -> str:
    """Where the commune is nearest to failing."""
    room = words.points(loss.points)
    if loss.code is None:
        return _("More than {points} points lost in any rows: the total would fall under the limit.").format(
            points=room
        )
    if loss.why is Why.KNOCK_OUT:
        name = next((one.row.name for one in sheet.rows if one.row.code == loss.code), "")
        text = _("More than {points} points lost in {code} {name}: it is a knock-out.")
        at_once = _("Any points lost in {code} {name}: it is a knock-out.")
    else:
        name = next((one.name for one in sheet.standing.criteria.criteria if one.number == loss.code), "")
        text = _("More than {points} points lost in criterion {code} {name}: it would fall below its floor.")
        at_once = _("Any points lost in criterion {code} {name}: it would fall below its floor.")
    return (text if loss.points else at_once).format(points=room, code=loss.code, name=name)


def part_sign(found: Part) -> Sign:
    """The sign of a part's last verdict."""
    return words.SIGNS[found.result.judged.verdict] if found.result is not None else Sign.NOT_STARTED


def part_words(found: Part) -> str:
    """A part of a merged commune with its last result."""
    name, result = found.commune.name, found.result
    if result is None or result.judged.total is None:
        told = _("{name}: no points yet").format(name=name)
    else:
        told = _("{name}: {total} points in {year}").format(
            name=name, total=words.total(result.judged.total), year=result.year
        )
    if found.recognised is not None:
        _sign, standing, _tone = words.recognised(found.recognised)
        told += f"; {standing}"
    return told


def year_words(one: YearResult) -> str:
    """A year's result with the set it was scored with."""
    text = _("{year}: {total} points, {set}").format(
        year=one.year, total=words.total(one.total) or "–", set=one.set_code
    )
    return f"{text}, {_('recognised')}" if one.recognised else text


def _inset(*parts: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(column(*parts, gap=4, margins=(11, 7, 11, 8)))
    return made


def _told(sign: Sign, text: str, *, strong: bool = False) -> QWidget:
    """A line of state that may take several lines."""
    made = QWidget()
    picture = QLabel()
    picture.setPixmap(signs.pixmap(sign, 14, picture.devicePixelRatioF()))
    picture.setFixedWidth(20)
    picture.setAlignment(Qt.AlignmentFlag.AlignTop)
    picture.setContentsMargins(0, 2, 0, 0)
    said: QLabel = label(text, "head" if strong else "", wrap=True)
    line = row(picture, gap=0)
    line.addWidget(said, 1)
    made.setLayout(line)
    made.setAccessibleName(text)
    return made
