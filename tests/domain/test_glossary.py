"""The glossary speaks of what stands in the code, and each term once."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("| \n").split("|")]
    for line in (ROOT / "desktop/domain/GLOSSARY.md").read_text("utf-8").splitlines()
    if line.startswith("|") and "`" in line
]
CODE = "\n".join(
    path.read_text("utf-8")
    for folder in ("desktop", "db", "resources/catalogue")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".py", ".sql", ".yaml")
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_every_name_stands_in_the_code(row):
    name = row[1].strip("`")
    assert re.search(rf"\b{re.escape(name)}\b", CODE), name


def test_every_term_and_name_is_told_once_with_meaning_and_source():
    assert all(len(row) == 4 and all(row) for row in ROWS)
    for column in (0, 1):
        told = [row[column] for row in ROWS]
        assert len(told) == len(set(told))
