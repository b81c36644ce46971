"""Words become a command and its arguments, wherever the common options stand; what is wrong is said and exits 2."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.cli.arguments import Command, Option, Word, a_day, a_path, a_period, a_year, codes, one_of
from desktop.cli.parser import find_command, peek, read_arguments, take_common
from desktop.domain.periods import Period
from desktop.errors import UsageError
from desktop.system import settings
from desktop.wording import say
from tests.cli.command import ask, sotram


def nothing(session):
    raise AssertionError(session)


def command(*words: str, places=(), options=()) -> Command:
    return Command(words, say("Something"), nothing, places, options)


SET = command(
    "value",
    "set",
    places=(Word("value", shown="VALUE"),),
    options=(Option("unit", shown="CODE", required=True), Option("period", a_period, "P"), Option("all", flag=True)),
)


def test_common_options_stand_before_or_after_the_command_words():
    before, rest = take_common(["--db", "a b.sotramdb", "--json", "plan", "list", "--lang=en"])
    after, same = take_common(["plan", "list", "--lang", "en", "--json", "--db=a b.sotramdb"])
    assert rest == same == ["plan", "list"]
    assert (before.db, before.json) == (after.db, after.json) == (Path("a b.sotramdb"), True)


def test_the_day_is_told_by_option_then_environment_then_clock(monkeypatch):
    monkeypatch.setenv("SOTRAM_TODAY", "2025-01-14")
    assert take_common([])[0].today == date(2025, 1, 14)
    assert take_common(["--today", "2026-07-01"])[0].today == date(2026, 7, 1)
    assert take_common(["--today", "01/07/2026"])[0].today == date(2026, 7, 1)
    monkeypatch.setenv("SOTRAM_TODAY", "soon")
    with pytest.raises(UsageError):
        take_common([])


def test_the_language_is_the_lines_then_that_of_the_window():
    assert peek(["plan", "list"])[0] == "vi"
    settings.save(settings.Settings(language="en"))
    assert peek(["plan", "list"])[0] == "en"
    assert peek(["plan", "--lang", "vi", "list"])[0] == peek(["--lang=vi"])[0] == "vi"


def test_words_by_place_and_options_may_mix():
    for words in (["5", "--unit", "04456"], ["--unit", "04456", "5"], ["--unit=04456", "--", "5"]):
        arguments = read_arguments(SET, words)
        assert (arguments.get("value", str), arguments.get("unit", str)) == ("5", "04456")


@pytest.mark.parametrize("value", ["-5", "-", "", "12.5", "na"])
def test_a_value_may_look_like_anything_but_an_option(value):
    assert read_arguments(SET, ["--unit", "04456", value]).get("value", str) == value


def test_after_two_dashes_everything_is_a_word():
    assert read_arguments(SET, ["--unit", "1", "--", "--all"]).get("value", str) == "--all"


def test_text_is_composed():
    assert read_arguments(SET, ["--unit", "1", "e\u0302\u0301"]).get("value", str) == "\u1ebf"


def test_an_option_of_many_values_ends_at_the_next_option():
    many = command("x", options=(Option("plan", shown="CODE", many=True), Option("name", shown="TEXT")))
    arguments = read_arguments(many, ["--plan", "a", "b", "--name", "n", "--plan", "c"])
    assert arguments.many("plan", str) == ["a", "b", "c"]
    assert read_arguments(many, []).many("plan", str) == []


def test_the_longest_command_counts():
    short, long = command("findings"), command("findings", "keep")
    assert find_command(["findings", "keep", "1"], [short, long]) == (long, ["1"])
    assert find_command(["findings", "--unit"], [short, long]) == (short, ["--unit"])
    assert find_command(["finding"], [short, long]) == (None, ["finding"])


@pytest.mark.parametrize(
    "words",
    [
        ["5"],
        ["--unit"],
        ["--unit", "--all", "5"],
        ["--unit", "1"],
        ["--unit", "1", "5", "6"],
        ["--unit", "1", "--unit", "2", "5"],
        ["--unit", "1", "--unti", "2", "5"],
        ["--unit", "1", "--all=yes", "5"],
        ["--unit", "1", "--period", "2026Q5", "5"],
    ],
)
def test_wrong_usage_is_refused(words):
    with pytest.raises(UsageError):
        read_arguments(SET, words)


def test_a_near_name_is_offered():
    with pytest.raises(UsageError) as refused:
        read_arguments(SET, ["--peroid", "2024"])
    assert "--period" in str(refused.value.advice)


@pytest.mark.parametrize(
    ("read", "word"),
    [
        *(
            (a_day, word)
            for word in ("2026-13-01", "2026-02-30", "20260101", "31/02/2026", "", "hôm nay", "２０２６-０１-０１")
        ),
        *((a_period, word) for word in ("", "2026Q5", "2026M1", "26", "202613", "năm 2026", "２０２６")),
        *((a_year, word) for word in ("", "26", "20266", "2o26", "２０２６")),
        *((one_of("vi", "en"), word) for word in ("", "VI", "fr")),
        *((a_path, word) for word in ("", "a\0b")),
    ],
)
def test_a_word_of_the_wrong_shape_is_refused(read, word):
    with pytest.raises(UsageError):
        read(word)


def test_words_of_the_right_shape_are_read():
    assert a_period("2026NineMonths") == Period.parse("2026NineMonths")
    assert codes(" 04456, 04459,,") == ("04456", "04459")
    assert a_year("2030") == 2030


@given(st.lists(st.text(max_size=12), max_size=6))
def test_no_line_of_words_ends_in_a_fault(words):
    """Anything may be typed: it is understood, refused with a sentence, or is help; never a traceback."""
    said = sotram(*[word.replace("\0", "") for word in words])
    assert said.code in {0, 1, 2}


@given(st.text(max_size=20))
def test_the_language_is_found_in_any_line(word):
    assert peek([word, "--lang", "en"])[0] in {"en", "vi"}
    assert peek(["--lang"]) == ("vi", False)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["plan"],
        ["plan", "lost"],
        ["nosuch"],
        ["value", "set"],
        ["values", "--period", "2024X"],
        ["values", "--period", "2024", "--kind", "guess"],
        ["office", "create", "--level", "village", "--unit", "137"],
        ["office", "create", "--unit", "137"],
        ["plan", "targets"],
        ["plan", "targets", "a", "b"],
        ["plan", "targets", "a", "--year", "soon"],
        ["import"],
        ["findings", "keep", "--reason", "x"],
        ["findings", "keep", "0123"],
        ["report", "targets", "--period", "2024", "--format", "odt", "--out", "x"],
        ["units", "list", "--as-of", "yesterday"],
        ["plan", "list", "--lang", "fr"],
        ["plan", "list", "--db"],
        ["plan", "list", "--today", "tomorrow"],
    ],
)
def test_wrong_usage_exits_2_and_speaks_the_language(words):
    vietnamese, english = ask(*words), ask(*words, *([] if "--lang" in words else ["--lang", "en"]))
    assert vietnamese.code == english.code == 2, vietnamese
    assert vietnamese.error == english.error == "usage"
    for leak in ("usage:", "argument", "required", "invalid choice", "unrecognized", "expected"):
        assert leak not in vietnamese.out + vietnamese.err
    assert vietnamese.err.strip()
    if "--lang" not in words:
        assert vietnamese.json["error"]["title"] != english.json["error"]["title"]


def test_help_is_in_the_language_asked_for_and_ends_well():
    vietnamese, english = sotram("--help"), sotram("--help", "--lang", "en")
    assert vietnamese.code == english.code == 0
    assert "plan status" in vietnamese.out
    assert "plan status" in english.out
    assert "Make a new record for an office" in english.out
    assert "Make a new record for an office" not in vietnamese.out
    assert sotram("-h").out == sotram("help").out == vietnamese.out


def test_help_of_one_command_shows_its_options():
    said = sotram("value", "set", "--help")
    assert said.code == 0
    assert "--element KEY" in said.out
    assert "plan list" not in said.out
    assert "plan targets" in sotram("help", "plan").out
