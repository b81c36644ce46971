"""The left of the desk: the files, how the chosen one is read, and what its headings and names were taken for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from desktop.application.imports import Wanted
from desktop.domain.findings import Severity
from desktop.domain.legacy_text import Encoding
from desktop.domain.periods import Period
from desktop.domain.values import Kind, State
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.screens.imports.model import SheetView
from desktop.ui.screens.imports.taken import OWN, Sure, Taken
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Panel, button, column, label, row, rule
from desktop.ui.widgets.tables import Column, RowsModel, Table
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.exchange.reading import Skipped

WIDTH: Final = 252
LETTERS: Final = {"unicode": "Unicode", "tcvn3": "TCVN3", "vni": "VNI"}
SURE: Final = {Sure.YES: Sign.CHECKED, Sure.SETTLED: Sign.KEPT, Sure.DOUBTFUL: Sign.WARNING, Sure.NO: Sign.NOT_STARTED}


def _parts() -> tuple[str, str, str]:
    return (_("Files"), _("Reading"), _("Headings"))


def kind_words(kind: Kind) -> str:
    """Actual, estimated, assigned."""
    return {Kind.ACTUAL: _("actual"), Kind.ESTIMATE: _("estimated"), Kind.ASSIGNED: _("assigned")}[kind]


def layout_words(layout: str) -> str:
    """What kind of sheet it is."""
    return {
        "summary": _("summary"),
        "form": _("form of one commune"),
        "template": _("our template"),
        "query": _("answered query sheet"),
        "weighing_list": _("weighing list"),
        "other": _("no table known"),
    }.get(layout, layout)


def dash_words(meaning: State) -> str:
    """One of the three readings of a dash."""
    return {
        State.ZERO: "0",
        State.NOT_APPLICABLE: _("not applicable"),
        State.NOT_REPORTED: _("not reported"),
    }[meaning]


def files_columns() -> list[Column[SheetView]]:
    """The file with its sheet below, and how many findings."""
    return [
        Column("", lambda one: one.file, second=sheet_words, sign=sheet_sign, stretch=True, tip=file_tip),
        Column("", findings_words, number=True, width=40, tone=sheet_tone, strong=lambda _one: True),
    ]


def sheet_words(view: SheetView) -> str:
    """Sheet, what it is, how many communes, in which letters."""
    if view.reading is None:
        return _("cannot be read")
    parts = [view.sheet, layout_words(view.layout)]
    if view.listed is not None:
        many = _("{count} children").format(count=view.accepted)
        parts = [view.sheet, layout_words(view.layout), many]
    elif view.accepted:
        count = _("1 commune") if view.accepted == 1 else _("{count} communes").format(count=view.accepted)
        parts = [view.sheet, count if view.layout == "summary" else f"{layout_words(view.layout)}"]
    letters = LETTERS.get(view.reading.encoding, "") if view.reading.encoding != "unicode" else ""
    return " · ".join(part for part in (*parts, letters) if part)


def file_tip(view: SheetView) -> str:
    """Everything that was recognised."""
    read = view.reading
    lines = [view.file, sheet_words(view)]
    if read is not None:
        found = next((sheet for sheet in read.sheets if sheet.sheet == view.sheet), None)
        if found is not None and found.period is not None:
            lines.append(f"{words.period_name(found.period)} · {kind_words(found.kind)}")
        lines.append(_("Sender: {sender}").format(sender=read.sender or _("not known")))
    return "\n".join(lines)


def findings_words(view: SheetView) -> str:
    """How many errors and warnings."""
    count = sum(finding.severity is not Severity.NOTE for finding in view.findings)
    return str(count) if count else ""


def sheet_sign(view: SheetView) -> Sign:
    """The worst of the sheet; a ring where there is nothing to take from it."""
    if view.severity is Severity.ERROR:
        return Sign.ERROR
    if view.severity is Severity.WARNING:
        return Sign.WARNING
    return Sign.CHECKED if view.cells or view.reasons or view.accepted else Sign.NOT_STARTED


def sheet_tone(view: SheetView) -> Tone | None:
    """The colour of the count."""
    return {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN}.get(view.severity) if view.severity else None


class LeftPanel(Panel):
    """Files, options of the chosen file, its headings."""

    sheet_chosen = Signal(object)
    wish_changed = Signal(object)
    """A `Wanted` for the file of the chosen sheet."""
    settle_asked = Signal(object)
    """A `Taken`."""
    day_asked = Signal()
    remove_asked = Signal(object)
    """A `SheetView` whose file is taken from the desk."""

    def __init__(self) -> None:
        super().__init__(_("Files chosen"))
        self.setFixedWidth(WIDTH)
        self.files_model: RowsModel[SheetView] = RowsModel(files_columns())
        self.files = Table(self.files_model, name=_("Files chosen"), lines=2)
        self.files.row_chosen.connect(self.sheet_chosen)
        self.tabs = [button(name, partial(self.show_part, at), kind="switch") for at, name in enumerate(_parts())]
        for tab in self.tabs:
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
        self.tab_row = QWidget()
        self.tab_row.setLayout(row(*self.tabs, None, gap=0, margins=(10, 4, 4, 4)))
        self.add(self.tab_row)
        self.tabs[0].setChecked(True)
        self.add(self.files, 3)
        self.line = rule()
        self.add(self.line)
        self._make_options()
        self.taken_model: RowsModel[Taken] = RowsModel(
            [
                Column(_("In the file"), _written, width=118, tip=lambda one: one.written),
                Column(_("Taken for"), lambda one: one.meaning, sign=_sign, stretch=True, tone=_tone),
            ]
        )
        self.rest = QWidget()
        self.taken = Table(self.taken_model, name=_("Headings and names"))
        self.taken.row_opened.connect(self.settle_asked)
        self.own = label(_("Made by this program: read by the names of its cells."), "hint", wrap=True)
        self.own.setMargin(11)
        self.own.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.rest.setLayout(column(self.taken, self.own, gap=0))
        self.add(self.rest, 4)
        self.settle = button(_("Settle…"), self._settle, kind="small")
        self.settle.setToolTip(_("Choose what the marked heading or name means; it is remembered"))
        self.remove = button(_("Take away"), self._remove, kind="small")
        self.remove.setToolTip(_("Take the file from the desk; the file itself stays where it is  (Delete)"))
        self.files.installEventFilter(self)
        self.add_foot(self.settle, None, self.remove)
        self._is_compact = False
        self._views = 0
        self.show_part(0)

    def _make_options(self) -> None:
        """How the chosen file is read."""
        self._wanted = Wanted()
        # Qt would turn an enumeration into its text.
        self._choices: dict[str, list[object]] = {}
        self._form = QFormLayout()
        self._form.setContentsMargins(11, 6, 8, 4)
        self._form.setVerticalSpacing(3)
        self._form.setHorizontalSpacing(6)
        self.period = self._choice(_("Period"), "period")
        self.kind = self._choice(_("Figures"), "kind")
        self.encoding = self._choice(_("Letters"), "encoding")
        self.dash = self._choice(_("A dash “-”"), "dash")
        self.replacing = QCheckBox(_("Replace typed figures too"))
        self.replacing.clicked.connect(lambda on: self._wish(replace=bool(on)))
        self._form.addRow(self.replacing)
        self.day = label("", wrap=True)
        self.name_day = button(_("Day of weighing…"), self.day_asked.emit, kind="small")
        self.name_day.setToolTip(_("Name the day where the list does not say it"))
        self.day_line = QWidget()
        held = column(self.day, gap=3)
        held.addLayout(row(self.name_day, None))
        self.day_line.setLayout(held)
        self._form.addRow(self.day_line)
        self.skipped = label("", "hint", wrap=True)
        self._form.addRow(self.skipped)
        self.options = QWidget()
        self.options.setLayout(self._form)
        self.add(self.options)

    def _choice(self, name: str, field: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(6)
        made.activated.connect(lambda at: self._wish(**{field: self._choices[field][at]}))
        self._form.addRow(label(name, "second"), made)
        return made

    def _wish(self, **news: object) -> None:
        self._wanted = replace(self._wanted, **news)  # type: ignore[arg-type]
        self.wish_changed.emit(self._wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete takes the chosen file from the desk."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Delete:
            self._remove()
            return True
        return super().eventFilter(watched, event)

    def _remove(self) -> None:
        chosen = self.files.chosen()
        if chosen is not None and self.remove.isEnabled():
            self.remove_asked.emit(chosen)

    def _settle(self) -> None:
        chosen = self.taken.chosen() or next((one for one in self.taken_model.rows if one.sure is Sure.DOUBTFUL), None)
        if chosen is not None:
            self.settle_asked.emit(chosen)

    def show_files(self, views: tuple[SheetView, ...], chosen: int) -> None:
        """Other files; one of them chosen."""
        files = len({view.file for view in views})
        self.set_title(_("Files chosen ({count})").format(count=files))
        self.files.blockSignals(True)  # the screen shows the chosen sheet itself
        self.files_model.show(views)
        self._views = len(views)
        self._fit_files()
        self.head_row.setVisible(not self._is_compact)
        if views:
            self.files.selectRow(chosen)
        self.files.blockSignals(False)

    def show_sheet(self, view: SheetView, wanted: Wanted, present: Period, *, closed: bool) -> None:
        """How the chosen sheet was read; `closed` where it was written and nothing can be asked any more."""
        self._wanted = wanted
        read = next((one for one in view.reading.sheets if one.sheet == view.sheet), None) if view.reading else None
        period = words.period_name(read.period) if read and read.period else _("not read")
        asked = wanted.period or present
        self._fill("period", [(None, _of_file(period)), (asked, words.period_name(asked))], wanted.period)
        kind = kind_words(read.kind) if read else ""
        self._fill("kind", [(None, _of_file(kind)), *((one, kind_words(one)) for one in Kind)], wanted.kind)
        letters = LETTERS.get(view.reading.encoding, "") if view.reading else ""
        self._fill(
            "encoding",
            [(None, _of_file(letters)), *((Encoding(key), name) for key, name in LETTERS.items())],
            wanted.encoding,
        )
        meanings = (State.ZERO, State.NOT_APPLICABLE, State.NOT_REPORTED)
        count = sum(finding.rule == "import.dash" for finding in view.findings)
        unsettled = _("{count} to settle").format(count=count) if count else _("none in the file")
        self._fill("dash", [(None, unsettled), *((one, dash_words(one)) for one in meanings)], wanted.dash)
        self.replacing.setChecked(wanted.replace)
        for part in (self.period, self.kind, self.encoding, self.dash, self.replacing, self.remove):
            part.setEnabled(not closed)
        self.skipped.setText(_skipped(view))
        self.skipped.setVisible(bool(self.skipped.text()))
        self.skipped.setToolTip(_skipped_tip(view))
        is_own = view.layout in OWN
        is_list = view.listed is not None
        for part in (self.period, self.kind, self.dash):
            self._form.setRowVisible(part, not is_list)
        self.day.setText(_list_words(view))
        self._form.setRowVisible(self.day_line, is_list)
        self.name_day.setEnabled(not closed)
        self.taken.setVisible(not is_own)
        self.own.setVisible(is_own)
        self.settle.setEnabled(bool(view.taken) and not closed and not is_list)
        self.taken_model.show(view.taken)
        open_ones = (Sure.DOUBTFUL, Sure.NO)
        doubt = next((at for at, one in enumerate(view.taken) if one.sure in open_ones[: 1 + one.is_unit]), None)
        if doubt is not None:
            self.taken.selectRow(doubt)

    def _fill(self, field: str, choices: list[tuple[object, str]], chosen: object) -> None:
        box: QComboBox = getattr(self, field)
        box.clear()
        box.addItems([text for _data, text in choices])
        self._choices[field] = [data for data, _text in choices]
        at = next((place for place, (data, _text) in enumerate(choices) if data == chosen), 0)
        box.setCurrentIndex(at)
        box.setToolTip(choices[at][1])

    def set_compact(self, compact: bool) -> None:
        """Little room: one part at a time, with switches."""
        self._is_compact = compact
        self.setFixedWidth(210 if compact else WIDTH)
        self.taken.setColumnWidth(0, 96 if compact else 118)
        self._fit_files()
        self.show_part(0)

    def _fit_files(self) -> None:
        """As high as the files, five at most, where other parts stand below."""
        high = self.files.row_height
        self.files.setMinimumHeight(0 if self._is_compact else min(max(self._views, 1), 3) * high + 2)
        self.files.setMaximumHeight(10_000 if self._is_compact else min(max(self._views, 1), 5) * high + 2)

    def show_part(self, part: int) -> None:
        """Little room: files (0), how the file is read (1), its headings (2); with room all of them stand."""
        self.tabs[part].setChecked(True)
        self.tab_row.setVisible(self._is_compact)
        self.head_row.setVisible(not self._is_compact)
        self.line.setVisible(not self._is_compact)
        for at, shown in enumerate((self.files, self.options, self.rest)):
            shown.setVisible(not self._is_compact or at == part)


def _of_file(text: str) -> str:
    return _("as the file: {what}").format(what=text) if text else _("as the file says")


def _sign(one: Taken) -> Sign:
    return Sign.ERROR if one.is_unit and one.sure is Sure.NO else SURE[one.sure]


def _written(one: Taken) -> str:
    return f"{one.place}  {one.short}"


def _tone(one: Taken) -> Tone | None:
    return {Sure.DOUBTFUL: Tone.WARN, Sure.NO: Tone.MUTE}.get(one.sure)


def _list_words(view: SheetView) -> str:
    """Of which commune and which day a list is."""
    if view.listed is None:
        return ""
    placed = view.listed.list
    parts = [placed.commune.name if placed.commune else "", words.day(placed.day) if placed.day else ""]
    return " · ".join(part for part in parts if part) or _("day and commune not known")


def _rows(view: SheetView) -> tuple[Skipped, ...]:
    if view.listed is not None:
        return view.listed.skipped
    read = next((one for one in view.reading.sheets if one.sheet == view.sheet), None) if view.reading else None
    return read.skipped if read else ()


def _skipped(view: SheetView) -> str:
    rows = _rows(view)
    if not rows:
        return ""
    told = ", ".join(str(one.row) for one in rows[:6]) + (", …" if len(rows) > 6 else "")
    return _("Rows left out: {rows}").format(rows=told)


def _skipped_tip(view: SheetView) -> str:
    told = ((render(say("row {row}", row=str(one.row))), render(one.reason)) for one in _rows(view)[:30])
    return "\n".join(f"{row_words}: {reason}" for row_words, reason in told)
