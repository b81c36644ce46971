"""To come."""

from __future__ import annotations

from typing import Final

from desktop.cli.arguments import Command

COMMANDS: Final[tuple[Command, ...]] = ()
