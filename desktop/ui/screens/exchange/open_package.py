"""An open package for an office whose key is not known yet: asked for with what it means, then written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.application import packages
from desktop.application.changes import Changes, Subject
from desktop.application.packages import Exported
from desktop.application.records import Record
from desktop.system.i18n import _
from desktop.ui.dialogs.ask import confirm
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.wording import say


def ask_open_package(parent: QWidget, session: Session) -> None:
    """Ask for the office's code and a folder; then write totals that anybody who finds them can read."""
    code = confirm(
        parent,
        _("Write a package that is not sealed?"),
        _(
            "Without the receiver's key the package is signed but open: whoever finds the stick can read its totals. "
            "It holds no child's name. Once the keys are exchanged, packages are sealed."
        ),
        deed=_("Choose a folder"),
        leave=_("Exchange keys first"),
        reason=_("Code of the receiving office (needed)"),
        needs_reason=True,
    )
    if not code:
        return
    name = QFileDialog.getExistingDirectory(parent, _("Folder for packages"), session.settings.package_folder or "")
    if name:
        write_open_package(parent, session, code, Path(name))


def write_open_package(parent: QWidget, session: Session, code: str, folder: Path) -> RunningJob:
    """Write it on a worker; the status bar says how it went."""
    today = session.today()

    def work(record: Record, step: Step) -> Exported:
        return packages.export_package(
            record, partner=code, folder=folder, today=today, only_complete=True, unsealed=True, step=step
        )

    def wrote(done: Exported) -> None:
        session.keep(package_folder=str(folder))
        session.tell(Changes(frozenset({Subject.PACKAGES, Subject.PARTNERS})))
        session.say(say("{file} is written, signed but open.", file=done.file.name), Tone.WARN)

    job = RunningJob(say("Write the package for {name}", name=code), work, stopping=say("Nothing stays on the stick."))
    job.succeeded.connect(wrote)
    job.failed.connect(session.refuse)
    Progress(parent, job)
    session.jobs.start(job, writes=True)
    return job
