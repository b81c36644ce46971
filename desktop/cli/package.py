"""`package export`, `inspect`, `import`, `status`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desktop.cli.arguments import Command, Option, Word, a_path, one_of
from desktop.cli.faults import error_json, refusal_lines
from desktop.cli.output import Answer, code_of, fields, finding_lines, findings_json, table, tell
from desktop.cli.session import Session, existing_file
from desktop.system.i18n import _, render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.packages import Inspected, Taken
    from desktop.exchange.package.manifest import Manifest


def export(session: Session) -> Answer:
    """Write what a partner has not acknowledged."""
    from desktop.application.packages import export_package

    told = session.arguments
    with session.record() as record:
        made = export_package(
            record,
            partner=told.get("to", str),
            folder=told.get("out", Path),
            today=session.today,
            only_complete=told.maybe("only", str) == "complete",
            detail=told.maybe("detail", str) or "totals",
            reason=told.maybe("reason", str),
            unsealed=told.flag("unsealed"),
            whole=told.flag("whole"),
            step=session.step,
        )
    if not made.sealed:
        tell(_("Warning: this package is signed but not sealed. Whoever holds the file can read it."))
    data = {
        "file": str(made.file),
        "sequence": made.sequence,
        "previous": made.previous,
        "forms": made.forms,
        "rows": made.rows,
        "sha256": made.sha256,
        "sealed": made.sealed,
        "changed": True,
    }
    return Answer(
        data,
        lambda: fields(
            {
                say("File"): made.file,
                say("Package number"): made.sequence,
                say("Forms"): made.forms,
                say("Rows"): made.rows,
                say("SHA-256"): made.sha256,
            }
        ),
    )


def inspect(session: Session) -> Answer:
    """What a file says and whether it would be taken; nothing is changed."""
    from desktop.application.packages import inspect as inspect_file

    with session.record() as record:
        seen = inspect_file(record, file=existing_file(session.arguments.get("file", Path)), today=session.today)
    return _inspected(seen)


def _inspected(seen: Inspected) -> Answer:
    data: dict[str, object] = {
        "manifest": json.loads(seen.manifest.to_bytes()) if seen.manifest else None,
        "signature": str(seen.signature),
        "acceptable": seen.acceptable,
        "code": str(seen.code) if seen.code else None,
        "findings": findings_json(seen.findings),
    }
    if seen.refusal:
        data["error"] = error_json(seen.refusal)

    def lines() -> Iterator[str]:
        if seen.manifest:
            yield from _manifest_lines(seen.manifest)
        yield from finding_lines(seen.findings)
        yield _("The package would be taken in.") if seen.acceptable else _("The package would be refused.")
        if seen.refusal:
            yield from refusal_lines(seen.refusal)

    return Answer(data, lines, int(not seen.acceptable) or code_of(seen.findings))


def _manifest_lines(about: Manifest) -> Iterator[str]:
    yield from fields(
        {
            say("From office"): f"{about.sender.code} {about.sender.name}",
            say("Package number"): about.stream.sequence,
            say("Made"): about.made,
            say("Forms"): len(about.forms),
            say("Rows"): sum(file.rows or 0 for file in about.files),
        }
    )


def take(session: Session) -> Answer:
    """Take in a package, a receipt or a configuration; a refusal changes nothing and says why."""
    from desktop.application.packages import take_package

    told = session.arguments
    with session.record() as record:
        taken = take_package(
            record,
            file=existing_file(told.get("file", Path)),
            today=session.today,
            receipt_folder=told.maybe("receipt", Path),
            dry_run=told.flag("dry-run"),
        )
    for finding in taken.findings:
        tell(render(finding.message))
    if taken.refusal:
        for line in refusal_lines(taken.refusal):
            tell(line)
    return Answer(_taken_json(taken), lambda: _taken_lines(taken), int(taken.refusal is not None))


def _taken_json(taken: Taken) -> dict[str, object]:
    data: dict[str, object] = {
        "kind": taken.kind,
        "result": str(taken.result),
        "code": str(taken.code) if taken.code else None,
        "taken": taken.taken,
        "waiting": taken.waiting,
        "conflicts": [
            {
                "unit": one.unit,
                "period": one.period,
                "element": one.element,
                "holder": _side(one.holder),
                "other": _side(one.other),
            }
            for one in taken.conflicts
        ],
        "missing": list(taken.missing),
        "acknowledged": dict(taken.acknowledged),
        "receipt": str(taken.receipt) if taken.receipt else None,
        "findings": findings_json(taken.findings),
        "changed": taken.changed,
    }
    if taken.refusal:
        data["error"] = error_json(taken.refusal)
    return data


def _side(fields: Mapping[str, Any]) -> dict[str, Any]:
    """One side's row of a figure: its state and value in plain decimals, with what else the row says."""
    amount, text = fields.get("amount"), fields.get("text")
    rest = {name: value for name, value in fields.items() if name not in ("amount", "text", "table")}
    return {**rest, "state": fields.get("state"), "value": text if amount is None else str(amount)}


def _taken_lines(taken: Taken) -> Iterator[str]:
    if taken.refusal is None:
        yield from fields(
            {
                say("Rows taken in"): taken.taken,
                say("Rows waiting"): taken.waiting,
                say("Conflicts"): len(taken.conflicts),
                say("Packages missing"): ", ".join(map(str, taken.missing)),
            }
        )
    if taken.receipt:
        yield render(say("Receipt: {file}", file=str(taken.receipt)))


def status(session: Session) -> Answer:
    """How far the exchange with each partner is."""
    from desktop.application.packages import package_status

    with session.record() as record:
        found = package_status(record)
    data = [
        {
            "partner": one.partner,
            "name": one.name,
            "role": one.role,
            "sent": one.sent,
            "acknowledged": one.acknowledged,
            "pending": one.pending,
            "missing": list(one.missing),
            "confirmed": one.confirmed,
        }
        for one in found
    ]
    heads = (say("Code"), say("Partner"), say("Sent"), say("Acknowledged"), say("Not yet received"), say("Missing"))
    return Answer(
        data,
        lambda: table(
            heads,
            [(one.partner, one.name, one.sent, one.acknowledged, one.pending, list(one.missing)) for one in found],
        ),
    )


COMMANDS: Final = (
    Command(
        ("package", "export"),
        say("Write what a partner has not acknowledged, sealed and signed"),
        export,
        options=(
            Option("to", shown="PARTNER", required=True),
            Option("out", a_path, "DIR", required=True),
            Option("only", one_of("complete"), "complete"),
            Option("detail", one_of("totals", "unnamed", "full"), "totals|unnamed|full"),
            Option("reason", shown="TEXT"),
            Option("unsealed", flag=True),
            Option("whole", flag=True),
        ),
    ),
    Command(
        ("package", "inspect"),
        say("What a package says, and whether it would be taken in"),
        inspect,
        (Word("file", a_path, "FILE"),),
    ),
    Command(
        ("package", "import"),
        say("Take in a package, a receipt or a configuration, and write the receipt"),
        take,
        (Word("file", a_path, "FILE"),),
        (Option("dry-run", flag=True), Option("receipt", a_path, "DIR")),
    ),
    Command(("package", "status"), say("How far the exchange with each partner is"), status),
)
