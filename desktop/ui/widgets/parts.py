"""Small parts every screen is made of: panels, buttons, tags, rules, notices, empty places."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.style import fonts, icons, signs
from desktop.ui.style.palette import Tone, colour, palette
from desktop.ui.style.sheet import mark
from desktop.ui.style.signs import Sign


def label(text: str = "", kind: str = "", *, tone: Tone | None = None, wrap: bool = False) -> QLabel:
    """Words. Kinds: title subject head hint second; plain text, never markup from data."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    if tone is not None:
        made.setProperty("tone", tone.value)
    return made


class Switch(QPushButton):
    """One of several buttons in a row of which one is on: next to another they share a border."""

    def showEvent(self, event: QShowEvent) -> None:
        """Where it stands is known only once it is laid out."""
        super().showEvent(event)
        parent = self.parentWidget()
        beside = parent.findChildren(Switch, options=Qt.FindChildOption.FindDirectChildrenOnly) if parent else []
        before = (one.geometry() for one in beside if one is not self and not one.isHidden())
        mark(self, joined=any(at.top() == self.y() and self.x() - 2 <= at.right() + 1 <= self.x() for at in before))


def button(
    text: str, act: Callable[[], object] | None = None, *, kind: str = "", icon: str = "", tip: str = ""
) -> QPushButton:
    """An act: kinds primary, danger, small, icon, link, bare. An icon alone needs a tip, which is its name too."""
    made = Switch(text) if kind == "switch" else QPushButton(text)
    if kind:
        made.setProperty("kind", kind)
    if icon:
        ink = palette().accent if kind == "link" else palette().on_accent if kind == "primary" else palette().ink2
        made.setIcon(icons.icon(icon, colour=ink))
        made.setIconSize(QSize(16, 16))
    if tip:
        made.setToolTip(tip)
        made.setAccessibleName(text or tip.split("  ", maxsplit=1)[0])
    if kind != "primary":
        made.setAutoDefault(False)
    if act is not None:
        made.clicked.connect(lambda _checked=False: act())
    return made


def row(*parts: QWidget | int | None, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Parts beside each other; a number is a gap, None takes the rest."""
    made = QHBoxLayout()
    _fill(made, parts, gap, margins)
    return made


def column(
    *parts: QWidget | int | None, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Parts below each other; a number is a gap, None takes the rest."""
    made = QVBoxLayout()
    _fill(made, parts, gap, margins)
    return made


def _fill(
    layout: QBoxLayout, parts: tuple[QWidget | int | None, ...], gap: int, margins: tuple[int, int, int, int]
) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        else:
            layout.addWidget(part)


def captioned(field: QWidget, width: int, *, wrap: bool = False) -> QHBoxLayout:
    """A field of a dialog behind its accessible name, for which there are `width` px."""
    caption = label(field.accessibleName(), "second", wrap=wrap)
    caption.setFixedWidth(width)
    caption.setBuddy(field)
    made = row(caption)
    made.addWidget(field, 1)
    return made


def rule() -> QFrame:
    """A hairline across."""
    made = QFrame()
    made.setProperty("kind", "rule")
    made.setFixedHeight(1)
    return made


class Panel(QFrame):
    """A white sheet with a head (name, and what stands at its right), a body and perhaps a foot."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self._layout = column(gap=0, margins=(1, 1, 1, 1))
        self.setLayout(self._layout)
        self.title = label(title, "head")
        self._head = row(self.title, None, margins=(11, 0, 8, 0))
        self.head_row = QWidget()
        self.head_row.setLayout(self._head)
        self.head_row.setFixedHeight(31)
        self._layout.addWidget(self.head_row)
        self._rule = rule()
        self._layout.addWidget(self._rule)
        self.head_row.setVisible(bool(title))
        self._rule.setVisible(bool(title))
        if title:
            self.setAccessibleName(title)

    def set_title(self, title: str) -> None:
        """Another name, shown if it was not."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.head_row.setVisible(True)
        self._rule.setVisible(True)

    def add_to_head(self, part: QWidget) -> None:
        """Put something at the right of the head."""
        self._head.addWidget(part)

    def add(self, part: QWidget, stretch: int = 0) -> None:
        """Put a part edge to edge into the body."""
        self._layout.addWidget(part, stretch)

    def replace(self, old: QWidget, new: QWidget) -> None:
        """Put a part in another's place."""
        self._layout.replaceWidget(old, new)
        old.hide()
        old.deleteLater()

    def add_inset(self, layout: QBoxLayout, margins: tuple[int, int, int, int] = (11, 8, 11, 8)) -> None:
        """Put a layout into the body, inset."""
        layout.setContentsMargins(*margins)
        self._layout.addLayout(layout)

    def add_rest(self) -> None:
        """Leave the rest blank."""
        self._layout.addStretch(1)

    def add_foot(self, *parts: QWidget | int | None) -> None:
        """The foot, 42 high."""
        foot = QFrame()
        foot.setProperty("kind", "foot")
        foot.setFixedHeight(43)
        foot.setLayout(row(*parts, margins=(11, 0, 11, 0)))
        self._layout.addWidget(foot)


class Tag(QWidget):
    """A status: sign and word on its tint."""

    def __init__(
        self, sign: Sign | None = None, text: str = "", tone: Tone = Tone.MUTE, *, framed: bool = False
    ) -> None:
        super().__init__()
        self._sign, self._text, self._tone, self._framed = sign, text, tone, framed
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_status(sign, text, tone)

    def show_status(self, sign: Sign | None, text: str, tone: Tone) -> None:
        """Show another status."""
        self._sign, self._text, self._tone = sign, text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """20 high, as wide as its words."""
        words = QFontMetrics(self._font()).horizontalAdvance(self._text)
        return QSize(words + (12 + 17 if self._sign else 12), 20)

    def _font(self) -> QFont:
        return fonts.font(fonts.SMALL, 600 if self._framed else 500)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint, sign, word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(palette().tint(self._tone))
        painter.setPen(palette().text(self._tone) if self._framed or palette().high_contrast else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 3, 3)
        left = 6
        if self._sign:
            painter.drawPixmap(left, 3, signs.pixmap(self._sign, 14, self.devicePixelRatioF()))
            left += 17
        painter.setPen(palette().text(self._tone))
        painter.setFont(self._font())
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text)


