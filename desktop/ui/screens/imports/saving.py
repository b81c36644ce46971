"""The findings of files as a table that Excel opens."""

from __future__ import annotations

import csv
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.application.imports import ImportPlan
from desktop.system.i18n import _, render
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.findings import look, place
from desktop.wording import say


def save_findings(parent: QWidget, session: Session, plan: ImportPlan | None) -> None:
    """Ask where, then write."""
    if plan is None:
        return
    name, _filter = QFileDialog.getSaveFileName(parent, _("Save findings"), "phat-hien.csv", "CSV (*.csv)")
    if name:
        write_findings(session, plan, Path(name))


def write_findings(session: Session, plan: ImportPlan | None, out: Path) -> None:
    """Write the list: UTF-8 with a mark, so that Excel reads the letters."""
    heads = [_("File"), _("Place"), _("Sign"), _("Finding"), _("What to do")]
    try:
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(heads)
            for finding in plan.findings if plan else ():
                advice = render(finding.advice) if finding.advice else ""
                writer.writerow([finding.file or "", place(finding), look(finding)[2], render(finding.message), advice])
    except OSError:
        session.say(say("{file} could not be written.", file=out.name), Tone.BAD)
        return
    session.say(say("Saved {file}.", file=out.name))
