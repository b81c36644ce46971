"""Every command that is told to people, in the help, the README or a sentence, can be typed."""

import re
import shlex
from pathlib import Path

import pytest

from desktop.cli.parser import COMMON, find_command
from desktop.cli.registry import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
QUOTED = re.compile(r"[`“]sotram ([^`”\n]+)[`”]|^sotram (.+)$", re.MULTILINE)
PLACES = (
    ROOT / "README.md",
    *sorted((ROOT / "resources" / "help").glob("*.md")),
    *sorted((ROOT / "resources" / "locale" / "vi").glob("*.po")),
)


def told(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8").replace('\\"', '"')
    return sorted({(found[1] or found[2]).strip() for found in QUOTED.finditer(text)})


@pytest.mark.parametrize("said", sorted({said for path in PLACES for said in told(path)}))
def test_a_told_command_is_one_with_these_options(said):
    words = shlex.split(said.replace("…", "x"))
    command, rest = find_command(words, COMMANDS)
    assert command is not None, said
    known = {f"--{option.name}" for option in (*command.options, *COMMON)}
    assert {word for word in rest if word.startswith("--")} <= known


def test_there_is_something_to_look_at():
    assert any(told(path) for path in PLACES if path.suffix == ".md")
    assert any(told(path) for path in PLACES if path.suffix == ".po")
