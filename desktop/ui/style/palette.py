"""The colours of the window: a ruled paper form filled in pen-blue ink; in high contrast the system's own."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtGui import QColor, QPalette


class Tone(StrEnum):
    """What a status says, by colour; sign and word say it again."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    BUSY = "busy"
    MUTE = "mute"
    PLAIN = "plain"


class Palette:
    """Named colours as `#RRGGBB`; the light theme stands as the defaults.

    No data class: the shell waits for it, and one of so many fields takes Python 4 ms to make.
    """

    desk: str = "#EAEEF1"
    sheet: str = "#FFFFFF"
    band: str = "#F4F6F8"
    head: str = "#E1E7EC"
    group: str = "#D3DCE3"
    line: str = "#CCD4DA"
    line5: str = "#98A5AF"
    frame: str = "#7C8994"
    ink: str = "#18212A"
    ink2: str = "#43505B"
    ink3: str = "#586570"
    accent: str = "#17508F"
    accent_tint: str = "#DAE7F4"
    accent_light: str = "#EDF3FA"
    on_accent: str = "#FFFFFF"
    unsaved: str = "#FFFBE6"
    hatch: str = "#BCC6CE"
    good: str = "#00634F"
    good_tint: str = "#DAF0EA"
    warn: str = "#7A4A00"
    warn_tint: str = "#FFEBBD"
    warn_sign: str = "#E0A100"
    bad: str = "#A3191C"
    bad_tint: str = "#FADEDB"
    high_contrast: bool = False

    def __init__(self, **others: str | bool) -> None:
        unknown = others.keys() - self.__annotations__.keys()
        if unknown:
            raise TypeError(f"no colours: {sorted(unknown)}")
        vars(self).update(others)

    def text(self, tone: Tone) -> str:
        """The colour of words of a tone."""
        return {
            Tone.GOOD: self.good,
            Tone.WARN: self.warn,
            Tone.BAD: self.bad,
            Tone.BUSY: self.accent,
            Tone.MUTE: self.ink3,
            Tone.PLAIN: self.ink,
        }[tone]

    def tint(self, tone: Tone) -> str:
        """The ground behind words of a tone."""
        return {
            Tone.GOOD: self.good_tint,
            Tone.WARN: self.warn_tint,
            Tone.BAD: self.bad_tint,
            Tone.BUSY: self.accent_tint,
            Tone.MUTE: self.band,
            Tone.PLAIN: self.sheet,
        }[tone]


LIGHT = Palette()


def high_contrast(system: QPalette) -> Palette:
    """The system's palette without any tint: signs, hatch and frames carry the meaning."""
    ground = system.color(QPalette.ColorRole.Window).name()
    text = system.color(QPalette.ColorRole.WindowText).name()
    marked = system.color(QPalette.ColorRole.Highlight).name()
    on_marked = system.color(QPalette.ColorRole.HighlightedText).name()
    grounds = {
        "desk", "sheet", "band", "head", "group", "unsaved", "good_tint", "warn_tint", "bad_tint",
        "accent_light", "accent_tint",
    }  # fmt: skip
    colours = {
        name: ground if name in grounds else text for name, kind in Palette.__annotations__.items() if kind == "str"
    }
    return Palette(**colours | {"accent": marked, "on_accent": on_marked}, high_contrast=True)


class _Current:
    palette = LIGHT


def use(palette: Palette) -> None:
    """Paint with this palette from now on; the style sheet is set again by the caller."""
    _Current.palette = palette
    _COLOURS.clear()


def palette() -> Palette:
    """The palette in use."""
    return _Current.palette


_COLOURS: dict[str, QColor] = {}


def colour(name: str) -> QColor:
    """A colour of the palette in use by its name, ready for a painter."""
    made = _COLOURS.get(name)
    if made is None:
        made = _COLOURS[name] = QColor(getattr(_Current.palette, name))
    return made
