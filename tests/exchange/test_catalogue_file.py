"""Catalogue files: the shipped ones are in order, faults are named with their line."""

from pathlib import Path

import pytest

from desktop.domain.elements import Behaviour, ValueType
from desktop.exchange.catalogue_file import read_catalogue, unknown_codes

CATALOGUE = Path(__file__).resolve().parents[2] / "resources" / "catalogue"
SMALL = """\
format: sotram-catalogue/1
elements:
  - code: births
    name_vi: Trẻ đẻ sống
    type: count
    behaviour: flow
    level: commune
"""


def test_the_shipped_files_have_no_findings():
    base, findings = read_catalogue((CATALOGUE / "commune-year.yaml").read_text("utf-8"), "commune-year.yaml")
    rates, more = read_catalogue((CATALOGUE / "indicators.yaml").read_text("utf-8"), "indicators.yaml")
    assert findings + more == []
    assert unknown_codes(base, base.catalogue, "") + unknown_codes(rates, base.catalogue, "") == []
    assert len(base.catalogue.forms["commune"].elements) == 17


def test_an_element_is_read_as_written():
    found, findings = read_catalogue(SMALL, "a.yaml")
    element = found.catalogue.elements["births"]
    assert (findings, element.type, element.behaviour) == ([], ValueType.COUNT, Behaviour.FLOW)


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("type: count", "type: counts", 5, "yaml_choice"),
        ("    behaviour: flow\n", "", 3, "yaml_missing"),
        ("level: commune", "level: commune\n    colour: red", 8, "yaml_unknown"),
        ("level: commune", "level: commune\n    decimals: 7", 3, "catalogue_decimals"),
        ("sotram-catalogue/1", "sotram-catalogue/9", 1, "catalogue_format"),
    ],
)
def test_a_fault_is_named_with_its_line(old, new, line, rule):
    _, findings = read_catalogue(SMALL.replace(old, new), "a.yaml")
    assert [(f.file, f.row, f.rule) for f in findings] == [("a.yaml", line, rule)]


def test_one_bad_element_does_not_stop_the_good_ones():
    text = SMALL + "  - code: deaths\n    name_vi: Tử vong\n    type: wrong\n    behaviour: flow\n    level: commune\n"
    found, findings = read_catalogue(text, "a.yaml")
    assert list(found.catalogue.elements) == ["births"]
    assert len(findings) == 1


def test_a_form_that_speaks_of_an_unknown_element_is_named():
    text = SMALL + (
        "forms:\n  - code: f\n    name_vi: F\n    level: commune\n    periods: year\n"
        "    sections:\n      - {number: I, name_vi: A, elements: [births, ghosts]}\n"
    )
    found, findings = read_catalogue(text, "a.yaml")
    assert findings == []
    assert [f.element for f in unknown_codes(found, found.catalogue, "a.yaml")] == ["ghosts"]


@pytest.mark.parametrize("term", ["births*2", "births>=abc", "births>=1.2.3", "units:", "births / 2"])
def test_a_term_that_no_program_can_compute_is_refused_when_it_is_installed(term):
    text = SMALL + (
        "indicators:\n  - code: i\n    name_vi: I\n    direction: higher\n    judged_at: [district]\n"
        f'    numerator: "{term}"\n'
    )
    found, findings = read_catalogue(text, "a.yaml")
    assert found.catalogue.indicators == {}
    assert [f.rule for f in findings] == ["catalogue_formula"]


@pytest.mark.parametrize("kind", ["at_most", "sum_equals", "rate"])
def test_a_rule_of_two_sides_has_both(kind):
    text = SMALL + f"rules:\n  - code: r\n    kind: {kind}\n    severity: error\n    left: []\n    right: [births]\n"
    found, findings = read_catalogue(text, "a.yaml")
    assert found.rules == ()
    assert "catalogue_rule" in [f.rule for f in findings]
