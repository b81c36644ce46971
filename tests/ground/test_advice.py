"""A refusal says what to do about it: each one made in the program carries its advice."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.ground.test_tree import parsed

ROOT = Path(__file__).parents[2]
REFUSALS = {"AppError", "UsageError"}


def makes_some(path: Path) -> bool:
    """Whether a file makes a refusal at all."""
    return any(f"{name}(" in path.read_text(encoding="utf-8") for name in REFUSALS)


def without_advice(path: Path) -> Iterator[int]:
    """The lines where a refusal is made with a title alone."""
    for call in ast.walk(parsed(path)):
        if not isinstance(call, ast.Call) or any(isinstance(told, ast.Starred) for told in call.args):
            continue
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in REFUSALS and len(call.args) < 3 and "advice" not in {word.arg for word in call.keywords}:
            yield call.lineno


def test_every_refusal_says_what_to_do():
    paths = [path for top in ("desktop", "db") for path in sorted((ROOT / top).rglob("*.py")) if makes_some(path)]
    found = [f"{path.relative_to(ROOT).as_posix()}:{line}" for path in paths for line in without_advice(path)]
    assert found == []
