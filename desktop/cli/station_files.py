"""`stations import`, `template`, `items`, `feed`, `report`: profiles from Excel, into forms, on paper."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_path, a_period, a_text, one_of
from desktop.cli.output import Answer, code_of, count_findings, finding_lines, findings_json, iso, table, value_json
from desktop.cli.session import Session, existing_file
from desktop.cli.stations import AS_OF, named, said
from desktop.domain.periods import Period
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.station_feeding import Difference
    from desktop.application.station_import import Arriving


def take_in(session: Session) -> Answer:
    """Take profiles in from a workbook as of a day; typed answers of that year stay, unless asked."""
    from desktop.application import station_import as desk
    from desktop.application.station_profiles import place_named
    from desktop.domain.findings import has_errors

    told = session.arguments
    file = existing_file(told.get("file", Path))
    day, over = told.maybe("as-of", date) or session.today, told.flag("replace-typed")
    one = told.maybe("station", str)
    with session.record() as record:
        home = None if one is None else place_named(record, one, on=day).uid
        plan = desk.read_file(record, name=file.name, data=file.read_bytes(), on=day, station=home)
        written = plan.written(replace_typed=over)
        blocked = has_errors(list(plan.findings)) and not told.flag("despite-errors")
        changed = False
        if not told.flag("dry-run") and not blocked:
            changed = desk.apply_plan(record, plan=plan, replace_typed=over, source="cli").changed
    data = {
        "file": file.name,
        "day": iso(day),
        "answers": [_row_json(row) for row in plan.rows],
        "to_write": len(written),
        "findings": findings_json(plan.findings),
        "changed": changed,
    }
    heads = (say("Station"), say("What is asked"), say("Now"), say("In the file"), say("What becomes of it"))

    def lines() -> Iterator[str]:
        rows = [
            (row.place.name, named(row.answer.item), said(row.answer.item, row.held.value if row.held else None),
             said(row.answer.item, row.answer.value), render(_FATES[row.fate.value]))
            for row in plan.rows
        ]  # fmt: skip
        yield from table(heads, rows)
        yield from finding_lines(plan.findings)
        yield render(count_findings(plan.findings))

    return Answer(data, lines, code_of(plan.findings))


_FATES: Final = {
    "new": say("new"),
    "other": say("another answer"),
    "confirmed": say("confirmed for the year"),
    "same": say("the same"),
    "kept": say("typed this year, stays"),
}


def _row_json(row: Arriving) -> dict[str, object]:
    return {
        "station": f"uid:{row.place.uid}",
        "name": row.place.name,
        "item": row.answer.item.code,
        **value_json(row.answer.value),
        "held": value_json(row.held.value) if row.held else None,
        "fate": row.fate.value,
        "sheet": row.answer.sheet,
        "row": row.answer.row,
        "column": row.answer.column,
    }


def template(session: Session) -> Answer:
    """Write the workbook to fill in, with what is known already in it."""
    from desktop.application.sheets_of_ours import put_file
    from desktop.application.station_import import template_bytes

    told = session.arguments
    day, out = told.maybe("as-of", date) or session.today, told.get("out", Path)
    with session.record_or_shipped() as record:
        data = template_bytes(record, on=day, made=session.today, filled=not told.flag("empty"))
    put_file(out, data)
    return Answer({"file": str(out), "bytes": len(data)}, lambda: iter([str(out)]))


def items(session: Session) -> Answer:
    """What is asked of stations; with a file, the office's list of equipment or drugs is loaded."""
    from desktop.application.station_import import load_list
    from desktop.application.station_profiles import profile

    told = session.arguments
    file, kind = told.maybe("load", Path), told.maybe("list", str) or "equipment"
    loaded = None
    with session.record_or_shipped() if file is None else session.record() as record:
        if file is not None and record is not None:
            data = existing_file(file).read_bytes()
            loaded = load_list(record, kind=kind, name=file.name, data=data, dry_run=told.flag("dry-run"))
        asked = profile(record)
    answer = {
        "groups": [
            {
                "code": group.code,
                "name": group.name_vi,
                "items": [
                    {
                        "item": item.code,
                        "name": item.name_vi,
                        "asked": str(item.asked),
                        "unit": item.unit or None,
                        "choices": [one.code for one in item.choices],
                        "of": [str(kind) for kind in item.of],
                        "combined": str(item.combine),
                        "feeds": list(item.feeds),
                        "needed": str(item.needed) if item.needed is not None else None,
                        "source": item.source,
                    }
                    for item in group.items
                ],
            }
            for group in asked.groups
        ],
        "loaded": {"items": len(loaded.items), "added": loaded.added, "dropped": loaded.dropped} if loaded else None,
        "findings": findings_json(loaded.findings) if loaded else [],
        "changed": bool(loaded and loaded.changes.changed),
    }

    def lines() -> Iterator[str]:
        heads = (say("Code"), say("What is asked"), say("Unit"), say("Source"))
        rows = [(item.code, named(item), item.unit, item.source) for group in asked.groups for item in group.items]
        yield from table(heads, rows)
        yield from finding_lines(loaded.findings if loaded else ())

    return Answer(answer, lines, code_of(loaded.findings) if loaded else 0)


