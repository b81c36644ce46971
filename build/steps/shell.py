"""Starting other programs from the project's root, and saying so."""

from __future__ import annotations

import io
import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".work"
VENV = ROOT / ".venv"
ON_WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if ON_WINDOWS else "bin/python")
Word = str | Path

# Settings of the person's own shell that would lead pip or Python astray.
_MISLEADING = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV", "PYTHONHOME", "PYTHONPATH")


class Fault(Exception):
    """Something stands in the way; its words say what, and what to do."""


def run(words: Sequence[Word], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> None:
    """Start a program, show what it prints, and raise `Fault` if it fails."""
    code = status(words, env=env, cwd=cwd)
    if code:
        raise Fault(f"Failed with {code}: {spoken(words)}")


def status(words: Sequence[Word], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> int:
    """Start a program, show what it prints, and give its exit code."""
    tell(f"$ {spoken(words)}")
    return subprocess.run([str(word) for word in words], cwd=cwd, env=environment(env), check=False).returncode


def side_by_side(*parts: Sequence[Word], cwd: Path = ROOT) -> None:
    """Start programs in this order, as many at once as there are processors; each is shown when it has ended.

    `Fault` says which failed, with their exit codes: below zero is the signal that ended one (-11: it crashed).
    """
    failed = []
    with ThreadPoolExecutor(_processors()) as pool:
        begun = {pool.submit(_heard, words, cwd): spoken(words) for words in parts}
        tell(f"{len(begun)} parts, {_processors()} at once; each is shown when it has ended.")
        try:
            for ended in as_completed(begun):
                code, text = ended.result()
                tell(f"$ {begun[ended]}\n{text}")
                if code:
                    failed.append(f"{begun[ended]}  ({code})")
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    if failed:
        raise Fault("\n".join(("Failed, with these exit codes:", *failed)))


def _heard(words: Sequence[Word], cwd: Path) -> tuple[int, str]:
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environment({"PYTHONFAULTHANDLER": "1"}),  # a crash says where
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    return done.returncode, done.stdout


def _processors() -> int:
    """How many this process may use: a container often has fewer than the machine."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def output(words: Sequence[Word], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> str | None:
    """What a program prints on its standard output, or None if it is missing or fails."""
    try:
        done = subprocess.run(
            [str(word) for word in words],
            cwd=cwd,
            env=environment(env),
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables for a program we start: the shell's own, without what misleads, in UTF-8."""
    kept = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    return kept | {"PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"} | dict(more or {})


def tell(line: str) -> None:
    """Say a line at once, before what a started program says."""
    print(line, flush=True)


def spoken(words: Sequence[Word]) -> str:
    """A command as it would be typed, with paths inside the project shortened."""
    return shlex.join(str(word).replace(str(ROOT) + os.sep, "") for word in words)


def speak_utf8() -> None:
    """A Windows console is cp1252 or cp1258; file names here are Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
