"""Beyond the contract: tables installed, the ranked list, proposals, evidence, zones and recognitions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_day, a_path, a_text, codes, one_of
from desktop.cli.criteria import SET, UNIT, VERDICTS, YEAR, points
from desktop.cli.output import Answer, code_of, count_findings, finding_lines, findings_json, iso, table
from desktop.cli.session import Session
from desktop.domain.criteria.scoring import By
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.criteria_evidence import Evidence
    from desktop.application.criteria_recognitions import Renewal


def install(session: Session) -> Answer:
    """Install an official table of sub-criteria from a workbook; --dry-run only shows what it changes."""
    from desktop.application.criteria_tables import install as put_in

    told, file = session.arguments, session.arguments.get("file", Path)
    with session.record() as record:
        done = put_in(record, content=file.read_bytes(), name=file.name, dry_run=told.flag("dry-run"))
    data = {
        "set": done.criteria.decided if done.criteria else None,
        "table": done.criteria.code if done.criteria else None,
        "first_year": done.criteria.first_year if done.criteria else None,
        "rows": len(done.criteria.rows) if done.criteria else 0,
        "differences": [{"code": one.code, "what": render(one.what)} for one in done.differences],
        "years_kept": list(done.years_kept),
        "findings": findings_json(done.findings),
        "changed": done.changes.changed,
    }

    def lines() -> Iterator[str]:
        yield from finding_lines(done.findings)
        yield render(count_findings(done.findings))
        for one in done.differences:
            yield f"{one.code or '*'}: {render(one.what)}"
        if done.criteria is not None:
            yield render(
                say("Table {code}, used from {year}.", code=done.criteria.code, year=str(done.criteria.first_year))
            )

    return Answer(data, lines, code_of(done.findings))


def remove(session: Session) -> Answer:
    """Take away a table that was loaded by mistake; one that points stand by stays."""
    from desktop.application.criteria_tables import remove as take_away

    code = session.arguments.get("set", str)
    with session.record() as record:
        changes = take_away(record, code=code)
    data = {"table": code, "changed": changes.changed}
    return Answer(data, lambda: iter([render(say("The table {code} is taken away.", code=code))]))


def template(session: Session) -> Answer:
    """Write the workbook of a decision's table: what the office loaded, or the empty one in the right shape."""
    from desktop.application.criteria_tables import template_bytes

    told, file = session.arguments, session.arguments.get("file", Path)
    with session.record_or_shipped() as record:
        content = template_bytes(record, code=told.maybe("set", str), made=session.today)
    with file.open("xb") as out:
        out.write(content)
    return Answer({"file": str(file), "changed": False}, lambda: iter([render(say("Written: {file}", file=file.name))]))


def ranked(session: Session) -> Answer:
    """All communes of a year by how far they stand from the other side, and the share beside the plans' goals."""
    from desktop.application.criteria_overview import goals, overview

    told = session.arguments
    year, by = told.get("year", int), told.maybe("by", str)
    with session.record() as record:
        found = overview(record, year=year, today=session.today, by=By(by) if by else None)
        aims = goals(record, year=year, today=session.today)
    rows = [
        {
            "unit": line.commune.code,
            "name": line.commune.name,
            "zone": line.zone,
            "set": line.criteria.decided,
            "by": line.judged.by.value if line.judged.by else None,
            "total": points(line.judged.total),
            "verdict": line.judged.verdict.value,
            "margin": points(line.margin),
            "recognised": bool(line.recognised and line.recognised.valid),
            "valid_until": iso(line.recognised.until) if line.recognised else None,
        }
        for line in found.lines
    ]
    data = {
        "year": year,
        "passing": found.passing,
        "communes": found.communes,
        "share": points(found.share),
        "rows": rows,
        "goals": [
            {"plan": aim.plan, "year": aim.year, "target": str(aim.value), "recognised": aim.counted,
             "share": points(aim.share), "missing": aim.missing}
            for aim in aims
        ],
    }  # fmt: skip
    heads = (say("Commune"), say("Total"), say("Margin"), say("Verdict"))
    shown = [
        (line.commune.name, points(line.judged.total) or "–", points(line.margin) or "–",
         render(VERDICTS[line.judged.verdict]))
        for line in found.lines
    ]  # fmt: skip
    return Answer(data, lambda: table(heads, shown))


def propose(session: Session) -> Answer:
    """Points the record proposes for a commune; with --take they are written into a column."""
    from desktop.application.criteria_proposals import proposals, take

    told = session.arguments
    unit, year, by = told.get("unit", str), told.get("year", int), told.maybe("take", str)
    changed = False
    with session.record() as record:
        found = proposals(record, unit=unit, year=year, today=session.today, code=told.maybe("set", str))
        if by is not None:
            changed = take(
                record, unit=unit, year=year, by=By(by), today=session.today, codes=told.maybe("rows", tuple),
                over_typed=told.flag("over-typed"), code=told.maybe("set", str),
            ).changed  # fmt: skip
    rows = [
        {"code": one.code, "points": points(one.points), "basis": render(one.basis),
         "why_not": render(one.why_not) if one.why_not else None}
        for one in found
    ]  # fmt: skip
    heads = (say("Code"), say("Points"), say("Rests on"))
    shown = [
        (one.code, points(one.points) or "–", render(one.basis) + (f" ({render(one.why_not)})" if one.why_not else ""))
        for one in found
    ]
    return Answer({"rows": rows, "changed": changed}, lambda: table(heads, shown))


