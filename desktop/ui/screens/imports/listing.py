"""What a person says of weighing lists on the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog

from desktop.application.children_import import ListPlan, ListWish, Place, Who, lists_of
from desktop.application.imports import ImportPlan, Wanted
from desktop.application.records import Record
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.days import read_day
from desktop.ui.jobs import Step

if TYPE_CHECKING:
    from desktop.ui.screens.imports.screen import ImportScreen


@dataclass(slots=True)
class ListAnswers:
    """Which child a doubtful row is, by its place; on which day a file's children were weighed."""

    settled: dict[Place, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)

    def copy(self) -> ListAnswers:
        """For a worker: what is said now."""
        return ListAnswers(dict(self.settled), dict(self.days))

    def read(
        self, record: Record, plan: ImportPlan, each: Mapping[str, Wanted], today: date, step: Step | None = None
    ) -> ListPlan:
        """The lists among the files of a plan, beside the record."""
        wishes = {
            file.file: ListWish(self.days.get(file.file), replace=each.get(file.file, Wanted()).replace)
            for file in plan.files
        }
        return lists_of(
            record, files=plan.files, wish=ListWish(), today=today, settled=self.settled, each=wishes, step=step
        )


def lists_are_gone(record: Record, lists: ListPlan) -> bool:
    """Whether what was written of lists was taken back."""
    from desktop.application.children import child_page, find

    met = next((one for one in lists.rows if one.child and one.measurement), None)
    if met is not None and met.child:
        page = child_page(record, uid=met.child, log=False)
        return all(one.day != met.placed.day for one in page.measurements)
    new = next((one for one in lists.rows if one.who is Who.NEW), None)
    if new is None:
        return False
    row = new.placed.row
    found = (one.child for one in find(record, text=row.name, today=new.placed.day, limit=50))
    return not any((one.birth_date, one.mother) == (row.birth_date, row.mother) for one in found)


def ask_day(screen: ImportScreen) -> None:
    """On which day the children of the chosen file were weighed."""
    view = screen.sheet
    if view is None or screen.written is not None:
        return
    held = screen.lists.days.get(view.file)
    shown = words.day(held) if held else ""
    text, is_said = QInputDialog.getText(
        screen.view, _("Day of weighing"), _("Day of weighing (day/month/year), empty for that of the file"), text=shown
    )
    if not is_said:
        return
    day = read_day(text, screen.session.today())
    if day is None and text.strip():
        screen.session.say(_("“{text}” is no day.").format(text=text))
        return
    screen.lists.days.pop(view.file, None)
    if day is not None:
        screen.lists.days[view.file] = day
    screen.read()
