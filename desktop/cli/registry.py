"""All commands, in the order of the contract's table."""

from __future__ import annotations

from typing import Final

from desktop.cli import (
    backup,
    catalogue,
    check,
    child_care,
    children,
    criteria,
    deadlines,
    demo,
    denominators,
    findings,
    growth,
    history,
    history_units,
    imports,
    key,
    office,
    package,
    plan,
    regimes,
    report,
    submissions,
    template,
    units,
    values,
)
from desktop.cli.arguments import Command

COMMANDS: Final[tuple[Command, ...]] = (
    *office.COMMANDS,
    *units.COMMANDS,
    *history_units.COMMANDS,
    *plan.COMMANDS,
    *catalogue.COMMANDS,
    *regimes.COMMANDS,
    *imports.COMMANDS,
    *template.COMMANDS,
    *values.COMMANDS,
    *submissions.COMMANDS,
    *deadlines.COMMANDS,
    *denominators.COMMANDS,
    *findings.COMMANDS,
    *history.COMMANDS,
    *check.COMMANDS,
    *criteria.COMMANDS,
    *growth.COMMANDS,
    *children.COMMANDS,
    *report.COMMANDS,
    *key.COMMANDS,
    *package.COMMANDS,
    *backup.COMMANDS,
    *child_care.COMMANDS,
    *demo.COMMANDS,
)
