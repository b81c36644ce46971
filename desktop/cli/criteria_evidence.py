"""`criteria evidence`: the files that prove a commune's points (beyond the contract's table)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, a_path, a_text, wrong
from desktop.cli.criteria import SET, UNIT, YEAR, by_option
from desktop.cli.output import Answer, iso, table
from desktop.cli.session import Session
from desktop.domain.criteria.scoring import By
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.criteria_evidence import Evidence


def evidence(session: Session) -> Answer:
    """The files of a commune and year; --add puts one to a row, --remove takes one away, --extract and --pack write."""
    from desktop.application import criteria_evidence as files

    told = session.arguments
    unit, year, changed, written = told.get("unit", str), told.get("year", int), False, None
    if told.maybe("add", Path) is not None and not told.maybe("row", str):
        raise wrong(say("--add needs --row: the row whose points the file proves."))
    with session.record() as record:
        if (path := told.maybe("add", Path)) is not None:
            _, changes = files.add(
                record,
                unit=unit,
                year=year,
                code=told.maybe("row", str) or "",
                by=By(told.maybe("by", str) or By.SELF),
                path=path,
                note=told.maybe("note", str),
                today=session.today,
                criteria_set=told.maybe("set", str),
            )
            changed = changes.changed
        if (uid := told.maybe("remove", str)) is not None:
            changed = files.remove(record, uid=uid).changed or changed
        found = files.evidence(record, unit=unit, year=year)
        if (folder := told.maybe("extract", Path)) is not None:
            folder.mkdir(parents=True, exist_ok=True)
            written = [str(files.extract(record, one.uid, folder)) for one in found if one.is_here]
        if (packed := told.maybe("pack", Path)) is not None:
            files.pack(record, unit=unit, year=year, file=packed)
            written = [*(written or []), str(packed)]
    heads = (say("Code"), say("By"), say("File"), say("Bytes"), say("Id"))
    shown = [(one.code, one.by.value, one.name, one.size, one.uid) for one in found]
    data = {"files": [_file_json(one) for one in found], "written": written or [], "changed": changed}
    return Answer(data, lambda: table(heads, shown))


def _file_json(one: Evidence) -> dict[str, object]:
    return {
        "id": one.uid,
        "code": one.code,
        "by": one.by.value,
        "name": one.name,
        "size": one.size,
        "media": one.media,
        "sha256": one.sha256,
        "added": iso(one.added),
        "note": one.note,
        "here": one.is_here,
    }


COMMANDS: Final = (
    Command(
        ("criteria", "evidence"),
        say("Files that prove a commune's points: list, add, take away, write out"),
        evidence,
        options=(
            UNIT,
            YEAR,
            SET,
            Option("add", a_path, "FILE"),
            Option("row", a_text, "CODE"),
            by_option("by"),
            Option("note", a_text, "TEXT"),
            Option("remove", a_text, "ID"),
            Option("extract", a_path, "DIR"),
            Option("pack", a_path, "FILE.zip"),
        ),
    ),
)
