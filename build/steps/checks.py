"""Tests, and everything else that looks at the code."""

from __future__ import annotations

from steps import system
from steps.shell import PYTHON, ROOT, Fault, Word, run, side_by_side, tell

# Parts that take about the same time each, those that take longest first: none is left running alone at the end.
PARTS: tuple[tuple[str, ...], ...] = (
    ("tests/ui",),
    ("tests/cli", "tests/contract"),
    ("tests/db", "tests/system"),
    ("tests/application",),
    ("tests/domain", "tests/exchange"),
)


def run_tests(words: list[str]) -> None:
    """Run pytest; words after `test` go to it as they are. Without words its parts run side by side."""
    system.want_test_tools()
    pytest: list[Word] = [PYTHON, "-m", "pytest"]
    if words:
        run([*pytest, *words])
    else:
        rest = ("tests", *(f"--ignore={folder}" for part in PARTS for folder in part))
        side_by_side(*([*pytest, "-q", *part] for part in (*PARTS, rest)))


def look_at_code() -> None:
    """Types, import contracts, licences, words, the tree, and style; all of them even if one fails."""
    side_by_side(
        [PYTHON, "-m", "mypy", "desktop", "db", "build/dev.py", "build/steps"],
        [PYTHON, "-m", "pytest", "-q", "tests/ground"],
        [PYTHON, "-m", "ruff", "check", "."],
        [PYTHON, "-m", "ruff", "format", "--check", "-q", "."],
    )
    tell("All clean.")


def run_long() -> None:
    """The properties with many examples, and 1000 kills of the real program."""
    system.want_test_tools()
    run([PYTHON, "-m", "pytest", "-q"], env={"SOTRAM_HYPOTHESIS": "long", "SOTRAM_KILLS": "1000"})


def run_bench(words: list[str]) -> None:
    """Run the measurements of tests/bench and print their table."""
    if not (ROOT / "tests" / "bench" / "__main__.py").exists():
        raise Fault("Nothing to measure yet: tests/bench/__main__.py is not there.")
    run([PYTHON, "-m", "tests.bench", *words])
