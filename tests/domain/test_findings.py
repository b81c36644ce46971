"""Findings are told apart by what they speak of."""

from dataclasses import replace

from desktop.domain.findings import Finding, Severity
from desktop.wording import say


def test_two_findings_in_one_place_of_a_file_have_two_ids():
    one = Finding("regime.continues", Severity.ERROR, say("“{code}” is no form.", code="a"), file="b.xlsx")
    other = replace(one, message=say("“{code}” is no form.", code="b"))
    assert one.id != other.id
    assert one.id == replace(one, severity=Severity.NOTE, kept=None).id


def test_a_finding_of_a_figure_keeps_its_id_whatever_the_figure_becomes():
    one = Finding("above", Severity.ERROR, say("{n} is too many.", n=3), unit="04456", period="2024", element="x")
    assert replace(one, message=say("{n} is too many.", n=4)).id == one.id
