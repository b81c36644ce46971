"""The rules of the style sheet by what they style; a rule that stands later wins over an earlier one."""

from __future__ import annotations

from PySide6.QtGui import QColor

from desktop.ui.style.palette import Palette


def text(tones: Palette) -> str:
    """The sheet in the colours given."""
    parts = (surfaces, words, buttons, tabs, fields, lists)
    return "".join(part(tones) for part in parts)


def surfaces(tones: Palette) -> str:
    """Grounds and frames."""
    frame = 2 if tones.high_contrast else 1
    return f"""
QToolTip {{ background: {tones.sheet}; color: {tones.ink}; border: 1px solid {tones.ink3}; padding: 3px 6px; }}
QWidget[kind="desk"] {{ background: {tones.desk}; }}
QWidget[kind="header"] {{ background: {tones.sheet}; border-bottom: 1px solid {tones.line5}; }}
QWidget[kind="navigation"] {{ background: {tones.desk}; border-right: 1px solid {tones.line}; }}
QWidget[kind="status"] {{ background: {tones.head}; border-top: 1px solid {tones.line5}; }}
QWidget[kind="status"] QLabel {{ font-size: 12px; }}
QFrame[kind="panel"] {{ background: {tones.sheet}; border: 1px solid {tones.line}; border-radius: 3px; }}
QFrame[kind="rule"] {{ background: {tones.line}; border: 0; }}
QFrame[kind="card"] {{ background: {tones.sheet}; border: 1px solid {tones.line}; border-radius: 3px; }}
QFrame[kind="card"][on="true"] {{ background: {tones.accent_light}; border: 2px solid {tones.accent}; }}
QFrame[kind="foot"] {{ background: {tones.band}; border: 0; border-top: 1px solid {tones.line};
  border-bottom-left-radius: 3px; border-bottom-right-radius: 3px; }}
QFrame[kind="notice"] {{ border-radius: 3px; border: {frame}px solid {tones.ink3}; }}
QFrame[kind="notice"][tone="good"] {{ background: {tones.good_tint}; border-color: {tones.good}; }}
QFrame[kind="notice"][tone="warn"] {{ background: {tones.warn_tint}; border-color: {tones.warn_sign}; }}
QFrame[kind="notice"][tone="bad"] {{ background: {tones.bad_tint}; border-color: {tones.bad}; }}
QFrame[kind="notice"][tone="busy"] {{ background: {tones.accent_light}; border-color: {tones.accent}; }}
QFrame[kind="popup"] {{ background: {tones.sheet}; border: 1px solid {tones.ink3}; }}
QDialog {{ background: {tones.sheet}; border: 1px solid {tones.ink3}; }}
"""


def words(tones: Palette) -> str:
    """Labels."""
    return f"""
QLabel[kind="title"] {{ font-size: 17px; font-weight: 600; }}
QLabel[kind="subject"] {{ font-size: 15px; font-weight: 600; }}
QLabel[kind="head"] {{ font-weight: 600; }}
QLabel[kind="hint"] {{ font-size: 12px; color: {tones.ink3}; }}
QLabel[kind="second"] {{ color: {tones.ink2}; }}
QLabel[tone="good"] {{ color: {tones.good}; }}
QLabel[tone="warn"] {{ color: {tones.warn}; }}
QLabel[tone="bad"] {{ color: {tones.bad}; }}
QLabel[tone="busy"] {{ color: {tones.accent}; }}
"""


