"""The page of administration: short lists of things to do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QPlainTextEdit, QStackedLayout, QVBoxLayout, QWidget

from desktop.application.backups import LastBackup
from desktop.application.letterheads import Letterhead
from desktop.application.offices import OfficeView
from desktop.system.i18n import _
from desktop.system.settings import Settings
from desktop.ui.screens.admin.habits import HabitsPage
from desktop.ui.screens.admin.office.page import OfficePage
from desktop.ui.screens.admin.stations.page import StationsPage
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import PageBar, Panel, SignLabel, button, column, label, row

TABS = ("backup", "office", "letterhead", "stations", "habits", "settings")


class AdminView(QWidget):
    """Backups, letterhead, settings."""

    backup_asked = Signal()
    folder_asked = Signal()
    verify_asked = Signal()
    restore_asked = Signal()
    letterhead_kept = Signal()
    language_chosen = Signal(str)
    contrast_chosen = Signal(str)
    dash_forgotten = Signal()
    sample_left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.bar = PageBar(_("Administration"))
        names = (
            _("Backups"),
            _("Our office"),
            _("Letterhead"),
            _("Stations"),
            _("How the office works"),
            _("This computer"),
        )
        self.tabs = {key: self.bar.add_tab(name) for key, name in zip(TABS, names, strict=True)}
        for key, made in self.tabs.items():
            made.clicked.connect(lambda _checked=False, key=key: self.show_tab(key))
        self.stack = QStackedLayout()
        self.office, self.stations, self.habits = OfficePage(), StationsPage(), HabitsPage()
        pages = (self._backup(), self.office, self._letterhead(), self.stations, self.habits, self._settings())
        for page in pages:
            self.stack.addWidget(page)
        body: QVBoxLayout = column(self.bar, gap=4)
        body.addLayout(self.stack, 1)
        self.setLayout(body)
        self.show_tab("backup")

    def sizeHint(self) -> QSize:
        """The whole page."""
        return QSize(1190, 600)

    def show_tab(self, key: str) -> None:
        """One of the lists."""
        known = key if key in TABS else "backup"
        self.tabs[known].setChecked(True)
        self.stack.setCurrentIndex(TABS.index(known))

    def _backup(self) -> QWidget:
        page = QWidget()
        line = row(gap=8)
        left, right = Panel(_("Make a backup")), Panel(_("Use a backup"))
        self.last = SignLabel(Sign.INFO, "", strong=True)
        self.last_place = label("", "second", wrap=True)
        self.folder = label("", wrap=True)
        self.record = label("", "hint", wrap=True)
        self.make = button(_("Make a backup now"), self.backup_asked.emit, kind="primary", icon="save_16_regular")
        self.choose = button(_("Another folder…"), self.folder_asked.emit, icon="folder_open_16_regular")
        left.add_inset(
            column(
                self.last,
                self.last_place,
                label(
                    _(
                        "Every backup is opened again and checked before it counts: the file, the "
                        "journal and its chain."
                    ),
                    "second",
                    wrap=True,
                ),
                label(_("Folder for backups"), "head"),
                self.folder,
                label(_("Best on another disk or a stick that is kept elsewhere."), "hint", wrap=True),
                gap=6,
            )
        )
        left.add_inset(row(self.make, self.choose, None))
        left.add_inset(column(self.record))
        left.add_rest()
        self.verify = button(_("Check a backup…"), self.verify_asked.emit)
        self.restore = button(_("Go back to a backup…"), self.restore_asked.emit)
        right.add_inset(
            column(
                label(_("Check whether a backup is whole"), "head"),
                label(_("Nothing is changed."), "second", wrap=True),
                gap=4,
            )
        )
        right.add_inset(row(self.verify, None))
        right.add_inset(
            column(
                label(_("Go back to a backup"), "head"),
                label(
                    _("You see first what would follow. The record in use is kept beside it, never deleted."),
                    "second",
                    wrap=True,
                ),
                gap=4,
            )
        )
        right.add_inset(row(self.restore, None))
        right.add_rest()
        line.addWidget(left, 1)
        line.addWidget(right, 1)
        page.setLayout(line)
        return page

    def _letterhead(self) -> QWidget:
        panel = self.papers = Panel(_("What stands on the office's papers"))
        form = QFormLayout()
        form.setContentsMargins(11, 10, 11, 10)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        self.fields = {
            name: QLineEdit()
            for name in ("parent_line", "symbol", "place", "signer_post", "signer_name", "drafting_unit")
        }
        self.lists = {name: QPlainTextEdit() for name in ("addressees", "recipients")}
        captions = {
            "parent_line": _("Superior office, upper line"),
            "symbol": _("Symbol of the office"),
            "place": _("Place before the date"),
            "signer_post": _("Post of the signer"),
            "signer_name": _("Name of the signer"),
            "drafting_unit": _("Drafting unit"),
            "addressees": _("Addressees, one a line"),
            "recipients": _("Recipients, one a line"),
        }
        for name, part in (self.fields | self.lists).items():
            part.setAccessibleName(captions[name])
            part.setMaximumWidth(520)
            if isinstance(part, QPlainTextEdit):
                part.setFixedHeight(74)
                part.setTabChangesFocus(True)
            form.addRow(label(captions[name], "second"), part)
        held = QWidget()
        held.setLayout(form)
        panel.add(held)
        panel.add_rest()
        self.keep = button(_("Keep"), self.letterhead_kept.emit, kind="primary")
        panel.add_foot(
            label(_("Number, date and signature stay blank until the paper is signed."), "hint"), None, self.keep
        )
        return panel

    def _settings(self) -> QWidget:
        panel = Panel(_("How the window behaves on this computer"))
        self.language, self.contrast = QComboBox(), QComboBox()
        self.language.setAccessibleName(_("Language"))
        self.contrast.setAccessibleName(_("Contrast"))
        for key, text in (("vi", "Tiếng Việt"), ("en", "English")):
            self.language.addItem(text, key)
        for key, text in (("auto", _("as Windows says")), ("high", _("high contrast")), ("normal", _("normal"))):
            self.contrast.addItem(text, key)
        self.language.activated.connect(lambda: self.language_chosen.emit(self.language.currentData()))
        self.contrast.activated.connect(lambda: self.contrast_chosen.emit(self.contrast.currentData()))
        self.dash = label("")
        self.forget = button(_("Ask again"), self.dash_forgotten.emit)
        form = QFormLayout()
        form.setContentsMargins(11, 10, 11, 10)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(10)
        for part in (self.language, self.contrast):
            part.setMaximumWidth(240)
        form.addRow(label(_("Language"), "second"), self.language)
        form.addRow(label(_("Contrast"), "second"), self.contrast)
        held = QWidget()
        held.setLayout(row(self.dash, self.forget, None))
        form.addRow(label(_("A dash typed alone"), "second"), held)
        self.sample = button(_("Put the sample aside, begin our own record…"), self.sample_left.emit)
        self.sample_caption = label(_("Sample data"), "second")
        beside = QWidget()
        beside.setLayout(row(self.sample, None))
        form.addRow(self.sample_caption, beside)
        whole = QWidget()
        whole.setLayout(form)
        panel.add(whole)
        panel.add_rest()
        return panel

    # ---- showing ----

    def show_backup(self, last: LastBackup | None, folder: Path, record: str) -> None:
        """The last backup, where the next goes, where the record lies."""
        if last is None:
            self.last.show_state(Sign.WARNING, _("No backup yet"), Tone.WARN)
            self.last_place.setText("")
        else:
            when = last.at.strftime("%H:%M, %d/%m/%Y")
            self.last.show_state(
                Sign.CHECKED, _("Last backup, opened and checked: {when}").format(when=when), Tone.GOOD
            )
            self.last_place.setText(str(last.file))
        self.folder.setText(str(folder))
        self.record.setText(_("The record in use: {file}").format(file=record))

    def show_letterhead(self, office: OfficeView) -> None:
        """The letterhead in force in the period shown."""
        self.papers.set_title(_("What stands on the papers of {name}").format(name=office.name))
        for name, part in self.fields.items():
            part.setText(getattr(office.letterhead, name))
        for name, held in self.lists.items():
            held.setPlainText("\n".join(getattr(office.letterhead, name)))

    def letterhead(self) -> Letterhead:
        """The letterhead as typed."""
        lines = {
            name: tuple(line.strip() for line in part.toPlainText().splitlines() if line.strip())
            for name, part in self.lists.items()
        }
        return Letterhead(**{name: part.text().strip() for name, part in self.fields.items()}, **lines)  # type: ignore[arg-type]

    def show_settings(self, kept: Settings, *, is_sample: bool) -> None:
        """What is remembered."""
        self.sample.setVisible(is_sample)
        self.sample_caption.setVisible(is_sample)
        self.language.setCurrentIndex(max(self.language.findData(kept.language), 0))
        self.contrast.setCurrentIndex(max(self.contrast.findData(kept.contrast), 0))
        readings = {"zero": _("Number 0"), "not_applicable": _("Not applicable"), "not_reported": _("Not reported")}
        known = sorted({readings.get(value, value) for value in (kept.dash or {}).values()})
        self.dash.setText(", ".join(known) if known else _("is asked about the first time in each form"))
        self.forget.setVisible(bool(known))
