"""Writing the lock files: hashes of every wheel, no address of any registry."""

from __future__ import annotations

import tempfile
from pathlib import Path

from steps.environment import interpreter
from steps.shell import ON_WINDOWS, ROOT, Word, run

RESOLVER = "uv==0.13.9"
# The whole lock runs on Linux and Windows; the last one is what `wine` downloads from another system.
LOCKS = (
    ("requirements.in", "requirements.lock", ["--universal"]),
    ("requirements-dev.in", "requirements-dev.lock", ["--universal"]),
    ("requirements-dev.in", "requirements-win.lock", ["--python-platform", "x86_64-pc-windows-msvc"]),
)


def write() -> None:
    """Resolve requirements*.in anew; what is already locked stays unless the .in asks otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        run([interpreter(), "-m", "venv", folder])
        programs = Path(folder, "Scripts" if ON_WINDOWS else "bin")
        run([programs / "python", "-m", "pip", "install", "-q", RESOLVER])
        for source, target, platform in LOCKS:
            words: list[Word] = [programs / "uv", "pip", "compile", "-q", source, "-o", target, *platform]
            run([*words, "--python-version", "3.11", "--generate-hashes", *QUIET], cwd=ROOT)


QUIET = ("--no-emit-index-url", "--no-header", "--no-annotate")
