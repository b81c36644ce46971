"""What the program needs of the system: Qt's libraries, and the tools of the tests.

On Debian and Ubuntu they are installed where this user may; otherwise the exact command is said.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from functools import cache
from typing import TYPE_CHECKING

from steps.shell import Fault, output, run, tell

if TYPE_CHECKING:
    from collections.abc import Iterable

# Shared library -> Debian package. Without a display these are enough for Qt's `offscreen`.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
    "libstdc++.so.6": "libstdc++6",
}
# With a display Qt's `xcb` wants these too; the last two are missing on many systems.
SCREEN_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
}
# Program -> Debian packages: the tests let stock tools read what we write, and lose writes on purpose.
TEST_TOOLS = {
    "age": "age",
    "minisign": "minisign",
    "pdftotext": "poppler-utils",
    "cc": "gcc libc6-dev",
}


def need_libraries(*, screen: bool) -> None:
    """Have Qt's system libraries, or say how to get them. Linux only; elsewhere the wheels bring all."""
    if not sys.platform.startswith("linux"):
        return
    wanted = LIBRARIES | (SCREEN_LIBRARIES if screen else {})
    missing = [name for name in wanted if not is_loadable(name)]
    if missing and not install(wanted[name] for name in missing):
        raise Fault(
            f"Qt needs these libraries of the system: {' '.join(missing)}\n"
            f"Install them and start again:  {command(wanted[name] for name in missing)}"
        )


def want_test_tools() -> None:
    """Have the programs some tests start; without them those tests are skipped, and this says so."""
    if not sys.platform.startswith("linux"):
        return
    missing = [tool for tool in TEST_TOOLS if shutil.which(tool) is None]
    if missing and not install(TEST_TOOLS[tool] for tool in missing):
        tell(f"Tests that start {', '.join(missing)} will be skipped. To have them: ")
        tell(f"  {command(TEST_TOOLS[tool] for tool in missing)}")


def is_loadable(library: str) -> bool:
    """Whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install(packages: Iterable[str]) -> bool:
    """Install Debian packages if this is such a system and this user may. True if it was done."""
    names = _names(packages)
    prefix = privilege()
    if shutil.which("apt-get") is None or prefix is None:
        return False
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    try:
        run([*apt, "update", "-qq"])
        run([*apt, "install", "-y", "-qq", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends", *names])
    except Fault as fault:
        tell(str(fault))
        return False
    return True


def command(packages: Iterable[str]) -> str:
    """What a person types to install these packages."""
    return f"sudo apt-get install -y --no-install-recommends {' '.join(_names(packages))}"


@cache
def privilege() -> list[str] | None:
    """The words before a command that changes the system: none for root, sudo where it asks nothing, else None."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if output(["sudo", "-n", "true"]) is not None else None


def _names(packages: Iterable[str]) -> list[str]:
    return sorted({name for words in packages for name in words.split()})
