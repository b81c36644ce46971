"""The page of reports: what to report at the left, the real document at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QStackedLayout, QVBoxLayout, QWidget

from desktop.application.boundary_days import BoundaryDays
from desktop.domain.findings import Finding
from desktop.system.i18n import _
from desktop.ui.screens.reports.kinds import KINDS, Kind, kind_of
from desktop.ui.widgets.boundaries import BoundaryList
from desktop.ui.widgets.findings import FindingList
from desktop.ui.widgets.pages import ZOOMS, PagesView, PdfPages
from desktop.ui.widgets.parts import Empty, PageBar, Panel, button, column, label, row


class ReportsView(QWidget):
    """Everything of the page."""

    report_changed = Signal()
    choice_changed = Signal()
    boundaries_changed = Signal()
    save_asked = Signal()
    print_asked = Signal()
    zoom_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.bar = PageBar(_("Reports"))
        self.print = button(_("Print…"), self.print_asked.emit, icon="print_16_regular")
        self.save = button(_("Save PDF…"), self.save_asked.emit, kind="primary", icon="document_pdf_16_regular")
        self.bar.add(self.print, self.save)
        body = row(gap=8)
        body.addWidget(self._left())
        body.addWidget(self._right(), 1)
        whole: QVBoxLayout = column(self.bar, gap=4)
        whole.addLayout(body, 1)
        self.setLayout(whole)

    def _left(self) -> Panel:
        panel = Panel(_("What to report"))
        panel.setFixedWidth(316)
        self.left = panel
        self.report = QComboBox()
        for kind in KINDS:
            self.report.addItem(kind.title(), kind.name)
        self.report.setAccessibleName(_("Report"))
        self.report.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.report.activated.connect(self.report_changed)
        self.plan, self.unit = QComboBox(), QComboBox()
        self.plan.setAccessibleName(_("Plan"))
        self.unit.setAccessibleName(_("Reporting unit"))
        for part in (self.plan, self.unit):
            part.activated.connect(self.choice_changed)
            part.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        fields = column(gap=4)
        self.boundaries = BoundaryList()
        self.boundaries.chosen.connect(self.boundaries_changed)
        self.boundaries.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.boundaries_caption = label(_("Boundaries"), "second")
        self.plan_caption = label(_("Plan"), "second")
        for text, part in (
            (label(_("Report"), "second"), self.report),
            (self.plan_caption, self.plan),
            (self.boundaries_caption, self.boundaries),
            (label(_("Reporting unit"), "second"), self.unit),
        ):
            text.setBuddy(part)
            fields.addWidget(text)
            fields.addWidget(part)
            fields.addSpacing(4)
        self.period = label("", "hint", wrap=True)
        fields.addWidget(self.period)
        panel.add_inset(fields)
        self.findings_head = label("  " + _("Findings behind the figures"), "head")
        panel.add(self.findings_head)
        self.findings = FindingList(_("Findings behind the figures"))
        panel.add(self.findings, 1)
        self.blank = QWidget()
        self.blank.hide()
        panel.add(self.blank, 1)
        return panel

    def _right(self) -> QWidget:
        panel = Panel(_("Preview"))
        self.page = label("", "second")
        self.before = button(
            "",
            lambda: self.pages.go(self.pages.page - 1),
            kind="icon",
            icon="chevron_left_16_regular",
            tip=_("Previous page"),
        )
        self.after = button(
            "",
            lambda: self.pages.go(self.pages.page + 1),
            kind="icon",
            icon="chevron_right_16_regular",
            tip=_("Next page"),
        )
        self.zoom = QComboBox()
        self.zoom.setAccessibleName(_("Zoom"))
        self.zoom.addItem(_("Fit width"), 0)
        for percent in ZOOMS:
            self.zoom.addItem(f"{percent}%", percent)
        self.zoom.activated.connect(lambda: self.zoom_chosen.emit(self.zoom.currentData()))
        for part in (self.before, self.page, self.after, self.zoom):
            panel.add_to_head(part)
        panel.head_row.setFixedHeight(36)
        self.pages = PagesView()
        self.pages.page_changed.connect(self._show_place)
        self.pages.zoom_asked.connect(self._step_zoom)
        self.nothing = Empty(_("No document yet"), "")
        held = QWidget()
        self.stack = QStackedLayout()
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self.pages)
        held.setLayout(self.stack)
        panel.add(held, 1)
        return panel

    def sizeHint(self) -> QSize:
        """The whole page."""
        return QSize(1190, 600)

    def show_choices(self, plans: Sequence[tuple[str, str]], units: Sequence[tuple[str, str]]) -> None:
        """The plans with targets and the units that can report; what was chosen stays where it still is."""
        for part, choices in ((self.plan, plans), (self.unit, units)):
            held = part.currentData()
            part.clear()
            for key, text in choices:
                part.addItem(text, key)
                part.setItemData(part.count() - 1, text, Qt.ItemDataRole.ToolTipRole)
            part.setCurrentIndex(max(part.findData(held), 0))

    @property
    def kind(self) -> Kind:
        """The report chosen."""
        return kind_of(self.report.currentData())

    def show_kind(self, kind: Kind) -> None:
        """Only what this report asks for."""
        has_boundaries = kind.has_plans and self.boundaries.count() > 1
        for part, shown in (
            (self.plan, kind.has_plans),
            (self.plan_caption, kind.has_plans),
            (self.boundaries, has_boundaries),
            (self.boundaries_caption, has_boundaries),
            (self.findings, kind.has_plans),
            (self.findings_head, kind.has_plans),
            (self.blank, not kind.has_plans),
        ):
            part.setVisible(shown)

    def show_boundaries(self, choices: Sequence[BoundaryDays]) -> None:
        """The boundaries that can be chosen; nothing where there is one alone."""
        self.boundaries.offer(choices)
        self.boundaries_caption.setVisible(self.boundaries.count() > 1)

    def show_pages(self, pages: PdfPages) -> None:
        """Show a document."""
        self.pages.show_pages(pages)
        self.stack.setCurrentWidget(self.pages)
        self._allow(allowed=True)

    def show_nothing(self, title: str, text: str) -> None:
        """Say why there is no document."""
        self.pages.show_pages(None)
        fresh = Empty(title, text)
        self.stack.replaceWidget(self.nothing, fresh)
        self.stack.removeWidget(self.nothing)
        self.nothing.deleteLater()
        self.nothing = fresh
        self.stack.insertWidget(0, fresh)
        self.stack.setCurrentWidget(fresh)
        self._allow(allowed=False)

    def _allow(self, *, allowed: bool) -> None:
        for part in (self.print, self.save, self.before, self.after, self.zoom):
            part.setEnabled(allowed)

    def show_zoom(self, percent: int) -> None:
        """The zoom in use."""
        at = self.zoom.findData(percent)
        self.zoom.setCurrentIndex(max(at, 0))
        self.pages.set_zoom(percent if at >= 0 else 0)

    def _step_zoom(self, step: int) -> None:
        held = self.zoom.currentData() or 100
        sizes = list(ZOOMS)
        at = min(max((sizes.index(held) if held in sizes else 2) + step, 0), len(sizes) - 1)
        self.zoom_chosen.emit(sizes[at])

    def show_findings(self, findings: Sequence[Finding], names: Mapping[str, str]) -> None:
        """What a signer should know before signing; `names` are communes by code."""
        nothing = _("The checks found nothing in the figures of this period.")
        self.findings.show_findings(findings, nothing, lambda finding: names.get(finding.unit or "", ""))

    def _show_place(self, page: int) -> None:
        count = len(self.pages.pages) if self.pages.pages else 0
        self.page.setText(_("Page {page}/{count}").format(page=page + 1, count=count) if count else "")

    def set_compact(self, compact: bool) -> None:
        """The choices make room for the page."""
        self.left.setFixedWidth(220 if compact else 316)
        self.period.setVisible(not compact)
