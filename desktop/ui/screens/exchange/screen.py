"""Gửi – nhận: packages out and in, each step said and ticked, nothing taken that was not looked at first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.application import packages, sent_packages
from desktop.application.changes import Changes, Subject
from desktop.application.packages import Exported, Inspected, PartnerStatus, Taken
from desktop.application.records import Record
from desktop.errors import AppError
from desktop.exchange.package.stick import packages_in
from desktop.system.i18n import _, render
from desktop.system.sticks import sticks
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Place, Target
from desktop.ui.screens.entry.history import moment_of
from desktop.ui.screens.exchange.detail import TOTALS
from desktop.ui.screens.exchange.keys import KeysView
from desktop.ui.screens.exchange.open_package import ask_open_package
from desktop.ui.screens.exchange.view import STEPS, ExchangeView, Incoming
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Notice
from desktop.wording import say

SENT = Changes(frozenset({Subject.PACKAGES}))
TAKEN = Changes(frozenset({Subject.PACKAGES, Subject.VALUES, Subject.SUBMISSIONS, Subject.FINDINGS, Subject.CATALOGUE}))
ROOM = "SoTram"


class ExchangeScreen(Screen):
    """The exchange with one partner at a time."""

    place = Place.EXCHANGE
    shows = frozenset({Subject.PACKAGES, Subject.PARTNERS, Subject.VALUES, Subject.SUBMISSIONS, Subject.OFFICE})
    help = "gui-nhan"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.keys = KeysView(session, self.load)
        self._view = ExchangeView(self.keys)
        self.status: PartnerStatus | None = None
        self.incoming: Incoming | None = None
        self._partner: str | None = None
        self._extra: list[Path] = []
        self._tab = "desk"
        self._writing = False
        view = self._view
        view.partner_chosen.connect(self.choose_partner)
        view.folder_asked.connect(self.ask_folder)
        view.refresh_asked.connect(self.look_for_places)
        view.places.changed.connect(self._place_changed)
        view.write_asked.connect(self.write)
        view.open_asked.connect(self.ask_file)
        view.incoming_chosen.connect(self.choose_incoming)
        view.take_asked.connect(self.take)
        view.tab_chosen.connect(self.show_tab)
        view.whole_switched.connect(lambda _on: self._allow())
        view.detail_changed.connect(view.show_number)
        view.detail_changed.connect(self._allow)
        view.open_package_asked.connect(lambda: ask_open_package(self._view, session))

    @property
    def view(self) -> QWidget:
        """The page."""
        return self._view

    def load(self) -> None:
        """Read partners, what they have and what lies on the stick."""
        record = self.session.record
        known = packages.package_status(record)
        if self._partner not in {one.partner for one in known}:
            above = next((one for one in known if one.role == "parent"), None)
            self._partner = (above or known[0]).partner if known else None
        self._view.show_partners(known, self._partner)
        self.status = next((one for one in known if one.partner == self._partner), None)
        if self.status is not None:
            name = self.status.partner
            self._view.show_status(
                self.status,
                sent_packages.unreceived(record, partner=name),
                sent_packages.sent_packages(record, partner=name),
            )
        else:
            self._view.show_status(None, (), ())
        self.keys.load()
        self.show_tab(self._tab)
        self.look_for_places()

    def go(self, target: Target) -> None:
        """Show the desk or the keys."""
        self.show_tab(target.get("tab") or "desk")

    def show_tab(self, key: str) -> None:
        """Desk or keys."""
        self._tab = key
        self._view.show_tab(key)

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._view.set_compact(compact)
        self.keys.set_compact(compact)

    def choose_partner(self, partner: str) -> None:
        """Look at another partner."""
        self._partner = partner
        self._view.show_result(None)
        self._view.show_steps(0)
        self.load()

    # ---- places ----

    def look_for_places(self) -> None:
        """The sticks that are plugged in now, and the folder chosen before."""
        kept = self.session.settings.package_folder
        folder = Path(kept) if kept and Path(kept).is_dir() else None
        found = sticks()
        self._view.places.show_places(found, folder)
        self._view.no_stick.setVisible(not found and folder is None)
        self._place_changed(self._view.places.path)

    def ask_folder(self) -> None:
        """Choose a folder to write to and to look in."""
        path = QFileDialog.getExistingDirectory(
            self._view, _("Folder for packages"), self.session.settings.package_folder or ""
        )
        if path:
            self.choose_folder(Path(path))

    def choose_folder(self, folder: Path) -> None:
        """Use a folder from now on."""
        self.session.keep(package_folder=str(folder))
        self._view.places.path = folder
        self.look_for_places()

    def _place_changed(self, path: Path | None) -> None:
        self._allow()
        self._look_in(path)

    def _allow(self) -> None:
        has_place = self._view.places.path is not None
        choice = self._view.detail_choice
        anew = self._view.whole.isChecked() or choice.is_of_children
        has_rows = self.status is not None and (self.status.pending > 0 or anew)
        self._view.finished_only.setEnabled(not choice.is_of_children)
        self._view.allow_writing(allowed=has_place and has_rows and choice.is_ready and not self._writing)

    def _look_in(self, path: Path | None) -> None:
        """Look at every file that is called like a package, on a worker; nothing changes."""
        folders = [path, path / ROOM] if path is not None else []
        files = [(found.path, found.is_receipt) for folder in folders for found in packages_in(folder)]
        files += [(extra, extra.stem.endswith("-R")) for extra in self._extra]
        if not files:
            self._view.show_incoming(())
            return
        today = self.session.today()

        def work(record: Record, _step: Step) -> list[Incoming]:
            looked = [
                _incoming(file, is_receipt, packages.inspect(record, file=file, today=today))
                for file, is_receipt in files
            ]
            return [one for one in looked if one.sender or one.path in self._extra]

        job = RunningJob(say("Look at the packages"), work)
        job.succeeded.connect(self._show_incoming)
        job.failed.connect(lambda fault: faults.show(self._view, fault))
        self.jobs.start(job, writes=False)

    def _show_incoming(self, found: list[Incoming]) -> None:
        self._view.show_incoming(sorted(found, key=lambda one: not one.acceptable))
        if found:
            self._view.incoming.selectRow(0)
            self.choose_incoming(self._view.incoming_model.rows[0])

    # ---- out ----

    def write(self) -> None:
        """Write the package; the steps are ticked as they are done."""
        folder, status = self._view.places.path, self.status
        if folder is None or status is None:
            return
        partner, today = status.partner, self.session.today()
        is_open = not sent_packages.has_key(self.session.record, partner=partner)
        finished, whole = self._view.finished_only.isChecked(), self._view.whole.isChecked()
        detail, reason = self._view.detail_choice.detail, self._view.detail_choice.why

        def work(record: Record, step: Step) -> Exported:
            return packages.export_package(
                record,
                partner=partner,
                folder=folder / ROOM,
                today=today,
                only_complete=finished,
                whole=whole,
                detail=detail,
                reason=reason,
                unsealed=is_open and detail == TOTALS,
                step=step,
            )

        job = RunningJob(
            say("Write the package for {name}", name=status.name), work, stopping=say("Nothing stays on the stick.")
        )
        job.progressed.connect(lambda done, _total: self._view.show_steps(done))
        job.succeeded.connect(self._wrote)
        job.failed.connect(self._not_written)
        job.cancelled.connect(lambda: self._view.show_steps(0))
        job.ended.connect(self._ended)
        self._writing = True
        self._view.show_result(None)
        self._view.show_steps(0)
        self._allow()
        Progress(self._view, job)
        self.jobs.start(job, writes=True)

    def _ended(self) -> None:
        self._writing = False
        self._allow()

    def _wrote(self, made: Exported) -> None:
        self._writing = False
        self._view.show_steps(STEPS)
        self._view.whole.setChecked(False)
        # What leaves of children is chosen each time.
        self._view.detail_choice.choose(TOTALS)
        title = _("Package no. {number} is written; the stick can be pulled out").format(number=made.sequence)
        text = _("{file} · {forms} forms, {rows} changes. Written, read back, the same byte for byte.")
        self._view.show_result(
            Notice(Tone.GOOD, title, text.format(file=made.file.name, forms=made.forms, rows=made.rows))
        )
        self.session.tell(SENT)

    def _not_written(self, fault: BaseException) -> None:
        self._view.show_steps(0, failed=True)
        if isinstance(fault, AppError):
            advice = render(fault.advice) if fault.advice else ""
            tone = Tone.WARN if fault.code == "nothing_to_send" else Tone.BAD
            self._view.show_result(Notice(tone, render(fault.title), advice))
        else:
            faults.show(self._view, fault)

    # ---- in ----

    def ask_file(self) -> None:
        """Open a file that lies elsewhere."""
        path, _filter = QFileDialog.getOpenFileName(
            self._view, _("Open a package or receipt"), "", f"{_('Packages')} (*.sotram)"
        )
        if path:
            self.open_file(Path(path))

    def open_file(self, path: Path) -> None:
        """Look at a file."""
        if path not in self._extra:
            self._extra.append(path)
        self._look_in(self._view.places.path)

    def choose_incoming(self, one: Incoming | None) -> None:
        """Show what the chosen file says of itself."""
        self.incoming = one
        if one is not None:
            self._view.show_detail(one.detail, acceptable=one.acceptable, tone=None if one.acceptable else one.tone)

    def take(self) -> None:
        """Take the chosen file in, on the writer's thread; the receipt is written beside it."""
        one = self.incoming
        if one is None or not one.acceptable:
            return
        file, today = one.path, self.session.today()

        def work(record: Record, _step: Step) -> Taken:
            return packages.take_package(record, file=file, today=today)

        job = RunningJob(say("Take in {file}", file=file.name), work)
        job.succeeded.connect(self._took)
        job.failed.connect(lambda fault: faults.show(self._view, fault))
        self._view.take.setEnabled(False)
        Progress(self._view, job)
        self.jobs.start(job, writes=True)

    def _took(self, done: Taken) -> None:
        if done.changed:
            self.session.tell(TAKEN)
        else:
            self.load()
        self.session.say(taken_words(done), Tone.BAD if done.result == "refused" else Tone.GOOD)
        self.took = done


