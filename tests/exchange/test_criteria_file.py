"""Points of a commune as CSV: whatever the text, lines or findings, and a written file reads back."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.criteria.scoring import By
from desktop.exchange.criteria_file import read_scores


@given(st.text(st.sampled_from('code,self;office\n\r"0123456789.-xé\ufeff\0'), max_size=60))
def test_any_text_gives_lines_or_findings(text):
    for told in (text, "code,self,reason\n" + text, "code;office\n" + text):
        lines, findings = read_scores(told, "f.csv")
        assert all(found.advice is not None and found.row for found in findings)
        assert all(line.points.keys() <= line.columns.keys() for line in lines)


@given(st.dictionaries(st.integers(1, 47).map(str), st.integers(0, 80).map(lambda half: Fraction(half, 2)), min_size=1, max_size=6),
       st.sampled_from(list(By)))  # fmt: skip
def test_points_written_are_read(points, by):
    rows = "".join(f"{code},{float(one):g},“{code}”\n" for code, one in points.items())
    lines, findings = read_scores(f"code,{by},reason\n{rows}", "f.csv")
    assert findings == []
    assert {line.code: line.points[by] for line in lines} == points


def test_a_decimal_comma_between_commas_is_no_reason():
    _lines, findings = read_scores("code,self,office,province,reason\n2,9,5,8,5,,\n", "f.csv")
    assert [(found.rule, found.column) for found in findings] == [("criteria_reason", "E")]


def test_a_reason_without_points_and_a_file_without_lines_are_told():
    _lines, findings = read_scores("code,self,reason\n2,,Thiếu bác sĩ\n", "f.csv")
    assert [(found.rule, found.severity) for found in findings] == [("criteria_no_points", "warning")]
    _lines, findings = read_scores("code,self,reason\n", "f.csv")
    assert [found.rule for found in findings] == ["criteria_empty"]
