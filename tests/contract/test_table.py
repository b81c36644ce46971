"""Every row of the contract is built or stands in the one list of what is not; nothing else is in either."""

import pytest

from desktop.cli.not_built import NOT_BUILT
from desktop.cli.parser import COMMON
from desktop.cli.registry import COMMANDS
from tests.cli.command import ask, sotram
from tests.contract.schemas import promised, schemas, table

BUILT = {command.name: command for command in COMMANDS}
MORE = {  # beyond the contract: "more may be added"
    "plan install",
    "units history",
    "children feed",
    "children follow",
    "children give",
    "children register",
    "children results",
    "children sessions",
    "children treat",
    "deadline list",
    "criteria carry",
    "criteria columns",
    "criteria evidence",
    "criteria install",
    "criteria list",
    "criteria propose",
    "criteria recognise",
    "criteria remove",
    "criteria renewals",
    "criteria template",
    "criteria zone",
    "deadline set",
    "denominators choose",
    "denominators clear",
    "denominators list",
    "forms regimes",
    "forms template",
    "stations copy",
    "stations feed",
    "stations import",
    "stations items",
    "stations list",
    "stations report",
    "stations set",
    "stations show",
    "stations template",
    "units area",
    "units areas",
}
LATER = {" ".join(words) for words in NOT_BUILT}


def test_the_table_is_read_whole():
    assert len(table()) == 35
    assert {"plan status", "submission reopen", "key confirm", "hub load", "report"} <= promised().keys()


def test_every_row_is_built_or_listed_as_not_yet():
    assert set(promised()) == (BUILT.keys() | LATER) - MORE
    assert BUILT.keys() & LATER == set()


def test_what_is_not_yet_built_only_shrinks():
    assert len(NOT_BUILT) <= 23


@pytest.mark.parametrize("name", sorted(BUILT))
def test_a_built_command_takes_every_option_of_its_row(name):
    known = {option.name for option in (*BUILT[name].options, *COMMON)}
    assert promised().get(name, frozenset()) <= known


@pytest.mark.parametrize("name", sorted(BUILT))
def test_a_built_command_has_its_schema(name):
    assert name.replace(" ", "-") in schemas()


def test_no_schema_stands_alone():
    assert {name.replace("-", " ") for name in schemas()} - {"finding", "error"} == {
        *BUILT,
    }


@pytest.mark.parametrize("name", sorted(LATER))
def test_a_command_of_a_later_version_says_so(name):
    said = ask(*name.split(), "--unit", "04456", "x.csv")
    assert (said.code, said.error) == (1, "not_built")


def test_help_lists_what_is_built_and_what_is_not():
    said = sotram("--help").out
    assert [name for name in (*BUILT, *LATER) if name not in said] == []
