"""Bộ tiêu chí: every set with what is known of it, its sources, its gaps; an office loads its official table here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from desktop.application.changes import Changes
from desktop.application.records import Record
from desktop.domain.criteria.sets import CriteriaSet
from desktop.errors import AppError
from desktop.system.i18n import _
from desktop.ui.dialogs.ask import confirm
from desktop.ui.saving import save_bytes
from desktop.ui.screens.criteria import words
from desktop.ui.screens.criteria.part import Part
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Panel, button, column, label, row, rule
from desktop.ui.widgets.tables import Column, RowsModel, Table

if TYPE_CHECKING:
    from desktop.ui.screens.criteria.screen import CriteriaScreen

SIDE: Final = 420


@dataclass(frozen=True, slots=True)
class SetLine:
    """A criterion of a set, or a row below it."""

    code: str
    name: str
    maximum: Fraction | None
    about: str
    is_criterion: bool
    certainty: str = ""


def lines_of(one: CriteriaSet) -> Iterator[SetLine]:
    """Criteria with their rows."""
    for criterion in one.criteria:
        yield SetLine(
            criterion.number, criterion.name, criterion.maximum, "", bool(criterion.rows), criterion.certainty
        )
        for found in criterion.rows:
            told = []
            if found.least is not None:
                told.append(_("knock-out under {points}").format(points=words.points(found.least)))
            if found.in_zones:
                told.append(_("only in zone {zones}").format(zones=", ".join(map(str, found.in_zones))))
            if found.rule:
                told.append(_("read from the record"))
            yield SetLine(found.code, found.name, found.maximum, "; ".join(told), is_criterion=False)


class SetsView(QWidget):
    """Sets at the left, the chosen one at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.panel = Panel(_("Sets of criteria"))
        self.model: RowsModel[CriteriaSet] = RowsModel(_columns())
        self.table = Table(self.model, name=_("Sets of criteria"), lines=2)
        self.table.setFixedHeight(150)
        self.panel.add(self.table)
        self.panel.add(rule())
        self.about = label("", "second", wrap=True)
        self.gaps = label("", "", wrap=True)
        self.panel.add_inset(column(self.about, self.gaps, gap=6))
        self.sources_model: RowsModel[tuple[str, str]] = RowsModel(_source_columns())
        self.sources = Table(self.sources_model, name=_("Where each fact was read"), lines=2)
        self.panel.add(rule())
        self.panel.add(self.sources, 3)
        self.panel.add(QWidget(), 1)
        self.template = button(_("Write the template…"), icon="arrow_download_16_regular")
        self.load = button(_("Load from Excel…"), kind="primary", icon="folder_open_16_regular")
        self.remove = button(_("Take the table away…"))
        self.panel.add_foot(self.remove, None, self.template, self.load)
        self.side = Panel(" ")
        self.rows_model: RowsModel[SetLine] = RowsModel(_line_columns(), group=lambda one: one.is_criterion)
        self.rows = Table(self.rows_model, name=_("Criteria of the set"))
        self.side.add(self.rows, 1)
        body = row(gap=8)
        body.addWidget(self.panel, 1)
        body.addWidget(self.side, 1)
        whole: QVBoxLayout = column(gap=0)
        whole.addLayout(body, 1)
        self.setLayout(whole)


