"""Tests, and everything else that looks at the code."""

from __future__ import annotations

from steps import system
from steps.shell import PYTHON, ROOT, Fault, Word, run, side_by_side, status, tell


def run_tests(words: list[str]) -> None:
    """Run pytest; words after `test` go to it as they are. Without words the window's tests run beside the others.

    They are halved by time: the pages in folders of their own, and the rest.
    """
    system.want_test_tools()
    pytest: list[Word] = [PYTHON, "-m", "pytest"]
    if words:
        run([*pytest, *words])
    else:
        folders = sorted(f"tests/ui/{path.parent.name}" for path in (ROOT / "tests" / "ui").glob("*/__init__.py"))
        rest = ["tests/ui", *(f"--ignore={folder}" for folder in folders)]
        side_by_side([*pytest, "-q", "--ignore=tests/ui"], [*pytest, "-q", *rest], [*pytest, "-q", *folders])


def look_at_code() -> None:
    """Style, types, contracts and the tree; all of them even if one fails, then one sentence on what failed."""
    looks: dict[str, list[Word]] = {
        "ruff": [PYTHON, "-m", "ruff", "check", "."],
        "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "-q", "."],
        "mypy": [PYTHON, "-m", "mypy", "desktop", "db", "build/dev.py", "build/steps"],
        "structure (import contracts, licences, words, tree)": [PYTHON, "-m", "pytest", "-q", "tests/ground"],
    }
    failed = [name for name, words in looks.items() if status(words)]
    if failed:
        raise Fault(f"Not clean: {', '.join(failed)}")
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
