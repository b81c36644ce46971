"""What settles a finding of a file at once: a reading for its dashes, a meaning for a heading or name, a period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.application import learned
from desktop.application.changes import Changes
from desktop.application.imports import Wanted
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.values import State
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.places import Place
from desktop.ui.screens.imports.findings import Cure
from desktop.ui.screens.imports.left import dash_words
from desktop.ui.screens.imports.picking import FORGET, NOT_OURS, Meaning, PickDialog
from desktop.ui.screens.imports.taken import Taken
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.ui.screens.imports.model import SheetView
    from desktop.ui.screens.imports.screen import ImportScreen
    from desktop.ui.screens.imports.view import ImportView

_UNITS: Final = frozenset({"import.unit_doubtful", "import.unknown_unit", "import.ambiguous_unit"})
_HEADINGS: Final = frozenset(
    {"import.heading_doubtful", "import.heading_ambiguous", "import.heading_twice", "import.extra_column"}
)
_DASHES: Final = (State.ZERO, State.NOT_APPLICABLE, State.NOT_REPORTED)


class Curing(QObject):
    """Buttons below a finding; what they settle is read again."""

    def __init__(self, screen: ImportScreen, view: ImportView) -> None:
        super().__init__(screen)
        self._screen, self._view = screen, view
        view.findings.cures_of = self.cures
        view.findings.cure_asked.connect(self.cure)
        view.left.settle_asked.connect(self.settle)

    def cures(self, finding: Finding) -> Sequence[Cure]:
        """What can be done here about a finding; nothing once the files are written."""
        if self._screen.written is not None:
            return [Cure("cell", _("To the figure in the record"))] if finding.unit and finding.element else []
        rule = finding.rule
        if rule == "import.dash":
            return [Cure(f"dash:{one}", _("Whole file: “-” is {what}").format(what=dash_words(one))) for one in _DASHES]
        if rule in _UNITS:
            return [Cure("unit", _("Choose the commune…"))] if self._unit_at(finding) else []
        if rule in _HEADINGS:
            return [Cure("heading", _("Choose the figure…"))] if self._heading_at(finding) else []
        if rule == "import.kept":
            return [
                Cure("replace", _("Replace typed figures with this file's")),
                Cure("cell", _("To the figure in the record")),
            ]
        if rule == "import.form_closed":
            return [Cure("cell", _("To the figure in the record"))]
        present = words.period_name(self._screen.session.period)
        return {
            "import.no_period": [Cure("present", _("Read as {period}").format(period=present))],
            "import.period_from_name": [Cure("present", _("Read as {period}").format(period=present))],
            "import.period_differs": [Cure("period", _("Read as the file says"))],
            "import.kind_differs": [Cure("kind", _("Read as the file says"))],
        }.get(rule, [])

    def cure(self, key: str, finding: Finding) -> None:
        """Do what a button says."""
        screen = self._screen
        file = finding.file or ""
        wanted = screen.wanted(file)
        wishes: dict[str, Callable[[], Wanted]] = {
            "replace": lambda: replace(wanted, replace=True),
            "present": lambda: replace(wanted, period=screen.session.period),
            "period": lambda: replace(wanted, period=None),
            "kind": lambda: replace(wanted, kind=None),
            **{f"dash:{one}": lambda one=one: replace(wanted, dash=one) for one in _DASHES},  # type: ignore[misc]
        }
        if key in wishes:
            screen.wishes[file] = wishes[key]()
            screen.read()
        elif key == "cell":
            screen.session.go(Place.ENTRY, way="matrix", unit=finding.unit or "", element=finding.element or "")
        else:
            taken = self._unit_at(finding) if key == "unit" else self._heading_at(finding)
            if taken is not None:
                self.settle(taken, file)

    def _sheet_of(self, finding: Finding) -> SheetView | None:
        sheets = self._screen.desk.sheets if self._screen.desk else ()
        return next((one for one in sheets if (one.file, one.sheet) == (finding.file, finding.sheet)), None)

    def _unit_at(self, finding: Finding) -> Taken | None:
        from desktop.application.shown_sheets import number

        view = self._sheet_of(finding)
        if view is None or view.shown is None or finding.row is None or finding.column is None:
            return None
        written = view.shown.text(finding.row, number(finding.column))
        return next((one for one in view.taken if one.is_unit and one.written == written), None)

    def _heading_at(self, finding: Finding) -> Taken | None:
        view = self._sheet_of(finding)
        places = (finding.column, str(finding.row))
        return next((one for one in view.taken if not one.is_unit and one.place in places), None) if view else None

    # ---- settling what a heading or a name means ----

    def settle(self, taken: Taken, file: str | None = None) -> None:
        """Ask what it means; remembered, and read again."""
        screen = self._screen
        desk, view = screen.desk, screen.sheet
        if desk is None or view is None or screen.written is not None:
            return
        name = file or view.file
        reading = next((one.reading for one in desk.sheets if one.file == name and one.reading), None)
        if reading is not None:
            ask_meaning(self._view, screen.session, taken, reading.sender)


def ask_meaning(parent: QWidget, session: Session, taken: Taken, sender: str) -> bool:
    """Ask and remember; whether anything was settled. Everybody who shows files reads them again when told."""
    dialog = PickDialog(parent, taken, meanings(session, units=taken.is_unit), sender)
    dialog.exec()
    if dialog.answer is None:
        return False
    whose = learned.EVERYONE if dialog.for_all else sender
    return session.write(lambda record: remember(record, taken, dialog.answer or NOT_OURS, whose, sender)) is not None


def remember(record: Record, taken: Taken, answer: str, whose: str, sender: str) -> Changes:
    """Write what was settled; forgetting takes back what this sender's files follow."""
    if answer == FORGET:
        done = learned.forget(record, text=taken.written, sender=sender)
        return learned.forget(record, text=taken.written) if not done.changed else done
    if taken.is_unit:
        return learned.learn_unit(record, written=taken.written, unit=answer, sender=whose)
    return learned.learn_heading(record, heading=taken.written, element=answer or None, sender=whose)


def meanings(session: Session, *, units: bool) -> list[Meaning]:
    """Everything a name (communes, by uid) or a heading (elements of communes, by code) can mean."""
    if units:
        return [Meaning(one.uid, words.unit_name(one.name), one.code) for one in session.communes]
    from desktop.application.catalogue import catalogue

    known = catalogue(session.record).elements.values()
    return [
        Meaning(one.code, words.named(one.name_vi, one.name_en), one.unit) for one in known if one.level == "commune"
    ]