def feed(session: Session) -> Answer:
    """Take the figures of a period's form from the profiles; typed ones stay, unless asked."""
    from desktop.application import station_feeding as feeding
    from desktop.application.changes import NOTHING

    told = session.arguments
    period, over = told.get("period", Period), told.flag("replace-typed")
    with session.record() as record:
        if told.flag("dry-run"):
            differing, lacking = feeding.differences(record, period=period)
            written = [one for one in differing if one.held is None or one.from_list or over]
            done = feeding.Fed(
                tuple(written),
                tuple(one for one in differing if one not in written),
                tuple(lacking),
                NOTHING,
            )
        else:
            done = feeding.feed(record, period=period, replace_typed=over, source="cli")
    data = {
        "period": period.id,
        "written": [_difference_json(one) for one in done.written],
        "kept": [_difference_json(one) for one in done.kept],
        "lacking": [
            {"unit": one.commune.code, "element": one.element.code, "item": one.item.code, "why": render(one.why)}
            for one in done.lacking
        ],
        "changed": done.changes.changed,
    }
    words = say(
        "{written} figures taken from the profiles, {kept} typed ones left, {lacking} not told",
        written=len(done.written),
        kept=len(done.kept),
        lacking=len(done.lacking),
    )
    return Answer(data, lambda: iter([render(words)]))


def _difference_json(one: Difference) -> dict[str, object]:
    return {
        "unit": one.commune.code,
        "element": one.element.code,
        "item": one.item.code,
        **value_json(one.told),
        "held": value_json(one.held) if one.held is not None else None,
    }


def report(session: Session) -> Answer:
    """A station's profile, or the summary of all by commune, as PDF."""
    from desktop.application.sheets_of_ours import put_file
    from desktop.application.station_papers import PROFILE, SUMMARY, paper_pdf
    from desktop.application.station_profiles import place_named

    told = session.arguments
    day, out, one = told.maybe("as-of", date) or session.today, told.get("out", Path), told.maybe("station", str)
    with session.record() as record:
        uid = None if one is None else place_named(record, one, on=day).uid
        name = SUMMARY if uid is None else PROFILE
        data, pages = paper_pdf(record, name=name, station=uid, on=day, today=session.today)
    put_file(out, data)
    answer = {"report": name, "file": str(out), "pages": pages, "sha256": hashlib.sha256(data).hexdigest()}
    return Answer(answer, lambda: iter([str(out)]))


_OVER: Final = Option("replace-typed", flag=True)
_DRY: Final = Option("dry-run", flag=True)
COMMANDS: Final = (
    Command(
        ("stations", "import"),
        say("Take stations' profiles in from Excel"),
        take_in,
        (Word("file", a_path, "FILE"),),
        (AS_OF, Option("station", a_text, "CODE"), _OVER, _DRY, Option("despite-errors", flag=True)),
    ),
    Command(
        ("stations", "template"),
        say("Write the workbook of stations' profiles to fill in"),
        template,
        options=(Option("out", a_path, "FILE.xlsx", required=True), AS_OF, Option("empty", flag=True)),
    ),
    Command(
        ("stations", "items"),
        say("What is asked of stations; load the office's list of equipment or drugs"),
        items,
        options=(Option("load", a_path, "FILE"), Option("list", one_of("equipment", "drugs"), "LIST"), _DRY),
    ),
    Command(
        ("stations", "report"),
        say("A station's profile as PDF; without a station the summary by commune"),
        report,
        options=(Option("out", a_path, "FILE.pdf", required=True), AS_OF, Option("station", a_text, "CODE")),
    ),
    Command(
        ("stations", "feed"),
        say("Take figures of a period's form from the stations' profiles"),
        feed,
        options=(Option("period", a_period, "P", required=True), _OVER, _DRY),
    ),
)
