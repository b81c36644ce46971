"""Every word the program says is said in Vietnamese too, with the same values in it."""

import ast
import re
import string
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "resources" / "locale"
# They translate what they are given: message ids they do not spell out.
TRANSLATOR = ROOT / "desktop" / "system" / "i18n.py"
TRANSLATORS = (TRANSLATOR, ROOT / "desktop" / "ui" / "translator.py")


@dataclass(frozen=True)
class Call:
    """One `_("…")` or `say("…", name=value)` in the code.

    `msgid` is None when it is not written out, and empty when it is that of a sentence said elsewhere.
    """

    place: str
    function: str
    msgid: str | None
    values: frozenset[str] | None


@cache
def calls() -> tuple[Call, ...]:
    return tuple(
        read_call(path, node)
        for folder in ("desktop", "db")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "say"}
    )


def read_call(path: Path, node: ast.Call) -> Call:
    first = node.args[0] if node.args else None
    literal = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
    if isinstance(first, ast.Attribute) and first.attr == "msgid":
        literal = ""
    names = [keyword.arg for keyword in node.keywords]
    values = None if None in names else frozenset(name for name in names if name)
    return Call(f"{path.relative_to(ROOT)}:{node.lineno}", node.func.id, literal, values)


@cache
def said() -> dict[str, str]:
    """Message id -> where it is said; with those of the translator itself."""
    found = {call.msgid: call.place for call in calls() if call.msgid}
    return {"yes": str(TRANSLATOR), "no": str(TRANSLATOR)} | found


def areas(language: str = "vi") -> list[Path]:
    return sorted((LOCALE / language).glob("*.po"))


@cache
def entries(path: Path):
    with path.open("rb") as file:
        return [message for message in read_po(file, abort_invalid=True) if message.id]


def places(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@cache
def translated() -> dict[str, str]:
    return {
        message.id: message.string
        for path in areas()
        for message in entries(path)
        if message.string and not message.fuzzy
    }


def test_every_message_id_is_written_out_where_it_is_said():
    allowed = tuple(f"{path.relative_to(ROOT)}:" for path in TRANSLATORS)
    assert [call.place for call in calls() if call.msgid is None and not call.place.startswith(allowed)] == []


def test_a_sentence_has_a_value_for_every_place_and_no_other():
    wrong = [
        f"{call.place}: {call.msgid}"
        for call in calls()
        if call.function == "say" and call.msgid and call.values is not None and set(places(call.msgid)) != call.values
    ]
    assert wrong == []


def test_every_place_has_a_name():
    assert [
        f"{place}: {msgid}" for msgid, place in said().items() if not all(map(str.isidentifier, places(msgid)))
    ] == []


def test_everything_said_is_said_in_vietnamese():
    missing = sorted(f"{place}: {msgid}" for msgid, place in said().items() if msgid not in translated())
    assert missing == []


@pytest.mark.parametrize("path", areas(), ids=lambda path: path.stem)
def test_a_translation_keeps_the_values(path):
    wrong = [m.id for m in entries(path) if m.string and places(m.id).keys() != places(m.string).keys()]
    assert wrong == []


@pytest.mark.parametrize("path", areas(), ids=lambda path: path.stem)
def test_no_entry_is_empty_or_fuzzy(path):
    assert [message.id for message in entries(path) if not message.string or message.fuzzy] == []


@pytest.mark.parametrize("path", areas(), ids=lambda path: path.stem)
def test_an_area_has_no_word_nobody_says(path):
    assert [message.id for message in entries(path) if message.id not in said()] == []


def test_one_message_has_one_translation():
    texts = defaultdict(set)
    for path in areas():
        for msgid, msgstr in pairs(path):
            texts[msgid].add(msgstr)
    assert {msgid: found for msgid, found in texts.items() if len(found) > 1} == {}


@pytest.mark.parametrize("path", areas(), ids=lambda path: path.stem)
def test_the_vietnamese_is_plain(path):
    unwanted = re.compile(r"vui lòng|thành công|!|\bimport\b|\bexport\b|\bOK\b", re.IGNORECASE)
    assert [message.string for message in entries(path) if unwanted.search(message.string)] == []


def pairs(path: Path) -> list[tuple[str, str]]:
    """Every entry as it stands in the file: Babel would fold two entries of one message into one."""
    text = re.sub(r"^#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    quoted = r'((?:\s*"(?:[^"\\]|\\.)*")+)'
    found = re.findall(rf"^msgid{quoted}\s*msgstr{quoted}", text, re.MULTILINE)
    unquoted = [
        tuple("".join(ast.literal_eval(line.strip()) for line in part.split("\n") if line.strip()) for part in pair)
        for pair in found
    ]
    return [(msgid, msgstr) for msgid, msgstr in unquoted if msgid]