class SetsPart(Part):
    """Sets are dated data: an office's table stands beside the decision's frame, and old years keep theirs."""

    def __init__(self, screen: CriteriaScreen) -> None:
        super().__init__(screen)
        self._view = view = SetsView()
        view.table.row_chosen.connect(self._choose)
        view.load.clicked.connect(lambda _on=False: self.ask_file())
        view.remove.clicked.connect(lambda _on=False: self.remove())
        view.template.clicked.connect(lambda _on=False: self.ask_out())

    @property
    def view(self) -> SetsView:
        """The tab's page."""
        return self._view

    @property
    def tools(self) -> Sequence[QWidget]:
        """Nothing."""
        return ()

    def load(self) -> None:
        """Read the sets; the one of the year is chosen."""
        from desktop.application.criteria import sets, used_set

        record = self.session.record
        known = sorted(sets(record).values(), key=lambda one: (-one.first_year, one.code))
        self._view.model.show(known)
        try:
            used = used_set(record, year=self.screen.year).code
        except AppError:
            used = ""
        at = next((n for n, one in enumerate(known) if one.code == used), 0)
        if known:
            self._view.table.selectRow(at)
            self._choose(known[at])

    def _choose(self, one: CriteriaSet | None) -> None:
        if one is None:
            return
        view = self._view
        view.side.set_title(one.name)
        view.remove.setVisible(bool(one.frame))
        view.rows_model.show(list(lines_of(one)))
        needed, floor = (f"{words.points(share * 100)}%" for share in (one.total_share, one.floor_share))
        view.about.setText(
            _("Passes with at least {needed} of all points and {floor} of each criterion, without a knock-out; "
              "recognised for {years} years.").format(needed=needed, floor=floor, years=one.valid_years)
        )  # fmt: skip
        gaps = "; ".join(one.gaps)
        view.gaps.setText(_("Not known: {gaps}.").format(gaps=gaps.rstrip(".")) if gaps else "")
        view.gaps.setVisible(bool(gaps))
        view.sources_model.show(one.sources)

    def ask_out(self) -> None:
        """Write the empty table in the right shape: criteria and maxima, no row below them."""
        name, _filter = QFileDialog.getSaveFileName(
            self._view, _("Write the template…"), "mau-bang-tieu-chi.xlsx", "Excel (*.xlsx)"
        )
        if name:
            self.write_template(Path(name))

    def write_template(self, out: Path) -> None:
        """Put the template on disk."""
        from desktop.application.criteria_tables import template_bytes

        one = self._view.table.chosen()
        code = one.code if one is not None else None
        save_bytes(self.session, out, template_bytes(self.session.record, code=code))

    def ask_file(self) -> None:
        """Choose a filled table."""
        kinds = _("Tables of criteria") + " (*.xlsx *.xlsm *.xls *.ods)"
        name, _filter = QFileDialog.getOpenFileName(self._view, _("Load from Excel…"), "", kinds)
        if name:
            self.install(Path(name))

    def install(self, file: Path) -> None:
        """Show what a file says; load it where the person says so."""
        from desktop.ui.screens.criteria.install_dialog import InstallDialog

        asked = InstallDialog(self._view, self.session, file)
        if asked.exec() == QDialog.DialogCode.Accepted:
            self.load()
            self.session.say(
                _("The table is loaded. Ctrl+Z does not take it back; the button “Take the table away…” does.")
            )

    def remove(self) -> None:
        """Take a loaded table away; one by which points were given stays."""
        one: CriteriaSet | None = self._view.table.chosen()
        if one is None or not one.frame:
            return
        title = _("Take away the table {name}?").format(name=one.name)
        text = _("Only a table by which nothing was scored can be taken away.")
        if confirm(self._view, title, text, deed=_("Take the table away"), leave=_("Leave as it was")) is None:
            return

        def intent(record: Record) -> Changes:
            from desktop.application.criteria_tables import remove

            return remove(record, code=one.code)

        self.session.write(intent)

    def set_compact(self, compact: bool) -> None:
        """What is known matters more than where it was read."""
        self._view.sources.setVisible(not compact)
        for column_at in (1, 2, 3):
            self._view.table.setColumnHidden(column_at, compact)

    def hint(self) -> str:
        """What this tab is for."""
        return _("Years keep the set they were scored with")


def _years(one: CriteriaSet) -> str:
    return f"{one.first_year}–{one.last_year or '…'}"


def _columns() -> list[Column[CriteriaSet]]:
    return [
        Column(
            _("Set"),
            lambda one: one.decision or one.name,
            second=lambda one: f"{one.code} · {one.name}" if one.frame else one.name,
            stretch=True,
            strong=lambda _one: True,
            tip=lambda one: f"{one.decision}\n{one.name}",
        ),
        Column(_("Years"), _years, centre=True, width=88),
        Column(_("Criteria"), lambda one: str(len(one.criteria)), number=True, width=62),
        Column(_("Rows"), lambda one: str(len(one.rows)) if one.is_detailed else "–", number=True, width=62),
        Column(
            _("How far known"),
            lambda one: _state(one)[1],
            sign=lambda one: _state(one)[0],
            tone=lambda one: _state(one)[2],
            width=138,
        ),
    ]


def _state(one: CriteriaSet) -> tuple[Sign, str, Tone]:
    if one.is_detailed:
        return Sign.CHECKED, _("office's table"), Tone.GOOD
    if one.is_whole:
        return Sign.IN_ENTRY, _("criteria and maxima"), Tone.BUSY
    return Sign.NOT_STARTED, _("with gaps"), Tone.MUTE


def _source_columns() -> list[Column[tuple[str, str]]]:
    return [
        Column(_("Where each fact was read"), lambda one: one[0], second=lambda one: one[1], stretch=True,
               tip=lambda one: one[1])
    ]  # fmt: skip


def _line_columns() -> list[Column[SetLine]]:
    marks = {"found": _("read at its source"), "memory": _("from memory"), "office": ""}
    return [
        Column(_("No."), lambda one: one.code, width=52),
        Column(_("Criterion"), lambda one: one.name, stretch=True, tip=lambda one: one.name),
        Column(_("At most"), lambda one: words.points(one.maximum) or "–", number=True, width=66),
        Column(_("Note"), lambda one: one.about or marks.get(one.certainty, ""), width=124, tip=lambda one: one.about),
    ]
