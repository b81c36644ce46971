"""Theo dõi: the children somebody should look after, village by village, read on a worker."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.application import access
from desktop.application.child_care import care_of
from desktop.application.children_follow import Followed, Why, follow_up
from desktop.application.records import Record
from desktop.domain.text import fold
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui import words as window_words
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Target
from desktop.ui.screens.children.follow.lines import Line, grouped, sought, word
from desktop.ui.screens.children.follow.view import ALL, FollowView
from desktop.ui.screens.children.part import Part
from desktop.ui.screens.children.session_names import session_name, sessions_of
from desktop.ui.screens.entry import clipboard
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.children.screen import ChildrenScreen


class FollowPart(Part):
    """The list of the commune shown, on the last day of the period or today."""

    def __init__(self, screen: ChildrenScreen) -> None:
        super().__init__(screen)
        self._view = FollowView()
        self.filter: str = ALL
        self._found: list[Followed] = []
        self._treated: frozenset[str] = frozenset()
        """Those of them (uids) who are on the register of acute malnutrition."""
        self._commune = ""
        """Whose list is held (uid)."""
        self._reading: RunningJob | None = None
        self._told = ("", "")
        """Why nothing is shown, where it is not the list that is empty."""
        self._looked: set[str] = set()
        view = self._view
        for key, made in view.filters.items():
            made.clicked.connect(partial(self.choose_filter, key))
        view.villages.activated.connect(lambda _at: self._arrange())
        view.search.textChanged.connect(lambda _text: self._arrange())
        view.table.row_opened.connect(self._open)
        view.copy.clicked.connect(self.copy_list)
        view.paper.clicked.connect(self.open_paper)
        view.treat.clicked.connect(self.ask_treatment)
        view.all.clicked.connect(self.drop_filter)
        view.switch.chosen.connect(screen.show_part)
        QShortcut(QKeySequence("Ctrl+P"), view, self.open_paper)
        QShortcut(QKeySequence.StandardKey.Copy, view, self.copy_list)
        QShortcut(QKeySequence("Ctrl+F"), view, view.search.setFocus)

    @property
    def view(self) -> FollowView:
        """The page."""
        return self._view

    @property
    def tools(self) -> Sequence[QWidget]:
        """Which village, copying."""
        return (self._view.villages, self._view.copy, self._view.paper)

    def load(self) -> None:
        """Read the list anew on a worker; that of the same commune stays in sight until then."""
        commune = self.screen.commune
        self._view.switch.show_part("follow")
        self._let_go()
        if commune is None or commune.uid != self._commune:
            self._found, self._commune = [], commune.uid if commune is not None else ""
        if commune is None:
            self._told = (_("No commune"), _("This office serves no commune in the period shown."))
            self._show()
            return
        uid, day = commune.uid, self.session.day

        def work(record: Record, step: Step) -> tuple[list[Followed], frozenset[str]]:
            found = follow_up(record, communes=[uid], day=day, step=step)
            cared = care_of(record, [one.case.child.uid for one in found])
            return found, frozenset(
                child for child, page in cared.items() if any(one.is_open(day) for one in page.treatments)
            )

        job = RunningJob(say("Look who should be followed up"), work, stopping=say("Nothing is changed."))
        job.succeeded.connect(partial(self._take, job, uid))
        job.failed.connect(partial(self._refused, job))
        stopped = (_("The list was not read"), _("Choose the commune again to read it."))
        job.cancelled.connect(partial(self._end, job, stopped))
        self._reading = job
        self._told = (_("Looking who should be followed up…"), "")
        self._show()
        Progress(self._view, job)
        self.session.jobs.start(job, writes=False)

    def _let_go(self) -> None:
        """What is still being read is not asked for any more."""
        if self._reading is not None:
            self._reading.stop()
            self._reading = None

    def _take(self, job: RunningJob, commune: str, read: tuple[list[Followed], frozenset[str]]) -> None:
        if job is self._reading:
            self._found, self._treated = read
            self._note_look(commune)
        self._end(job, ("", ""))

    def _refused(self, job: RunningJob, fault: BaseException) -> None:
        if job is self._reading:
            told = isinstance(fault, AppError) and (render(fault.title), render(fault.advice) if fault.advice else "")
            self._end(job, told or (_("The list was not read"), ""))
            if not told:
                self.session.refuse(fault)

    def _end(self, job: RunningJob, told: tuple[str, str]) -> None:
        """The end of what was asked for last; of others nothing is shown."""
        if job is self._reading:
            self._reading, self._told = None, told
            self._show()

    def _show(self) -> None:
        self._show_villages()
        self._arrange()

    def _note_look(self, unit: str) -> None:
        if unit not in self._looked:
            self._looked.add(unit)
            rows, day = len(self._found), self.session.day.isoformat()
            self.session.write(lambda record: access.look(record, what="list", unit=unit, about=day, rows=rows))

    def _show_villages(self) -> None:
        box, held = self._view.villages, self._view.villages.currentData()
        names = sorted(dict.fromkeys(one.case.child.village for one in self._found), key=lambda name: not name)
        box.clear()
        box.addItem(_("All villages"), None)
        for name in names:
            box.addItem(name or _("village unknown"), name)
        box.setCurrentIndex(max(0, box.findData(held)))

    def choose_filter(self, key: str, _on: bool = True) -> None:
        """All, or one reason."""
        self.filter = key
        self._view.filters[key].setChecked(True)
        self._arrange()

    def _arrange(self) -> None:
        view, village = self._view, self._view.villages.currentData()
        line = view.table.chosen()
        held = line.followed.case.child.uid if line is not None and line.followed is not None else ""
        wanted = fold(view.search.text()).split()
        here = [
            one
            for one in self._found
            if village in (None, one.case.child.village) and all(word in sought(one) for word in wanted)
        ]
        kept = [one for one in here if self.filter == ALL or self.filter in one.case.whys]
        view.model.show(grouped(kept, self._treated))
        names: dict[str, str] = {ALL: _("All")} | {why.value: word(why) for why in Why}
        for key, made in view.filters.items():
            number = len(here) if key == ALL else sum(key in one.case.whys for one in here)
            made.setText(f"{names[key]} ({number})" if number else names[key])
        commune = self.screen.commune
        day = window_words.day(self.session.day)
        many = str(len(kept)) if len(kept) == len(self._found) else f"{len(kept)}/{len(self._found)}"
        view.told.setText(
            _("{commune}: {count} children to follow up on {day}").format(
                commune=window_words.unit_name(commune.name), count=many, day=day
            )
            if commune is not None and (self._found or not self._told[0])
            else ""
        )
        self._show_empty(is_empty=not kept, is_filtered=bool(self._found))
        for act in (view.copy, view.treat):
            act.setEnabled(bool(kept))
        if kept:
            self._choose(held)

    def _show_empty(self, *, is_empty: bool, is_filtered: bool) -> None:
        view, (title, text) = self._view, self._told
        view.table.setVisible(not is_empty)
        view.empty.setVisible(is_empty)
        view.all.setVisible(is_filtered)
        if is_filtered:
            title, text = _("No child fits the filter"), _("The others are still on the list.")
        elif not title:
            title = _("No child needs follow-up")
            text = _("The list fills from the weighing sessions: severe, moderate, faltering, not weighed for long.")
        view.empty.title.setText(title)
        view.empty.text.setText(text)

    def _choose(self, uid: str) -> None:
        """The child that was in hand, or the first."""
        lines = self._view.model.rows
        places = (at for at, line in enumerate(lines) if line.followed and line.followed.case.child.uid == uid)
        self._view.table.selectRow(next(places, 1))

    def drop_filter(self) -> None:
        """Show everybody."""
        view = self._view
        view.villages.setCurrentIndex(0)
        view.search.clear()
        self.choose_filter(ALL)

    def _open(self, line: Line) -> None:
        if line.followed is not None:
            self.screen.open_child(line.followed.case.child.uid)

    def ask_treatment(self) -> None:
        """Put the child in hand on the register, or change its line."""
        from desktop.ui.screens.children.care.acts import ask_treatment

        line = self._view.table.chosen()
        if line is not None and line.followed is not None:
            ask_treatment(self._view, self.session, line.followed.case.child.uid)

    def open_paper(self) -> None:
        """The list on paper: as it stands now or after a session, of all villages or the one chosen."""
        from desktop.ui.screens.children.papers import open_follow_up

        commune, box = self.screen.commune, self._view.villages
        if commune is None:
            return
        known = [(session_name(one), one.uid) for one in sessions_of(self.session, commune)]
        villages = [box.itemData(at) for at in range(1, box.count())]
        open_follow_up(
            self._view, self.session, unit=commune.code or f"uid:{commune.uid}", known=known, villages=villages,
            village=box.currentData(),
        )  # fmt: skip

    def copy_list(self) -> None:
        """The list as text for Excel or a message."""
        heads = [known.title for known in self._view.model.columns]
        lines = [
            [known.text(line).replace("\u2212", "-") for known in self._view.model.columns]
            for line in self._view.model.rows
            if line.followed is not None
        ]
        QGuiApplication.clipboard().setText(clipboard.join([heads, *lines]))
        self.session.say(say("Copied {count} children. Names leave this program with it.", count=len(lines)))

    def hint(self) -> str:
        """What the list counts."""
        return _("Enter: the child's page")

    def set_compact(self, compact: bool) -> None:
        """Fewer words and columns."""
        self._view.set_compact(compact)

    def go(self, target: Target) -> None:
        """The keyboard works in the list."""
        self._view.table.setFocus()
