"""The command line as tests speak to it: most runs in this process, some in one of their own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop import cli

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "data" / "samples"


@dataclass(frozen=True)
class Said:
    """Exit code and what was said on both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """The code of the refusal."""
        return self.json["error"]["code"]


def sotram(*words: object) -> Said:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main([str(word) for word in words])
    return Said(code, out.getvalue(), err.getvalue())


def ask(*words: object) -> Said:
    """Run a command with --json."""
    return sotram("--json", *words)


def told(*words: object) -> Any:
    """The JSON of a command that must do what it is asked; findings may make it exit 1."""
    said = ask(*words)
    assert said.code in {0, 1}, said
    assert not (isinstance(said.json, dict) and "error" in said.json), said
    return said.json


def start(*words: object, env: dict[str, str] | None = None, cwd: Path | None = None) -> Said:
    """Run a command as a process of its own, without a keyboard."""
    ran = subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, words)],
        cwd=cwd or ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Said(ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8"))
