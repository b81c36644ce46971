"""What a person says of doubtful rows in words: `SHEET:ROW=new`, or the uid of the child that a row is."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.application.children_import import NEW, ChildRow, ListPlan, Place, Who
from desktop.domain.text import squeeze
from desktop.errors import AppError
from desktop.wording import say


def settled_places(plan: ListPlan, told: Iterable[str]) -> dict[Place, str]:
    """The rows that words speak of, as `lists_of` takes them.

    A word is `ROW=WHO`, `SHEET:ROW=WHO` or `FILE:SHEET:ROW=WHO`, as short as only one row is meant; WHO is `new` or the
    uid of one of the children the row may be. A row that leaves nothing to settle (any more) stays as it is. AppError
    `no_such_row`, `several_rows`, `not_offered`.
    """
    found: dict[Place, str] = {}
    for word in told:
        place, _, who = word.rpartition("=")
        row = _row(plan, place.strip(), word)
        if row.who is Who.DOUBTFUL:
            found[row.place] = _who(row, who.strip(), word)
    return found


def _row(plan: ListPlan, place: str, word: str) -> ChildRow:
    where, _, number = place.rpartition(":")
    named = {row.place: row for row in plan.rows if _is_meant(row, squeeze(where), number)}
    doubtful = [row for row in named.values() if row.who is Who.DOUBTFUL]
    rows = doubtful or list(named.values())
    if not rows:
        raise AppError(
            "no_such_row",
            say("“{word}” names no row of a child.", word=word),
            say("Write it as the finding says it: “SHEET:ROW=new”, or the child's uid in place of new."),
        )
    if len(rows) > 1:
        raise AppError(
            "several_rows",
            say("“{word}” may be several rows.", word=word),
            say("Write the sheet before the row, and the file before the sheet: “FILE:SHEET:ROW=new”."),
        )
    return rows[0]


def _is_meant(row: ChildRow, where: str, number: str) -> bool:
    file, sheet, at = row.place
    if not number.isascii() or not number.isdigit() or int(number) != at:
        return False
    return where in ("", squeeze(sheet), squeeze(f"{file}:{sheet}"))


def _who(row: ChildRow, who: str, word: str) -> str:
    if who == NEW or who in {child.uid for child in row.others}:
        return who
    raise AppError(
        "not_offered",
        say("“{word}” names a child that the row cannot be.", word=word),
        say("Write new, or the uid of one of the children that are offered for the row."),
    )
