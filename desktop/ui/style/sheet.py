"""The one style sheet. Sizes are device-independent px; widgets say what they are by the property `kind`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.style import fonts, palette, rules
from desktop.ui.style.palette import Palette


def apply(application: QApplication) -> None:
    """Font, palette and sheet of the whole program; once at the start and again when the contrast changes."""
    application.setFont(fonts.font())
    application.setPalette(_system_palette(palette.palette()))
    application.setStyleSheet(rules.text(palette.palette()))


def mark(widget: QWidget, **names: object) -> None:
    """Set what the sheet asks for (`kind`, `tone`, `on`) and let the widget be styled anew, where it differs."""
    if all((widget.property(name) or "") == (value or "") for name, value in names.items()):
        return
    for name, value in names.items():
        widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it is styled when it is first shown
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def _system_palette(tones: Palette) -> QPalette:
    role = QPalette.ColorRole
    made = QPalette()
    for where, name in (
        (role.Window, tones.desk),
        (role.WindowText, tones.ink),
        (role.Base, tones.sheet),
        (role.AlternateBase, tones.band),
        (role.Text, tones.ink),
        (role.Button, tones.sheet),
        (role.ButtonText, tones.ink),
        (role.Highlight, tones.accent if tones.high_contrast else tones.accent_tint),
        (role.HighlightedText, tones.on_accent if tones.high_contrast else tones.ink),
        (role.PlaceholderText, tones.ink3),
        (role.ToolTipBase, tones.sheet),
        (role.ToolTipText, tones.ink),
        (role.Link, tones.accent),
    ):
        made.setColor(where, QColor(name))
    for group in (QPalette.ColorGroup.Disabled,):
        for where in (role.WindowText, role.Text, role.ButtonText):
            made.setColor(group, where, QColor(tones.ink3))
    return made
