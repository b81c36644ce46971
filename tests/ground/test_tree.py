"""The house keeps its floors, its names and its size."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"desktop", "resources", "db", "tests", "build", ".ci", "docs"}
ATTIC = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "base", "misc", "handler", "handlers"}
LONGEST_FILE = 500
LONGEST_FUNCTION = 80


def tracked() -> list[Path]:
    """Every file that is or would be committed; all but the made ones where this is no git checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def modules(*folders: str) -> Iterator[Path]:
    return (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_every_room_imports_only_what_lies_below_it():
    words = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    checked = subprocess.run([*words, "--no-cache"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "0 broken" in checked.stdout


def test_no_further_folder_stands_at_the_top():
    assert {path.relative_to(ROOT).parts[0] for path in tracked() if path.parent != ROOT} <= FOLDERS


def test_build_is_no_package():
    assert not (ROOT / "build" / "__init__.py").exists()


def test_resources_hold_no_python():
    assert list(modules("resources")) == []


def test_desktop_starts_empty():
    assert (ROOT / "desktop" / "__init__.py").read_text(encoding="utf-8") == ""


def test_no_room_is_an_attic():
    assert [path for path in modules("desktop", "db", "build") if path.stem in ATTIC] == []


def test_every_test_folder_is_a_package():
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_files_and_functions_stay_small():
    """A long text inside a function (a style sheet, a schema) does not count."""
    large = [
        path for path in modules("desktop", "db", "build") if len(path.read_text("utf-8").splitlines()) > LONGEST_FILE
    ]
    assert (large, long_and_foreign()[0]) == ([], [])


@cache
def long_and_foreign() -> tuple[list[str], list[str]]:
    """Functions that are too long, and names that are not ASCII: all code is walked once for both."""
    long, foreign = [], []
    for path in modules("desktop", "db", "build"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef) and is_long(node):
                long.append(f"{path.relative_to(ROOT)}: {node.name}")
            name = getattr(node, "id", None) or getattr(node, "name", None) or getattr(node, "arg", None)
            if isinstance(name, str) and not name.isascii():
                foreign.append(f"{path.relative_to(ROOT)}: {name}")
    return long, foreign


def is_long(function: ast.FunctionDef) -> bool:
    lines = function.end_lineno - function.lineno + 1
    if lines <= LONGEST_FUNCTION:
        return False
    texts = (node for node in ast.walk(function) if isinstance(node, ast.Constant | ast.JoinedStr))
    inside = max((text.end_lineno - text.lineno for text in texts), default=0)
    return lines - inside > LONGEST_FUNCTION


def test_the_domain_asks_no_clock_and_opens_no_file():
    clocks = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow")}
    found = []
    for path in modules("desktop/domain"):
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            by_name = isinstance(called, ast.Name) and called.id in {"open", "print", "input"}
            by_clock = (
                isinstance(called, ast.Attribute)
                and isinstance(called.value, ast.Name)
                and (called.value.id, called.attr) in clocks
            )
            if by_name or by_clock:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_names_in_code_are_ascii():
    assert long_and_foreign()[1] == []
    assert [
        path for path in modules("desktop", "db", "build", "tests") if not str(path.relative_to(ROOT)).isascii()
    ] == []


@pytest.mark.parametrize("place", ["work", "root"])
def test_no_file_names_a_place_of_one_machine(place):
    named = re.compile(rf"(?<![\w.)}}]){'/'}{place}/")
    assert [path for path in readable() if named.search(path.read_text(encoding="utf-8"))] == []


def test_no_file_names_a_registry_host():
    labels = ("pypi", "npmjs", "pythonhosted", "registry", "deb", "crates", "proxy", "mirror", "mirrors")
    host = re.compile(rf"://(?:[\w-]+\.)*(?:{'|'.join(labels)})\.\w", re.IGNORECASE)
    assert [path for path in readable() if host.search(path.read_text(encoding="utf-8"))] == []


def readable() -> Iterator[Path]:
    for path in tracked():
        if path.suffix not in {".ttf", ".pdf", ".png", ".xlsx", ".xls", ".ods", ".age", ".zip", ".sqlite", ".mo"}:
            try:
                path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
            yield path
