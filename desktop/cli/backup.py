"""`backup`, `backup verify`, `restore`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from desktop.cli.arguments import Command, Option, Word, a_path
from desktop.cli.output import Answer, fields, finding_lines, findings_json
from desktop.cli.session import Session, existing_file
from desktop.domain.findings import has_errors
from desktop.system.i18n import _, render
from desktop.wording import say


def make(session: Session) -> Answer:
    """Write a backup into a folder, open it again and check it."""
    from desktop.application.backups import make_backup

    with session.record() as record:
        made = make_backup(record, folder=session.arguments.get("to", Path), step=session.step)
    data = {"file": str(made.file), "sha256": made.sha256, "verified": made.verified, "changed": True}
    return Answer(
        data,
        lambda: [
            *fields({say("File"): made.file, say("SHA-256"): made.sha256}),
            _("The backup was opened again and checked."),
        ],
        int(not made.verified),
    )


def verify(session: Session) -> Answer:
    """Open a backup and check it; nothing is changed."""
    from desktop.application.backups import verify_backup

    file = existing_file(session.arguments.get("file", Path))
    findings = verify_backup(file, passphrase=session.passphrase())
    sound = not has_errors(findings)
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    data = {"file": str(file), "sha256": digest, "verified": sound, "findings": findings_json(findings)}

    def lines() -> Iterator[str]:
        yield from finding_lines(findings)
        yield _("The backup is sound.") if sound else _("The backup is not sound. Take another one.")

    return Answer(data, lines, int(not sound))


def restore(session: Session) -> Answer:
    """Put a backup in the place of a record; what stands there is kept aside."""
    from desktop.application import backups
    from desktop.application.records import clock

    told = session.arguments
    dry = told.flag("dry-run")
    done = backups.restore(
        existing_file(told.get("file", Path)),
        to=told.get("to", Path),
        now=clock(session.today)(),
        actor=session.common.user,
        passphrase=session.passphrase(),
        dry_run=dry,
    )
    data = {
        "record": str(done.record),
        "kept_aside": str(done.kept_aside) if done.kept_aside else None,
        "behind": [
            {"partner": one.name, "node": one.node, "ours": one.ours, "theirs": one.theirs} for one in done.behind
        ],
        "erased": done.erased,
        "changed": not dry,
    }

    def lines() -> Iterator[str]:
        yield from fields({say("Record"): done.record, say("Kept aside"): done.kept_aside})
        for one in done.behind:
            yield render(say("{name} has already seen more than this backup holds.", name=one.name))

    return Answer(data, lines)


COMMANDS: Final = (
    Command(
        ("backup",),
        say("Write a backup, open it again and check it"),
        make,
        options=(Option("to", a_path, "DIR", required=True),),
    ),
    Command(("backup", "verify"), say("Open a backup and check it"), verify, (Word("file", a_path, "FILE"),)),
    Command(
        ("restore",),
        say("Put a backup in the place of a record; what stands there is kept aside"),
        restore,
        (Word("file", a_path, "FILE"),),
        (Option("to", a_path, "DB", required=True), Option("dry-run", flag=True)),
    ),
)