class SignLabel(QWidget):
    """A sign with words beside it, without ground: one line of state."""

    def __init__(
        self, sign: Sign | None, text: str = "", *, strong: bool = False, tone: Tone | None = None, small: bool = False
    ) -> None:
        super().__init__()
        self.sign = QLabel()
        self.words = label(text)
        self.words.setFont(fonts.font(fonts.SMALL if small else fonts.TEXT, 600 if strong else 400))
        self.setLayout(row(self.sign, self.words, None, gap=5))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_state(sign, text, tone)

    def show_state(self, sign: Sign | None, text: str, tone: Tone | None = None) -> None:
        """Another state."""
        self.sign.setVisible(sign is not None)
        if sign is not None:
            self.sign.setPixmap(signs.pixmap(sign, 14, self.devicePixelRatioF()))
        self.words.setText(text)
        self.setAccessibleName(text)
        mark(self.words, tone=tone.value if tone else "")


class Notice(QFrame):
    """A framed word about something: what it is, what it means, what to do."""

    def __init__(self, tone: Tone, title: str, text: str = "", *acts: QPushButton) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self.setProperty("tone", tone.value)
        sign = {Tone.GOOD: Sign.CHECKED, Tone.WARN: Sign.WARNING, Tone.BAD: Sign.ERROR}.get(tone, Sign.INFO)
        self.title = label(title, "head", tone=tone, wrap=True)
        self.text = label(text, wrap=True)
        self.text.setVisible(bool(text))
        picture = QLabel()
        picture.setPixmap(signs.pixmap(sign, 16, self.devicePixelRatioF()))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        body = column(self.title, self.text, gap=2)
        if acts:
            body.addLayout(row(*acts, None))
        whole = row(picture, gap=8, margins=(10, 8, 10, 8))
        whole.addLayout(body, 1)
        self.setLayout(whole)
        self.setAccessibleName(f"{title} {text}".strip())


class Empty(QWidget):
    """An empty place: what is missing, what to do, the act."""

    def __init__(self, title: str, text: str, *acts: QPushButton) -> None:
        super().__init__()
        self.title = label(title, "subject", wrap=True)
        self.text = label(text, "second", wrap=True)
        for part in (self.title, self.text):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        body = column(None, self.title, self.text, gap=8, margins=(24, 16, 24, 16))
        body.addLayout(row(None, *acts, None))
        body.addStretch(2)
        self.setLayout(body)
        self.setAccessibleName(f"{title} {text}")


class PageBar(QWidget):
    """Title, tabs, then what narrows the view, then acts. 40 high, 38 in the compact layout."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setFixedHeight(40)
        self.title = label(title, "title")
        self.subtitle = label("", "hint")
        self.subtitle.setFont(fonts.font(fonts.TEXT))
        self._row = row(self.title, self.subtitle, gap=8)
        self._row.addStretch(1)
        self._tabs = 0
        self.setLayout(self._row)

    def add_tab(self, text: str) -> QPushButton:
        """A tab after the title; the screen switches what it shows."""
        tab = button(text, kind="tab")
        # The chosen tab is bold: it must not need more room then.
        tab.setMinimumWidth(QFontMetrics(fonts.font(fonts.TEXT, 600)).horizontalAdvance(text) + 24)
        tab.setCheckable(True)
        tab.setAutoExclusive(True)
        self._tabs += 1
        self._row.insertWidget(1 + self._tabs, tab)
        return tab

    def add(self, *parts: QWidget) -> None:
        """Lists and acts, at the right."""
        for part in parts:
            self._row.addWidget(part)

    def insert(self, part: QWidget, stretch: int = 0) -> None:
        """Something right after the title and the tabs: the cell bar of the compact layout."""
        self._row.insertWidget(2 + self._tabs, part, stretch)


class Elided(QLabel):
    """Words that lose their end where there is no room; the whole stands in the tooltip."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As much as fits."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().windowText().color())
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), self.alignment() | Qt.TextFlag.TextSingleLine, shown)


class Rule(QWidget):
    """A short vertical hairline between parts of a bar."""

    def __init__(self, height: int = 14) -> None:
        super().__init__()
        self.setFixedSize(1, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line."""
        QPainter(self).fillRect(self.rect(), colour("line5"))
