"""The JSON schemas of the rows, and what `contract/cli.md` (a copy of it) says the rows are."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "data" / "cli.md"


@cache
def schemas() -> dict[str, Any]:
    return {
        path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(HERE.glob("*.schema.json"))
    }


@cache
def validator(name: str) -> Draft202012Validator:
    registry = Registry().with_resources(
        (f"{other}.schema.json", Resource.from_contents(schema)) for other, schema in schemas().items()
    )
    return Draft202012Validator(schemas()[name], registry=registry)


def faults(name: str, answer: object) -> list[str]:
    """What in an answer is not as its row says."""
    return [f"{'/'.join(map(str, fault.path))}: {fault.message}" for fault in validator(name).iter_errors(answer)]


def table() -> list[tuple[str, str, str]]:
    """The rows: commands, what they do, JSON."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [(first, second, third) for first, second, third in cells]


def promised() -> dict[str, frozenset[str]]:
    """Every command of the table with the options its row shows."""
    found: dict[str, frozenset[str]] = {}
    for first, _, _ in table():
        for text in re.findall(r"`([^`]+)`", first):
            text = text.replace("\\|", "|")
            options = frozenset(re.findall(r"--([a-z][a-z-]*)", text))
            for words in filter(None, spoken(text)):
                found[words] = options
    return found


def spoken(text: str) -> list[str]:
    """`submission complete|check --unit CODE` is "submission complete" and "submission check"."""
    lines: list[list[str]] = [[]]
    for word in text.split():
        if not re.fullmatch(r"[a-z0-9]+(\|[a-z0-9]+)*", word):
            break
        lines = [[*line, one] for line in lines for one in word.split("|")]
    return [" ".join(line) for line in lines]
