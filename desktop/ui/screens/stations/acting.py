"""What the page bar offers: last year's copy, Excel in and out, paper, and figures into the period's form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton

from desktop.application import station_feeding as feeding
from desktop.application import station_import as desk
from desktop.application import station_papers as papers
from desktop.application import station_writing as writing
from desktop.application import stations
from desktop.application.records import Record
from desktop.application.sheets_of_ours import put_file
from desktop.application.station_import import ListLoaded, StationPlan
from desktop.application.station_profiles import a_year_before
from desktop.application.station_villages import say_villages
from desktop.domain.findings import Severity
from desktop.domain.stations.answers import spoken
from desktop.domain.text import fold
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.ask import Ask, Choice, confirm
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Place
from desktop.ui.screens.entry import clipboard
from desktop.ui.screens.stations.copying import CopyDialog
from desktop.ui.screens.stations.village_dialog import VillageDialog
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.parts import button
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.ui.screens.stations.screen import StationsScreen

WORKBOOKS: Final = "*.xlsx *.xlsm *.xls *.ods *.csv"
EXCEL: Final = "Excel (*.xlsx)"
SHOWN: Final = 4
"""So many differing figures are named before one decides."""


class Acting(QObject):
    """Acts of the page; what takes longer than a blink is a job."""

    def __init__(self, screen: StationsScreen) -> None:
        super().__init__(screen)
        self._screen, self._view, self._session = screen, screen.view, screen.session
        self.actions: dict[str, QAction] = {}
        self._view.feed.clicked.connect(lambda _on=False: self.feed())
        self._view.preview.dropped.connect(self._leave_preview)
        self._view.preview.taken.connect(self.take)
        self._view.side.villages_asked.connect(self.ask_villages)
        copy = self._view.menu(self._view.copy)
        excel, paper = self._view.menu(self._view.excel), self._view.menu(self._view.paper)
        for menu, name, text, deed in (
            (copy, "last-year", _("From last year…"), self.copy_last_year),
            (copy, "other", _("From another station…"), self.copy_other),
            (excel, "import", _("Take profiles in from Excel…"), self.ask_file),
            (excel, "template", _("Save a workbook to fill in…"), self.save_template),
            (excel, "", "", None),
            (excel, "equipment", _("Load the list of equipment…"), partial(self.ask_list, "equipment")),
            (excel, "drugs", _("Load the list of essential drugs…"), partial(self.ask_list, "drugs")),
            (paper, "profile", _("Print this profile…"), partial(self.print_paper, papers.PROFILE)),
            (paper, "summary", _("Print the summary by commune…"), partial(self.print_paper, papers.SUMMARY)),
            (paper, "", "", None),
            (paper, "save-profile", _("Save this profile, PDF…"), partial(self.save_paper, papers.PROFILE)),
            (paper, "save-summary", _("Save the summary, PDF…"), partial(self.save_paper, papers.SUMMARY)),
        ):
            if deed is None:
                menu.addSeparator()
            else:
                self.actions[name] = menu.addAction(text)
                self.actions[name].triggered.connect(partial(_call, deed))
        self._first: QPushButton | None = None

    def offer_first(self) -> None:
        """The way out of an empty list: one station for each commune."""
        if self._first is None:
            self._first = button(_("One station for each commune"), self.add_usual, kind="primary")
            self._view.offer(self._first)

    def add_usual(self) -> None:
        """One station for each commune without one, on the day."""
        on = self._screen.day
        self._session.write(lambda record: stations.add_usual_stations(record, on=on))

    # ---- last year ----

    def copy_last_year(self) -> None:
        """Say again what held a year before: of the station in hand, or of all."""
        if not self._screen.settle() or self._screen.uid is None:
            return
        day, before, uid = self._screen.day, a_year_before(self._screen.day), self._screen.uid
        last = before.replace(month=12, day=31)
        asked = Ask(
            self._view,
            _("Copy what was told on {before}?").format(before=words.day(last)),
            _(
                "What still stands as it was then is confirmed for {day}. What was said since, and what was taken "
                "away, stays as it is."
            ).format(day=words.day(day)),
            (Choice("leave", _("Leave it")), Choice("all", _("All stations")), Choice("one", _("This station"))),
            safe="leave",
        )
        asked.exec()
        if asked.answer in ("all", "one"):
            self.copy(None if asked.answer == "all" else [uid])

    def copy(self, places: list[str] | None) -> None:
        """The copy itself, as one change."""
        day = self._screen.day
        last = a_year_before(day).replace(month=12, day=31)

        def intent(record: Record) -> writing.Copied:
            done = writing.copy_facts(record, to_day=day, from_day=last, places=places)
            told.append(done)
            return done

        told: list[writing.Copied] = []
        self._session.write(intent, later=lambda: self._say_copied(told))

    def _say_copied(self, told: list[writing.Copied]) -> None:
        for done in told:
            words_ = say("{count} answers copied; {kept} left as they stand. Ctrl+Z takes it back.",
                         count=done.facts, kept=done.kept)  # fmt: skip
            nothing = say("There is nothing left to copy.")
            self._session.say(words_ if done.facts else nothing)

    def copy_other(self) -> None:
        """Take over another station's profile where this one tells nothing: after a merger, from the old station."""
        uid = self._screen.uid
        if not self._screen.settle() or uid is None:
            return
        others = [one.place for one in self._view.all_rows if one.place.uid != uid and one.completeness.answered]
        if not others:
            self._session.say(say("No other station has a profile yet."))
            return
        home = self._screen.sheet.place.commune if self._screen.sheet is not None else None
        others.sort(key=lambda one: one.commune != home)  # its own points first: after a merger the old stations
        asked = CopyDialog(self._view, self._title(), others)
        if asked.exec() == QDialog.DialogCode.Accepted:
            self.copy_from(asked.chosen)

    def copy_from(self, other: str) -> None:
        """The copy itself, as one change."""
        uid, day = self._screen.uid, self._screen.day
        told: list[writing.Copied] = []

        def intent(record: Record) -> writing.Copied:
            done = writing.copy_facts(record, to_day=day, from_day=day, places=[uid or ""], from_place=other)
            told.append(done)
            return done

        self._session.write(intent, later=lambda: self._say_copied(told))

    # ---- Excel ----

    def ask_file(self) -> None:
        """A workbook of profiles."""
        name = self._ask_name(_("Profiles of stations"))
        if name is not None:
            self.read_file(name)

    def _ask_name(self, title: str) -> Path | None:
        kinds = f"{_('Workbooks and lists')} ({WORKBOOKS})"
        name, _filter = QFileDialog.getOpenFileName(self._view, title, "", kinds)
        return Path(name) if name else None

    def read_file(self, file: Path) -> None:
        """Read a workbook and show what it would write."""
        self._read(file.name, file.read_bytes)

    def read_pasted(self, lines: Sequence[Sequence[str]]) -> None:
        """A table that was pasted, names of items beside their answers: shown like a workbook before it is taken."""
        self._read(_("pasted table") + ".csv", lambda: clipboard.join(lines).encode())

    def _read(self, name: str, data: Callable[[], bytes]) -> None:
        if not self._screen.settle():
            return
        day, uid = self._screen.day, self._screen.uid
        self._make(
            say("Read {file}", file=name),
            lambda record: desk.read_file(record, name=name, data=data(), on=day, station=uid),
            self._show_plan,
        )

    def _show_plan(self, plan: StationPlan) -> None:
        if not plan.rows:
            wrong = next((one for one in plan.findings if one.severity is Severity.ERROR), None)
            told = render(wrong.message) if wrong is not None else _("The file holds no answers.")
            self._session.say(told, Tone.BAD)
            if wrong is None:
                return
        self._view.preview.show_plan(plan)
        self._view.show_page("preview")
        self._session.hint_changed.emit()
        (self._view.preview.take if self._view.preview.take.isEnabled() else self._view.preview.drop).setFocus()

    def _leave_preview(self) -> None:
        self._view.show_page("sheet")
        self._view.grid.setFocus()
        self._session.hint_changed.emit()

    def take(self, over: bool) -> None:
        """Write what the preview shows."""
        plan = self._view.preview.plan
        if plan is None:
            return
        count = len(plan.written(replace_typed=over))

        def later() -> None:
            self._leave_preview()
            self._session.say(say("{count} answers taken from {file}. Ctrl+Z takes it back.", count=count,
                                  file=plan.file))  # fmt: skip

        intent = partial(desk.apply_plan, plan=plan, replace_typed=over, source="window")
        self._session.write(intent, later=later)

    def save_template(self) -> None:
        """The workbook to fill in."""
        day, made = self._screen.day, self._session.today()
        out = self._where(_("Save a workbook to fill in"), f"ho-so-tram-{day:%Y-%m-%d}.xlsx", EXCEL)
        if out is not None:
            self._make(
                say("Make a document"),
                lambda record: put_file(out, desk.template_bytes(record, on=day, made=made)),
                self._saved,
            )

    def ask_list(self, kind: str) -> None:
        """The office's list of equipment or drugs: looked at first, then loaded."""
        file = self._ask_name(_("List of equipment") if kind == "equipment" else _("List of essential drugs"))
        if file is not None:
            self.read_list(kind, file)

    def read_list(self, kind: str, file: Path) -> None:
        """Read a list and ask whether it takes the place of the one before."""
        self._make(
            say("Read {file}", file=file.name),
            lambda record: desk.load_list(record, kind=kind, name=file.name, data=file.read_bytes(), dry_run=True),
            lambda found: self._confirm_list(kind, file, found),
        )

    def _confirm_list(self, kind: str, file: Path, found: ListLoaded) -> None:
        wrong = next((one for one in found.findings if one.severity is Severity.ERROR), None)
        if wrong is not None:
            self._session.say(render(wrong.message), Tone.BAD)
            return
        told = _(
            "{count} lines, {added} of them new; {dropped} of the list before are asked no more. Their answers stay."
        )
        text = told.format(count=len(found.items), added=found.added, dropped=found.dropped)
        title = _("Load {file}?").format(file=file.name)
        if confirm(self._view, title, text, deed=_("Load"), leave=_("Leave it")) is not None:
            intent = partial(desk.load_list, kind=kind, name=file.name, data=file.read_bytes())
            self._session.write(intent)

    # ---- villages ----

    def ask_villages(self) -> None:
        """Villages of the station in hand."""
        uid, day = self._screen.uid, self._screen.day
        if uid is None or not self._screen.settle():
            return

        def take(text: str) -> bool:
            return self._screen.write(partial(say_villages, uid=uid, text=text, since=day))

        VillageDialog(self._view, self._title(), take).exec()

    # ---- into the form ----

    def feed(self) -> None:
        """Take figures of the period's form from the profiles, after saying how many."""
        if not self._screen.settle():
            return
        period = self._session.period
        self._make(
            say("Compare the form with the profiles"),
            lambda record: feeding.differences(record, period=period),
            lambda found: self._confirm_feed(*found),
        )

    def _confirm_feed(self, differing: list[feeding.Difference], lacking: list[feeding.Lacking]) -> None:
        period, name = self._session.period, words.period_name(self._session.period)
        fresh = [one for one in differing if one.held is None or one.from_list]
        if not differing and not lacking:
            self._session.say(say("The form of {period} agrees with the profiles.", period=period.sentence()))
            return
        text = _(
            "{fresh} figures are taken over; {kept} typed ones differ and stay; {lacking} are not told or not "
            "confirmed in the year."
        ).format(fresh=len(fresh), kept=len(differing) - len(fresh), lacking=len(lacking))
        kept = [one for one in differing if one not in fresh]
        shown = [render(_differs(one)) for one in kept[:SHOWN]]
        if len(kept) > SHOWN:
            shown.append(_("and {count} more, found by the checks of the form").format(count=len(kept) - SHOWN))
        text = "\n".join([text, *shown])
        choices = [Choice("leave", _("Leave it"))]
        if len(differing) > len(fresh):
            choices.append(Choice("over", _("Typed ones too")))
        if fresh:
            choices.append(Choice("fresh", _("Take over")))
        title = _("Take figures of {period} from the profiles?").format(period=name[:1].lower() + name[1:])
        asked = Ask(self._view, title, text, choices, safe="leave")
        asked.exec()
        if asked.answer in ("over", "fresh"):
            over = asked.answer == "over"
            self._session.write(lambda record: feeding.feed(record, period=period, replace_typed=over))
            self._session.go(Place.ENTRY)

    # ---- paper ----

    def print_paper(self, name: str) -> None:
        """A paper to the printer."""
        from desktop.ui.printing import ask_printer

        title = self._view.middle.title.text() if name == papers.PROFILE else _("Health stations")
        self._paper(name, lambda data: ask_printer(self._view, self._session, data, title))

    def save_paper(self, name: str) -> None:
        """A paper as PDF."""
        about = "tong-hop-tram" if name == papers.SUMMARY else f"ho-so-{fold(self._title()).replace(' ', '-')}"
        out = self._where(_("Save as PDF"), f"{about}-{self._screen.day:%Y-%m-%d}.pdf", "PDF (*.pdf)")
        if out is not None:
            self._paper(name, lambda data: self._saved(put_file(out, data)))

    def _title(self) -> str:
        sheet = self._screen.sheet
        return sheet.place.name if sheet is not None else ""

    def _paper(self, name: str, then: Callable[[bytes], None]) -> None:
        if not self._screen.settle():
            return
        uid, day, today = self._screen.uid, self._screen.day, self._session.today()
        self._make(
            say("Make a document"),
            lambda record: papers.paper_pdf(record, name=name, station=uid, on=day, today=today)[0],
            then,
        )

    # ---- parts ----

    def _where(self, title: str, proposed: str, kinds: str) -> Path | None:
        name, _filter = QFileDialog.getSaveFileName(self._view, title, proposed, kinds)
        return Path(name) if name else None

    def _make(self, what: Sentence, work: Callable[[Record], Any], then: Callable[[Any], None]) -> None:
        def read(record: Record, _step: Step) -> object:
            return work(record)

        job = RunningJob(what, read)
        job.succeeded.connect(then)
        job.failed.connect(self._refused)
        self._session.jobs.start(job, writes=False)

    def _refused(self, fault: BaseException) -> None:
        if isinstance(fault, AppError):
            self._session.refuse(fault)
        else:
            faults.show(self._view, fault)

    def _saved(self, file: Path) -> None:
        self._session.say(say("Saved {file}.", file=file.name))


def _differs(one: feeding.Difference) -> Sentence:
    return say(
        "{commune}, {element}: {held} in the form, {told} in the profile",
        commune=words.unit_name(one.commune.name),
        element=words.short(one.element),
        held=spoken(one.item, one.held) if one.held is not None else "…",
        told=spoken(one.item, one.told),
    )


def _call(deed: Callable[[], object], *_checked: bool) -> None:
    deed()
