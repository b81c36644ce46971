"""Quản trị: backups that are opened and checked, the way back, the letterhead, what the window remembers."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.application import backups, catalogue, double_entry, duties, offices
from desktop.application.backups import BACKED_UP
from desktop.application.changes import Subject
from desktop.application.records import Record, setting
from desktop.domain.findings import Finding
from desktop.system import paths
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.ask import Choice, choose, confirm
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Place, Target
from desktop.ui.screens.admin.office.part import OfficePart
from desktop.ui.screens.admin.stations.part import StationsPart
from desktop.ui.screens.admin.view import AdminView
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session, changes_of
from desktop.ui.style.palette import Tone
from desktop.wording import say


class AdminScreen(Screen):
    """What keeps the record safe and the papers right."""

    place = Place.ADMIN
    shows = frozenset({Subject.BACKUPS, Subject.OFFICE})
    help = "quan-tri"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._view = AdminView()
        view = self._view
        view.backup_asked.connect(self.back_up)
        view.folder_asked.connect(self.ask_folder)
        view.verify_asked.connect(self.ask_backup_to_verify)
        view.restore_asked.connect(self.ask_backup_to_restore)
        view.letterhead_kept.connect(self.keep_letterhead)
        view.language_chosen.connect(self.choose_language)
        view.contrast_chosen.connect(self.choose_contrast)
        view.dash_forgotten.connect(self.forget_dash)
        view.sample_left.connect(self.leave_sample)
        view.habits.two_people_switched.connect(self.switch_two_people)
        view.habits.twice_switched.connect(self.switch_twice)
        view.habits.deadlines_asked.connect(self.set_deadlines)
        view.habits.holidays_asked.connect(self.set_holidays)
        self.office = OfficePart(session, view.office, view)
        self.stations = StationsPart(session, view.stations, view)

    @property
    def view(self) -> QWidget:
        """The page."""
        return self._view

    def load(self) -> None:
        """Read the last backup, the letterhead and the settings."""
        session = self.session
        last = backups.last_backup(session.record)
        self._view.show_backup(last, self.folder, str(session.path))
        self._view.show_letterhead(session.office)
        self.office.load()
        self.stations.load()
        self._view.show_settings(session.settings, is_sample=bool(setting(session.record, "sample")))
        forms = [
            (form.code, words.named(form.name_vi, form.name_en))
            for form in catalogue.catalogue(session.record).forms.values()
            if form.level == "commune"
        ]
        twice = catalogue.entered_twice(session.record)
        self._view.habits.show_habits(two_people=duties.two_people(session.record), forms=forms, twice=twice)

    def go(self, target: Target) -> None:
        """Show one of the three lists."""
        self._view.show_tab(target.get("tab") or "backup")

    # ---- backups ----

    @property
    def folder(self) -> Path:
        """Where backups go."""
        kept = self.session.settings.backup_folder
        return Path(kept) if kept else paths.backups()

    def ask_folder(self) -> None:
        """Choose the second place, best on another disk."""
        path = QFileDialog.getExistingDirectory(self._view, _("Folder for backups"), str(self.folder))
        if path:
            self.session.keep(backup_folder=path)
            self.load()

    def back_up(self) -> None:
        """Make a backup, open it again and check it."""
        folder = self.folder

        def work(record: Record, step: Step) -> str:
            return backups.make_backup(record, folder=folder, step=step).file.name

        job = RunningJob(say("Make a backup and check it"), work, stopping=say("No backup is kept."))
        job.succeeded.connect(self._backed_up)
        job.failed.connect(lambda fault: faults.show(self._view, fault))
        Progress(self._view, job)
        self.jobs.start(job, writes=True)

    def _backed_up(self, name: str) -> None:
        self.session.tell(BACKED_UP)
        self.session.say(say("Backup made, opened and checked: {file}", file=name), Tone.GOOD)

    def ask_backup_to_verify(self) -> None:
        """Choose a backup and check it."""
        path, _filter = QFileDialog.getOpenFileName(self._view, _("Check a backup"), str(self.folder), _backup_filter())
        if path:
            self.verify(Path(path))

    def verify(self, file: Path) -> None:
        """Check a backup; nothing is changed."""

        def work(_record: Record, _step: Step) -> list[Finding]:
            return backups.verify_backup(file)

        job = RunningJob(say("Check {file}", file=file.name), work)
        job.succeeded.connect(partial(self._verified, file))
        job.failed.connect(lambda fault: faults.show(self._view, fault))
        Progress(self._view, job)
        self.jobs.start(job, writes=False)

    def _verified(self, file: Path, found: list[Finding]) -> None:
        if not found:
            self.session.say(say("{file} is whole and can be restored.", file=file.name), Tone.GOOD)
            return
        told = "\n".join(render(finding.message) for finding in found[:8])
        title = _("{file} is not sound").format(file=file.name)
        choose(self._view, title, told, (Choice("close", _("Close")),), safe="close")

    def ask_backup_to_restore(self) -> None:
        """Choose a backup to go back to."""
        path, _filter = QFileDialog.getOpenFileName(
            self._view, _("Go back to a backup"), str(self.folder), _backup_filter()
        )
        if path:
            self.restore(Path(path))

    def restore(self, file: Path) -> None:
        """Say what would follow; then put the backup in the place of the record. The present record is kept beside."""
        session = self.session
        now: datetime = session.now()
        if not session.record.shares:
            session.jobs.stop_all()
            session.let_go()  # on a stick nobody else may look at the file, the restore neither
        try:
            would = backups.restore(file, to=session.path, now=now, dry_run=True)
        except Exception as fault:  # noqa: BLE001 - shown to the person, whatever it is
            faults.show(self._view, fault)
            return
        behind = "\n".join(
            _("{office} has already received more than this backup holds; the next package repairs it.").format(
                office=one.name
            )
            for one in would.behind
        )
        text = _(
            "The present record is kept beside it under another name, nothing is deleted. "
            "What was written after the backup is then only in that file."
        )
        agreed = confirm(
            self._view,
            _("Go back to {file}?").format(file=file.name),
            f"{text}\n{behind}".strip(),
            deed=_("Go back"),
            leave=_("Stay"),
        )
        if agreed is None:
            return
        session.jobs.stop_all()
        session.let_go()
        try:
            done = backups.restore(file, to=session.path, now=now)
        except Exception as fault:  # noqa: BLE001 - the record that stands is opened again
            faults.show(self._view, fault)
        else:
            aside = done.kept_aside.name if done.kept_aside else ""
            session.say(say("The backup is in use. The former record is kept as {file}.", file=aside), Tone.GOOD)
        session.reopen()

    # ---- office and settings ----

    def keep_letterhead(self) -> None:
        """Keep the letterhead for the settings that hold in the period shown."""
        typed, on = self._view.letterhead(), self.session.period.last
        done = self.session.write(lambda record: offices.amend_letterhead(record, on=on, typed=typed))
        if done is not None and not changes_of(done).changed:
            self.session.say(say("Nothing was changed."))
        elif done is not None:
            self.session.say(say("Kept on {day}; the next report shows it.", day=self.session.today()), Tone.GOOD)

    def switch_two_people(self, on: bool) -> None:
        """Whether who typed a form may check it."""
        self.session.write(lambda record: duties.put_two_people(record, on=on))

    def switch_twice(self, form: str, on: bool) -> None:
        """Whether a form is entered twice."""
        held = catalogue.entered_twice(self.session.record)
        forms = held | {form} if on else held - {form}
        self.session.write(lambda record: double_entry.put_entered_twice(record, forms=forms))

    def set_deadlines(self) -> None:
        """When each form is due."""
        from desktop.ui.screens.board.deadlines import DeadlinesDialog

        DeadlinesDialog(self._view, self.session, "").exec()

    def set_holidays(self) -> None:
        """The holidays of the year."""
        from desktop.ui.screens.board.holidays import HolidaysDialog

        HolidaysDialog(self._view, self.session, self.session.period.last.year).exec()

    def choose_language(self, language: str) -> None:
        """Speak another language from the next start."""
        self.session.keep(language=language)
        self.session.say(say("The language changes at the next start."))

    def choose_contrast(self, contrast: str) -> None:
        """Follow the system's contrast or not, from the next start."""
        self.session.keep(contrast=contrast)
        self.session.say(say("The colours change at the next start."))

    def leave_sample(self) -> None:
        """Put the sample record aside under another name and begin the first-run guide."""
        session = self.session
        agreed = confirm(
            self._view,
            _("Begin a record of your own?"),
            _("The sample record stays beside it under another name."),
            deed=_("Begin"),
            leave=_("Stay with the sample"),
        )
        if agreed is None:
            return
        session.jobs.stop_all()
        session.let_go()
        aside = session.path.with_name(f"so-lieu-mau-{session.now():%Y%m%d-%H%M%S}{session.path.suffix}")
        session.path.replace(aside)
        session.keep(period=None, place=Place.ENTRY.value)
        session.restarted.emit()

    def forget_dash(self) -> None:
        """Ask again what a lone dash means."""
        self.session.keep(dash=None)
        self.session.say(say("The next dash is asked about again."))
        self.load()


def _backup_filter() -> str:
    return f"{_('Backups')} (*.sotramdb *.sotrambak *.sqlite);;{_('All files')} (*)"
