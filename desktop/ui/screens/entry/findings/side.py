"""The panel of findings at the right of both ways: fed by the checks, going to cells, keeping with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from desktop.application.entry import form_of
from desktop.system.i18n import _
from desktop.ui.places import Place, Target
from desktop.ui.style.sheet import mark
from desktop.ui.widgets.parts import button

if TYPE_CHECKING:
    from desktop.domain.findings import Finding
    from desktop.ui.screens.entry.findings.model import Breach
    from desktop.ui.screens.entry.findings.panel import FindingPanel
    from desktop.ui.screens.entry.screen import EntryScreen
    from desktop.ui.screens.entry.view import EntryView

FORM: Final = "commune"


class FindingSide(QObject):
    """One panel for both ways. In the matrix it is opened by its button; beside a form it stands open.

    It is made when it is first shown: the start must not pay for a list that stays closed.
    """

    def __init__(self, screen: EntryScreen, view: EntryView) -> None:
        super().__init__(screen)
        self._screen, self._view = screen, view
        self._findings: Sequence[Finding] = ()
        self._unit: str | None = None
        self._here: Finding | None = None
        kept = screen.session.settings.findings or {}
        self._is_open = {FORM: True} | {way: said == "open" for way, said in kept.items()}
        self._is_compact = False
        self._panel: FindingPanel | None = None
        self.button = button(_("Findings"), self.toggle, kind="toggle", tip=_("List of findings"))
        self.button.setCheckable(True)
        view.bar.add(self.button)
        view.pages.currentChanged.connect(lambda _at: self.show_way())
        view.installEventFilter(self)

    @property
    def panel(self) -> FindingPanel:
        """The panel, made at the first asking."""
        if self._panel is None:
            from desktop.ui.screens.entry.findings.panel import FindingPanel

            panel = self._panel = FindingPanel()
            panel.hide()
            panel.earlier = self._earlier
            panel.went.connect(self._go)
            panel.keep_asked.connect(self._keep)
            panel.mend_asked.connect(self._mend)
            panel.step_asked.connect(self._step)
            panel.check_asked.connect(self._screen.checking.check_again)
            panel.closed.connect(self.toggle)
            panel.rows.installEventFilter(self)
            self._place()
        return self._panel

    @property
    def is_shown(self) -> bool:
        """Whether the list stands open in the page."""
        return self._panel is not None and self._panel.isVisibleTo(self._view)

    # ---- open and closed ----

    def toggle(self) -> None:
        """Open or close it, for the way that is shown."""
        way = self._screen.ways.name
        is_open = not self.is_shown
        if not self._is_compact:
            self._is_open[way] = is_open
            kept = {name: "open" if said else "closed" for name, said in self._is_open.items()}
            self._screen.session.keep(findings=kept)
        self._show(is_open=is_open)
        if is_open:
            self.panel.rows.setFocus()

    def show_way(self) -> None:
        """Another way is shown: open or closed as it was left there; a form unfolds its own commune only."""
        way = self._screen.ways.name
        self.button.setVisible(self._screen.ways.grid is not None)
        self._show(is_open=self._is_open.get(way, False) and not self._is_compact)
        if self._panel is not None:
            self._panel.model.fold_all_but([self._unit] if way == FORM and self._unit else None)

    def set_compact(self, compact: bool) -> None:
        """Over the page instead of beside it."""
        if compact != self._is_compact:
            self._is_compact = compact
            if self._panel is not None:
                # Without its parent it leaves the layout; then it lies over the page.
                self._panel.setParent(None)
                self._place()
        self._show(is_open=self._is_open.get(self._screen.ways.name, False) and not compact)

    def _place(self) -> None:
        """Over the page where there is little room, else beside it."""
        mark(self.panel, kind="popup" if self._is_compact else "panel")
        if self._is_compact:
            self.panel.setParent(self._view)
        else:
            self._view.add_side(self.panel)

    def _show(self, *, is_open: bool) -> None:
        self.button.setChecked(is_open)
        if self._panel is None and not is_open:
            return
        if is_open:
            self._refresh()
        self.panel.setVisible(is_open)
        if is_open:
            self.panel.point_at(self._here)
        if is_open and self._is_compact:
            self._lay_over()

    def _lay_over(self) -> None:
        pages = self._view.pages.geometry()
        width = self.panel.width()
        self.panel.setGeometry(pages.right() + 1 - width, pages.top(), width, pages.height())
        self.panel.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc goes back to the figures; the panel over the page follows its size."""
        if watched is self._view and event.type() is QEvent.Type.Resize and self._is_compact:
            self._lay_over()
        rows = self._panel.rows if self._panel is not None else None
        if watched is rows and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() != Qt.Key.Key_Escape:
                return False
            if self._is_compact:
                self._show(is_open=False)
            self._focus_cells()
            return True
        return super().eventFilter(watched, event)

    def _focus_cells(self) -> None:
        shown = self._screen.ways.shown
        if shown is not None:
            shown.go(Target(Place.ENTRY))
        else:
            self._view.grid.setFocus()

    def _step(self, step: int) -> None:
        shown = self._screen.ways.shown
        (shown or self._screen.checking).step_finding(step)

    # ---- findings ----

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """What the checks found in the form and period shown; listed when the panel is open."""
        if findings is not self._findings:
            self._findings = findings
            if self.is_shown:
                self._refresh()

    def _refresh(self) -> None:
        screen = self._screen
        if not screen.form:
            return  # nothing was shown yet
        names = {commune.code: commune.name for commune in screen.session.communes}
        columns = {code: at for at, code in enumerate(form_of(screen.session.record, screen.form).elements, 1)}
        self.panel.show_findings(self._findings, names, columns)

    def show_place(self, unit: str | None, finding: Finding | None) -> None:
        """The cursor moved: beside a form only its commune is unfolded; the finding of the cell is chosen."""
        self._here = finding
        if unit != self._unit:
            self._unit = unit
            if self._screen.ways.name == FORM and self._panel is not None:
                self._panel.model.fold_all_but([unit] if unit else None)
        if self.is_shown and not self.panel.isAncestorOf(self._view.focusWidget() or self._view):
            self.panel.point_at(finding)

    def _earlier(self, finding: Finding) -> str:
        from desktop.application.reasons import proposed_reason
        from desktop.ui.screens.entry.findings.keeping import earlier_words

        proposed = proposed_reason(self._screen.session.record, finding)
        return earlier_words(proposed) if proposed is not None else ""

    def _go(self, breach: Breach) -> None:
        finding = breach.first
        if self._is_compact:
            self._show(is_open=False)
        where = tuple((name, said) for name, said in (("unit", finding.unit), ("element", finding.element)) if said)
        self._screen.go(Target(Place.ENTRY, where))

    def _keep(self, breaches: list[Breach]) -> None:
        from desktop.ui.screens.entry.findings.keeping import keep

        findings = [finding for breach in breaches for finding in breach.findings]
        keep(self._view, self._screen.session, findings)

    def _mend(self, breach: Breach) -> None:
        from desktop.ui.screens.entry.findings.mending import mend

        if mend(self._screen, breach):
            self._focus_cells()