def buttons(tones: Palette) -> str:
    """Acts. Without tints a dashed frame tells what cannot be pressed now."""
    off = "dashed" if tones.high_contrast else "solid"
    return f"""
QPushButton, QToolButton[kind="button"] {{ background: {tones.sheet}; color: {tones.ink};
  border: 1px solid {tones.frame}; border-radius: 3px; padding: 0 11px; min-height: 26px; }}
QPushButton:hover, QToolButton[kind="button"]:hover {{ background: {tones.accent_light}; }}
QPushButton:pressed {{ background: {tones.accent_tint}; }}
QPushButton:focus {{ border: 2px solid {tones.accent}; padding: 0 10px; min-height: 24px; }}
QPushButton[refused="true"] {{ background: {tones.band}; color: {tones.ink3}; border-color: {tones.line5};
  border-style: {off}; }}
QPushButton:disabled {{ background: {tones.band}; color: {tones.ink3}; border-color: {tones.line5};
  border-style: {off}; }}
QPushButton[kind="primary"] {{ background: {tones.accent}; color: {tones.on_accent}; border-color: {tones.accent};
  font-weight: 600; }}
QPushButton[kind="primary"]:hover {{ background: {tones.accent}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {tones.ink}; }}
QPushButton[kind="primary"]:disabled {{ background: {tones.band}; color: {tones.ink3}; border-color: {tones.line5}; }}
QPushButton[kind="danger"] {{ background: {tones.bad}; color: {tones.on_accent}; border-color: {tones.bad};
  font-weight: 600; }}
QPushButton[kind="small"] {{ min-height: 22px; padding: 0 8px; }}
QPushButton[kind="small"]:focus {{ min-height: 20px; padding: 0 7px; }}
QPushButton[kind="icon"] {{ min-width: 26px; max-width: 26px; padding: 0; }}
QPushButton[kind="icon"]:focus {{ min-width: 24px; max-width: 24px; padding: 0; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {tones.accent};
  padding: 0 4px; min-height: 22px; text-align: left; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {tones.accent}; padding: 0 3px; min-height: 20px; }}
QPushButton[kind="link"]:disabled {{ color: {tones.ink3}; }}
QToolButton[kind="link"] {{ background: transparent; border: 0; color: {tones.accent}; font-size: 12px; }}
QToolButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="bare"] {{ background: transparent; border: 1px solid transparent; padding: 0 6px; }}
QPushButton[kind="bare"]:hover {{ background: {tones.accent_light}; }}
QPushButton[kind="bare"]:focus {{ border: 2px solid {tones.accent}; padding: 0 5px; min-height: 24px; }}
"""


def tabs(tones: Palette) -> str:
    """Buttons that choose: places, tabs, switches, menus."""
    chevron = _chevron(tones)
    return f"""
QPushButton[kind="period"] {{ background: {tones.accent}; color: {tones.on_accent}; border-color: {tones.accent};
  font-size: 14px; font-weight: 700; padding: 0 14px; }}
QPushButton[kind="period"]:focus {{ border: 2px solid {tones.ink}; padding: 0 13px; }}
QPushButton[kind="period"][tone="warn"] {{ background: {tones.warn_tint}; color: {tones.warn};
  border-color: {tones.warn}; }}
QPushButton[kind="period"]::menu-indicator {{ image: none; }}
QPushButton[kind="menu"] {{ padding-right: 24px; }}
QPushButton[kind="menu"]:focus {{ padding-right: 23px; }}
QPushButton[kind="menu"]::menu-indicator {{ image: url({chevron}); width: 14px;
  height: 14px; subcontrol-position: right center; right: 7px; }}
QPushButton[kind="place"] {{ background: transparent; border: 0; border-left: 4px solid transparent; border-radius: 0;
  color: {tones.ink2}; text-align: left; padding: 0 8px; min-height: 34px; }}
QPushButton[kind="place"]:hover {{ background: {tones.head}; }}
QPushButton[kind="place"]:checked {{ background: {tones.sheet}; color: {tones.ink}; font-weight: 600;
  border-left: 4px solid {tones.accent}; border-top: 1px solid {tones.line}; border-bottom: 1px solid {tones.line}; }}
QPushButton[kind="place"]:focus {{ border: 2px solid {tones.accent}; padding-left: 10px; }}
QPushButton[kind="tab"] {{ background: transparent; border: 0; border-bottom: 3px solid transparent; border-radius: 0;
  color: {tones.ink2}; padding: 3px 10px 0 10px; min-height: 34px; }}
QPushButton[kind="tab"]:hover {{ border-bottom: 3px solid {tones.line5}; }}
QPushButton[kind="tab"]:checked {{ color: {tones.ink}; font-weight: 600; border-bottom: 3px solid {tones.accent}; }}
QPushButton[kind="tab"]:focus {{ border: 2px solid {tones.accent}; border-bottom: 3px solid {tones.accent}; }}
QPushButton[kind="switch"] {{ border-radius: 0; min-height: 24px; }}
QPushButton[kind="switch"][joined="true"] {{ margin-left: -1px; }}
QPushButton[kind="switch"]:checked {{ background: {tones.accent_tint}; border: 1px solid {tones.accent};
  font-weight: 600; }}
QPushButton[kind="toggle"]:checked {{ background: {tones.accent_tint}; border-color: {tones.accent}; }}
"""