def evidence(session: Session) -> Answer:
    """The files of a commune and year; --add puts one to a row, --remove takes one away, --extract and --pack write."""
    from desktop.application import criteria_evidence as files

    told = session.arguments
    unit, year, changed, written = told.get("unit", str), told.get("year", int), False, None
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


def zone(session: Session) -> Answer:
    """Say which zone a commune is in from a day on, and by which decision."""
    from desktop.application.criteria_zones import set_zone

    told = session.arguments
    number = told.get("zone", str)
    with session.record() as record:
        changes = set_zone(
            record, unit=told.get("unit", str), zone=None if number == "none" else int(number),
            day=told.get("from", date), basis=told.maybe("basis", str) or "",
        )  # fmt: skip
    return Answer(
        {"unit": told.get("unit", str), "changed": changes.changed},
        lambda: iter([render(say("The zone is noted."))]),
    )


def recognise(session: Session) -> Answer:
    """Note the province's decision that recognises a commune for a year."""
    from desktop.application.criteria import recognise as note

    told = session.arguments
    unit, year = told.get("unit", str), told.get("year", int)
    with session.record() as record:
        changes = note(
            record,
            unit=unit,
            year=year,
            decision=told.get("decision", str),
            day=told.get("date", date),
            withdrawn=told.maybe("withdrawn", date),
        )
    data = {"unit": unit, "year": year, "changed": changes.changed}
    return Answer(data, lambda: iter([render(say("The recognition is noted."))]))


def renewals(session: Session) -> Answer:
    """Recognitions that end within some days, or have ended."""
    from desktop.application.criteria_recognitions import renewals as due

    with session.record() as record:
        found = due(record, today=session.today)
    heads = (say("Commune"), say("Decision"), say("Recognised until"), say("Days left"))
    shown = [(_name(one), one.recognised.decision, iso(one.due) or "", one.days) for one in found]
    data = [
        {"unit": one.commune.code, "decision": one.recognised.decision, "date": iso(one.recognised.day),
         "year": one.recognised.year, "due": iso(one.due), "days": one.days,
         "former": one.former.code if one.former else None}
        for one in found
    ]  # fmt: skip
    return Answer(data, lambda: table(heads, shown))


def _name(one: Renewal) -> str:
    return f"{one.commune.name} ({one.former.name})" if one.former else one.commune.name


_BY: Final = one_of(*By)
_FILE: Final = Word("file", a_path, "FILE.xlsx")
COMMANDS: Final = (
    Command(
        ("criteria", "install"),
        say("Install an official table of sub-criteria from Excel"),
        install,
        (_FILE,),
        (Option("dry-run", flag=True),),
    ),
    Command(
        ("criteria", "remove"),
        say("Take away a table of sub-criteria that nothing was scored by"),
        remove,
        options=(Option("set", a_text, "CODE", required=True),),
    ),
    Command(
        ("criteria", "template"),
        say("Write the Excel table of sub-criteria: the empty one, or what was loaded"),
        template,
        (_FILE,),
        (SET,),
    ),
    Command(
        ("criteria", "list"),
        say("All communes of a year ranked by their margin"),
        ranked,
        options=(YEAR, Option("by", _BY, "self|office|province")),
    ),
    Command(
        ("criteria", "propose"),
        say("Points the record proposes for a commune, with what they rest on"),
        propose,
        options=(
            UNIT,
            YEAR,
            SET,
            Option("take", _BY, "self|office|province"),
            Option("rows", codes, "CODE,…"),
            Option("over-typed", flag=True),
        ),
    ),
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
            Option("by", _BY, "self|office|province"),
            Option("note", a_text, "TEXT"),
            Option("remove", a_text, "ID"),
            Option("extract", a_path, "DIR"),
            Option("pack", a_path, "FILE.zip"),
        ),
    ),
    Command(
        ("criteria", "zone"),
        say("Say the zone (1, 2, 3) of a commune by distance and terrain"),
        zone,
        options=(
            UNIT,
            Option("zone", one_of("1", "2", "3", "none"), "1|2|3|none", required=True),
            Option("from", a_day, "DATE", required=True),
            Option("basis", a_text, "TEXT"),
        ),
    ),
    Command(
        ("criteria", "recognise"),
        say("Note a decision that recognises a commune"),
        recognise,
        options=(
            UNIT,
            YEAR,
            Option("decision", a_text, "NUMBER", required=True),
            Option("date", a_day, "DATE", required=True),
            Option("withdrawn", a_day, "DATE"),
        ),
    ),
    Command(("criteria", "renewals"), say("Recognitions that end soon or have ended"), renewals),
)
