"""Messages looked up in the file: the answers are those of Python's own reader, which reads everything."""

import gettext
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from desktop.system.message_file import MessageFile
from desktop.system.paths import resource

WORDS = st.text(st.characters(exclude_characters="\0\x04\r", exclude_categories=("Cs",)), min_size=1, max_size=8)
SHIPPED = resource("locale", "vi", "LC_MESSAGES", "sotram.mo")


def written(messages: dict[object, object], language: str) -> bytes:
    catalogue = Catalog(locale=language, charset="utf-8")
    for msgid, text in messages.items():
        catalogue.add(msgid, text)
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


@given(st.dictionaries(WORDS, WORDS), st.dictionaries(WORDS, st.tuples(WORDS, WORDS)), st.lists(WORDS, max_size=3))
def test_it_answers_as_the_whole_dictionary_does(single, several, others):
    messages = {(msgid, msgid + "s"): forms for msgid, forms in several.items()} | {
        msgid: text for msgid, text in single.items() if msgid not in several
    }
    content = written(messages, "en")
    ours, theirs = MessageFile(BytesIO(content)), gettext.GNUTranslations(BytesIO(content))
    for msgid in [*single, *several, *others, ""]:
        assert ours.gettext(msgid) == theirs.gettext(msgid)
        for count in (0, 1, 2):
            assert ours.ngettext(msgid, msgid + "s", count) == theirs.ngettext(msgid, msgid + "s", count)


def test_a_language_without_plurals_has_one_form():
    ours = MessageFile(BytesIO(written({("{count} commune", "{count} communes"): ("{count} xã",)}, "vi")))
    assert [ours.ngettext("{count} commune", "{count} communes", count) for count in (1, 5)] == ["{count} xã"] * 2


def test_every_shipped_message_is_found():
    content = SHIPPED.read_bytes()
    ours, theirs = MessageFile(BytesIO(content)), gettext.GNUTranslations(BytesIO(content))
    assert len(theirs._catalog) > 2000
    assert [msgid for msgid, text in theirs._catalog.items() if ours.gettext(msgid) != text] == []
    assert ours.info() == theirs.info()


def test_another_file_is_refused():
    with pytest.raises(OSError, match="Not a message file"):
        MessageFile(BytesIO(b"PK\3\4" + bytes(40)))
