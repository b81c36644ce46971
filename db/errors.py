"""What can be wrong with a record file, in words a person can act on."""

from __future__ import annotations

from desktop.errors import AppError
from desktop.wording import Sentence, say


class DatabaseTooNew(AppError):
    """A newer program wrote the file; it was left untouched."""

    def __init__(self, name: str, version: int, known: int) -> None:
        super().__init__(
            "too_new",
            say("{file} was written by a newer Sổ Trạm.", file=name),
            say(
                "Install the newer program on this computer. The file says {version}, this program knows {known}; "
                "the file was not changed.",
                version=str(version),
                known=str(known),
            ),
        )


class WrongKey(AppError):
    """The file is encrypted and the key does not open it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "wrong_key",
            say("{file} does not open with this passphrase.", file=name),
            say("Check the passphrase (capital letters, Vietnamese typing on or off) and try again."),
        )


class Damaged(AppError):
    """The file is not a whole SQLite file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "damaged",
            say("{file} is not a readable record.", file=name),
            say("Restore the last verified backup: sotram restore, or Backup in the window."),
        )


class Locked(AppError):
    """Somebody else holds the file longer than we wait."""

    def __init__(self, name: str, holder: Sentence | None = None) -> None:
        super().__init__(
            "locked",
            say("{file} is in use by another program.", file=name),
            holder or say("Close Sổ Trạm elsewhere, or wait a moment and try again."),
        )


class NoRoom(AppError):
    """The drive is full; nothing of the change was kept."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "no_room",
            say("There is no room left on the drive of {file}.", file=name),
            say("Free some space and do it again; nothing of this change was kept."),
        )


class ReadOnly(AppError):
    """The file or its folder may not be written."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "read_only",
            say("{file} cannot be written.", file=name),
            say("Check the rights of the file and its folder, or copy the record to a drive that can be written."),
        )


class NotARecord(AppError):
    """An SQLite file, but none of ours."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "not_a_record",
            say("{file} is not a record of Sổ Trạm.", file=name),
            say("Choose the record's own file; it usually ends in .sotramdb."),
        )


class NoRecord(AppError):
    """There is no file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "no_record",
            say("There is no record {file}.", file=name),
            say("Create one first: sotram office create, or the first page of the window."),
        )


class AlreadyThere(AppError):
    """A new record would overwrite a file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "exists",
            say("{file} already exists.", file=name),
            say("Choose another file name; a record is never overwritten."),
        )
