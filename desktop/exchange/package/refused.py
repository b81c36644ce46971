"""Why a package is not taken: one code for each reason of `contract/package.md`, each changing nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from desktop.errors import AppError
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.exchange.package.manifest import Manifest


class Code(StrEnum):
    """The reasons, in the order in which they are looked for."""

    TOO_BIG = "too_big"
    CANNOT_OPEN = "cannot_open"
    UNSAFE_ARCHIVE = "unsafe_archive"
    UNKNOWN_SENDER = "unknown_sender"
    REVOKED_SENDER = "revoked_sender"
    BAD_SIGNATURE = "bad_signature"
    NOT_FOR_US = "not_for_us"
    NOT_ALLOWED = "not_allowed"
    TOO_NEW = "too_new"
    CHANGED = "changed"
    BAD_CONTENT = "bad_content"
    ALREADY_TAKEN = "already_taken"
    FORKED = "forked"
    STANDS_ON_MISSING = "stands_on_missing"


class Refused(AppError):
    """A package that was not taken.

    `manifest` is what the file says of itself, as far as it could be read, and `manifest_sha256` its hash; `signature`
    is `ok`, `unknown` (nobody we know) or `bad`. Only with `ok` may anything of the manifest be acted upon: a receipt
    be written, the sender be told.
    """

    def __init__(self, code: Code, detail: Sentence | None = None) -> None:
        title, advice = _WORDS[code]
        super().__init__(code.value, detail or title, advice)
        self.manifest: Manifest | None = None
        self.manifest_sha256: str | None = None
        self.signature = "unknown"


_WORDS: Final[dict[Code, tuple[Sentence, Sentence]]] = {
    Code.TOO_BIG: (
        say("This file is larger than a package may be."),
        say("Ask the sender to make the package again and compare the file sizes."),
    ),
    Code.CANNOT_OPEN: (
        say("This package cannot be opened: it is damaged or cut, or it was not sealed for this office."),
        say("Copy it again. If that does not help, send the sender your key file and ask for a new package."),
    ),
    Code.UNSAFE_ARCHIVE: (
        say("The archive in this file is not put together as a package; it was not unpacked."),
        say("Do not open this file with another program. Ask the sender where it comes from."),
    ),
    Code.UNKNOWN_SENDER: (
        say("Nobody whose key is known here has signed this package."),
        say("Ask the sender for the key file and compare the fingerprint by telephone."),
    ),
    Code.REVOKED_SENDER: (
        say("The key that signed this package has been revoked."),
        say("Ask the sender for the new key file and for a package signed with it."),
    ),
    Code.BAD_SIGNATURE: (
        say("The signature is wrong: this package is not what the sender signed."),
        say("Ask the sender to make the package again and to hand it over directly."),
    ),
    Code.NOT_FOR_US: (
        say("This package is for another office."),
        say("Return it to the sender."),
    ),
    Code.NOT_ALLOWED: (
        say("This sender may not send a package of this kind."),
        say("Ask the sender which kind of package was meant."),
    ),
    Code.TOO_NEW: (
        say("This package was made by a newer version of the program."),
        say("Update this program, then take the package in again."),
    ),
    Code.CHANGED: (
        say("The content of this package is not what its list says."),
        say("Ask the sender to make the package again."),
    ),
    Code.BAD_CONTENT: (
        say("A row of this package cannot be read."),
        say("Ask the sender to update the program and to make the package again."),
    ),
    Code.ALREADY_TAKEN: (
        say("This package was taken in before; nothing changes."),
        say("The same receipt is written again: give it to the sender."),
    ),
    Code.FORKED: (
        say("Another package with the same number was taken in before: the sender's record has been copied."),
        say("Ask the sender which of the two computers holds the main record."),
    ),
    Code.STANDS_ON_MISSING: (
        say("This package builds on data that are no longer in this record, because it was restored."),
        say("Give the receipt to the sender: the next package brings what is missing."),
    ),
}
