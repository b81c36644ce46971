"""Tables speak the reader's language; JSON keeps the codes of the contract."""

import json

import pytest

from desktop import cli

CODES = {"commune", "count", "average", "stock", "flow", "unverified", "year"}


@pytest.mark.parametrize(
    "words", [["units", "list", "--under", "137", "--as-of", "2024-12-31"], ["elements"], ["forms"]]
)
def test_no_code_of_the_catalogue_stands_in_a_vietnamese_table(words, capsys):
    assert cli.main([*words, "--lang", "vi"]) == 0
    # The first column holds the codes by which the command line is asked.
    rows = [line.split("  ")[1:] for line in capsys.readouterr().out.splitlines()[2:]]
    shown = {cell.strip() for row in rows for cell in row}
    assert not shown & CODES


def test_json_keeps_the_codes(capsys):
    assert cli.main(["elements", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)[0]
    assert (first["type"], first["behaviour"], first["status"]) == ("count", "average", "unverified")