def fields(tones: Palette) -> str:
    """What is typed into, ticked, or chosen from."""
    marked, on_marked = _chosen(tones)
    chevron = _chevron(tones)
    return f"""
QLineEdit, QComboBox, QPlainTextEdit, QSpinBox {{ background: {tones.sheet}; color: {tones.ink};
  border: 1px solid {tones.frame}; border-radius: 3px; padding: 0 8px; min-height: 26px;
  selection-background-color: {tones.accent}; selection-color: {tones.on_accent}; }}
QPlainTextEdit {{ padding: 3px 6px; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border: 2px solid {tones.accent}; padding: 0 7px;
  min-height: 24px; }}
QLineEdit:disabled, QComboBox:disabled {{ background: {tones.band}; color: {tones.ink3}; }}
QLineEdit[kind="cell"] {{ border: 2px solid {tones.accent}; border-left: 5px solid {tones.accent}; border-radius: 0;
  background: {tones.unsaved}; padding: 0 3px; min-height: 0; }}
QLineEdit[kind="place"] {{ font-weight: 600; }}
QComboBox::drop-down {{ border: 0; width: 22px; }}
QComboBox::down-arrow {{ image: url({chevron}); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ background: {tones.sheet}; border: 1px solid {tones.ink3}; outline: 0;
  selection-background-color: {marked}; selection-color: {on_marked}; }}
QCheckBox, QRadioButton {{ spacing: 8px; min-height: 24px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {tones.accent}; border-radius: 3px; }}
""" + (_ticks(tones) if tones.high_contrast else "")


def lists(tones: Palette) -> str:
    """Tables, menus, scroll bars."""
    marked, on_marked = _chosen(tones)
    return f"""
QMenu {{ background: {tones.sheet}; border: 1px solid {tones.ink3}; padding: 4px 0; }}
QMenu::item {{ padding: 5px 24px 5px 26px; }}
QMenu::item:selected {{ background: {marked}; color: {on_marked}; }}
QMenu::separator {{ height: 1px; background: {tones.line}; margin: 4px 0; }}
QTableView, QListView, QTreeView {{ background: {tones.sheet}; border: 0; outline: 0; gridline-color: {tones.line};
  selection-background-color: {marked}; selection-color: {on_marked}; }}
QTableView:focus, QListView:focus {{ border: 0; }}
QHeaderView {{ background: {tones.head}; border: 0; }}
QHeaderView::section {{ background: {tones.head}; color: {tones.ink}; border: 0; border-right: 1px solid {tones.line};
  border-bottom: 1px solid {tones.line5}; padding: 4px 6px; font-size: 12px; font-weight: 500; }}
QTableCornerButton::section {{ background: {tones.head}; border: 0; }}
QScrollArea {{ background: transparent; border: 0; }}
QScrollArea > QWidget > QWidget[kind="sheet"] {{ background: {tones.sheet}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {tones.line5}; border-radius: 3px; margin: 2px; min-width: 28px; min-height: 28px; }}
QScrollBar::handle:hover {{ background: {tones.frame}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {tones.group}; border: 0; border-radius: 0; max-height: 8px; min-height: 8px; }}
QProgressBar::chunk {{ background: {tones.accent}; }}
QTextBrowser {{ background: {tones.sheet}; border: 0; selection-background-color: {tones.accent};
  selection-color: {tones.on_accent}; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
"""


def _ticks(tones: Palette) -> str:
    """Boxes and rings where the style's own are drawn in shades that high contrast has not."""
    return f"""
QCheckBox::indicator, QRadioButton::indicator {{ width: 12px; height: 12px; border: 1px solid {tones.ink};
  background: {tones.sheet}; }}
QRadioButton::indicator {{ border-radius: 7px; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ background: {tones.accent}; }}
"""


def _chosen(tones: Palette) -> tuple[str, str]:
    """Ground and ink of what is chosen in a list."""
    return (tones.accent, tones.on_accent) if tones.high_contrast else (tones.accent_tint, tones.ink)


def _chevron(tones: Palette) -> str:
    """The arrow of lists and menus: a sheet's pictures are not recoloured, so there is a light one for dark grounds."""
    is_dark = QColor(tones.sheet).lightness() < 128
    return _icon_path("chevron_down_16_light" if is_dark else "chevron_down_16_regular")


def _icon_path(name: str) -> str:
    from desktop.system.paths import resource

    return resource("icons", f"{name}.svg").as_posix()
