"""Whether the person works in Windows' high contrast."""

from __future__ import annotations

import sys
from typing import Final

_GET_HIGH_CONTRAST: Final = 0x0042
_ON: Final = 0x1


def is_high_contrast() -> bool:
    """What Windows says (SystemParametersInfo, SPI_GETHIGHCONTRAST); elsewhere no."""
    if sys.platform != "win32":
        return False
    import ctypes

    class Answer(ctypes.Structure):
        _fields_ = (("size", ctypes.c_uint), ("flags", ctypes.c_uint), ("scheme", ctypes.c_wchar_p))

    answer = Answer(ctypes.sizeof(Answer), 0, None)
    library = getattr(ctypes, "windll")  # noqa: B009 - mypy on Linux does not know it
    asked = library.user32.SystemParametersInfoW(_GET_HIGH_CONTRAST, answer.size, ctypes.byref(answer), 0)
    return bool(asked) and bool(answer.flags & _ON)
