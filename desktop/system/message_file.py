"""The shipped translations, looked up in the file instead of read into a dictionary at every start."""

from __future__ import annotations

from bisect import bisect_left
from gettext import GNUTranslations, c2py
from struct import unpack_from
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gettext import _TranslationsReader

MAGIC: Final = 0x950412DE


class MessageFile(GNUTranslations):
    """A `.mo` file whose originals stand in the order of their bytes, as the format asks and our build sees to.

    Of some 2.500 messages a start shows a tenth: each is found by halving, then remembered. Raises OSError where the
    file is not one of ours (little endian, first version).
    """

    def _parse(self, fp: _TranslationsReader) -> None:
        # The place gettext names for other ways of reading; `_catalog` and `plural` are what it asks afterwards.
        content = fp.read()
        if len(content) < 20 or unpack_from("<2I", content) != (MAGIC, 0):
            raise OSError(0, "Not a message file of ours", getattr(fp, "name", ""))
        self._charset = "utf-8"
        self._catalog = _Messages(content)
        self._info = {
            name.strip().lower(): told.strip()
            for name, colon, told in (line.partition(":") for line in str(self._catalog.get("", "")).splitlines())
            if colon
        }
        forms = self._info.get("plural-forms", "")
        self.plural = c2py(forms.partition("plural=")[2].rstrip("; \n") or "n != 1")


class _Messages:
    """Message id, or message id and number of the plural form -> text."""

    def __init__(self, content: bytes) -> None:
        count, originals, texts = unpack_from("<3I", content, 8)
        self._content = content
        self._originals = unpack_from(f"<{2 * count}I", content, originals)
        self._texts = unpack_from(f"<{2 * count}I", content, texts)
        self._rows = range(count)
        self._found: dict[str, list[str] | str | None] = {}

    def get(self, wanted: str | tuple[str, int], default: object = None) -> object:
        """The text, or the default where there is none."""
        msgid, form = wanted if isinstance(wanted, tuple) else (wanted, None)
        if msgid not in self._found:
            self._found[msgid] = self._look_up(msgid.encode())
        found = self._found[msgid]
        if form is None:
            return found if isinstance(found, str) else default
        return found[form] if isinstance(found, list) and form < len(found) else default

    def __getitem__(self, wanted: str | tuple[str, int]) -> object:
        found = self.get(wanted)
        if found is None:
            raise KeyError(wanted)
        return found

    def _look_up(self, msgid: bytes) -> list[str] | str | None:
        row = bisect_left(self._rows, msgid, key=self._msgid)
        if row == len(self._rows) or self._msgid(row) != msgid:
            return None
        text = self._piece(self._texts, row).decode()
        return text.split("\0") if b"\0" in self._piece(self._originals, row) else text

    def _msgid(self, row: int) -> bytes:
        return self._piece(self._originals, row).partition(b"\0")[0]

    def _piece(self, table: tuple[int, ...], row: int) -> bytes:
        length, start = table[2 * row : 2 * row + 2]
        return self._content[start : start + length]