def taken_words(done: Taken) -> str:
    """What became of a file, in one line."""
    if done.refusal is not None:
        return render(done.refusal.title)
    if done.kind == "receipt":
        return _("Receipt taken in.")
    parts = [_("Taken in: {count} changes").format(count=done.taken)]
    if done.waiting:
        parts.append(_("{count} wait").format(count=done.waiting))
    if done.conflicts:
        parts.append(_("{count} conflicts, both figures are kept").format(count=len(done.conflicts)))
    returned = [found for found in done.findings if found.rule in ("returned", "returned_locked")]
    if len(returned) == 1:
        parts.append(render(returned[0].message))
    elif returned:
        parts.append(_("{count} of our forms were returned").format(count=len(returned)))
    if done.missing:
        parts.append(_("package {numbers} never came").format(numbers=", ".join(map(str, done.missing))))
    if done.receipt is not None:
        parts.append(_("receipt: {file}").format(file=done.receipt.name))
    return " · ".join(parts)


def _incoming(path: Path, is_receipt: bool, seen: Inspected) -> Incoming:
    about = seen.manifest
    sender = about.sender.name if about else ""
    number = (
        _("package no. {number}, {made}").format(number=about.stream.sequence, made=moment_of(about.made))
        if about
        else ""
    )
    if about and is_receipt:
        number = _("receipt, {made}").format(made=moment_of(about.made))
    if seen.acceptable:
        forms = len(about.forms) if about else 0
        said = _("receipt for us") if is_receipt else _("can be taken: {count} forms").format(count=forms)
        detail = (
            ""
            if is_receipt
            else _("From {sender}: {count} forms. Nothing is written before you take it in.").format(
                sender=sender, count=forms
            )
        )
        told = [render(finding.message) for finding in seen.findings]
        return Incoming(
            path, is_receipt, sender, number, said, Sign.CHECKED, Tone.GOOD, True, " ".join([detail, *told]).strip()
        )
    refusal = seen.refusal
    title = render(refusal.title) if refusal else seen.code or ""
    advice = render(refusal.advice) if refusal and refusal.advice else ""
    is_known = seen.code == "already_taken"
    said = _("already taken in") if is_known else _("not taken")
    sign, tone = (Sign.INFO, Tone.MUTE) if is_known else (Sign.ERROR, Tone.BAD)
    return Incoming(path, is_receipt, sender, number, said, sign, tone, False, f"{title} {advice}".strip())
