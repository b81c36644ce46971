"""The offline help: pages of `resources/help`, opened at the place where F1 was pressed."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from desktop.system.i18n import _
from desktop.system.paths import resource

ORDER = (
    "bat-dau",
    "tong-quan",
    "nhap-so-lieu",
    "nhap-tu-excel",
    "mau-va-phieu",
    "kiem-tra-so-lieu",
    "tinh-hinh-bieu",
    "han-gui-bieu",
    "tram-y-te",
    "tieu-chi-quoc-gia",
    "bang-chi-tieu",
    "tre-em",
    "chi-tieu",
    "bao-cao",
    "gui-nhan",
    "danh-muc",
    "dia-gioi",
    "ke-hoach",
    "quan-tri",
    "phim-tat",
)


LIST: Final = 250
APART: Final = 14
ABOVE: Final = 8
"""Room above a heading that was gone to, px."""


class HelpWindow(QWidget):
    """Pages at the left, the text at the right; no network, links stay within the help."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setProperty("kind", "desk")
        self.setWindowTitle(_("Help"))
        self.resize(920, 620)
        self.pages = QListWidget()
        self.pages.setAccessibleName(_("Pages of the help"))
        self.pages.setFixedWidth(LIST)
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Help"))
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.text.document().setDocumentMargin(18)
        for name in ORDER:
            item = QListWidgetItem(title(name))
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.pages.addItem(item)
        self.pages.currentItemChanged.connect(
            lambda item: self._read(item.data(Qt.ItemDataRole.UserRole)) if item else None
        )
        both = QSplitter()
        both.addWidget(self.pages)
        both.addWidget(self.text)
        both.setStretchFactor(1, 1)
        body = QVBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(both)
        self.setLayout(body)
        QShortcut(QKeySequence("Esc"), self, self.close)

    def show_page(self, place: str) -> None:
        """Open a page by its name; after `#` a heading in it."""
        name, _hash, heading = place.partition("#")
        self.pages.setCurrentRow(ORDER.index(name) if name in ORDER else 0)
        self.show()
        self.raise_()
        self.activateWindow()
        # Before it was shown once, nothing is laid out and there is nowhere to scroll to.
        QTimer.singleShot(0, self, lambda: self._go_to(heading))

    def _go_to(self, heading: str) -> None:
        """Bring a heading to the top; without one, or where it is not there, the begin of the page."""
        block = self.text.document().begin()
        while heading and block.isValid() and not (block.blockFormat().headingLevel() and block.text() == heading):
            block = block.next()
        at = self.text.document().documentLayout().blockBoundingRect(block).top() if heading and block.isValid() else 0
        self.text.verticalScrollBar().setValue(max(round(at) - ABOVE, 0))

    def _read(self, name: str) -> None:
        self.text.setMarkdown(source(name))
        self._part_headings()

    def _part_headings(self) -> None:
        """Room above the headings within the page: Markdown brings none."""
        block = self.text.document().begin().next()
        while block.isValid():
            if block.blockFormat().headingLevel():
                apart = block.blockFormat()
                apart.setTopMargin(APART)
                QTextCursor(block).setBlockFormat(apart)
            block = block.next()

    def _follow(self, link: QUrl) -> None:
        name = link.path().removesuffix(".md")
        if name in ORDER:
            self.show_page(name)


def source(name: str) -> str:
    """The text of a page."""
    return resource("help", f"{name}.md").read_text(encoding="utf-8")


def title(name: str) -> str:
    """The first heading of a page."""
    found = re.match(r"#\s+(.+)", source(name))
    return found[1] if found else name
