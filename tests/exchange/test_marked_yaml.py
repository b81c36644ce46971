"""YAML that people write: plain strings, lines, and faults as findings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.findings import Finding
from desktop.exchange.marked_yaml import Marked, Node, read


def faults(text: str) -> list[tuple[str, int | None]]:
    return [(finding.rule, finding.row) for finding in read(text, "a.yaml")[1]]


def test_every_scalar_stays_what_was_written() -> None:
    root, findings = read('a: no\nb: 2021-10-26\nc: 012\nd: 1.50\ne: ~\nf:\ng: "x"\n', "a.yaml")
    assert findings == []
    assert root is not None
    assert isinstance(root.value, dict)
    assert {name: node.value for name, node in root.value.items()} == {
        "a": "no",
        "b": "2021-10-26",
        "c": "012",
        "d": "1.50",
        "e": "~",
        "f": "",
        "g": "x",
    }


def test_a_node_knows_its_line() -> None:
    root, _ = read("a: 1\nb:\n  - c\n  - d: e\n", "a.yaml")
    assert root is not None
    assert isinstance(root.value, dict)
    assert root.value["b"].value == [Node(3, "c"), Node(4, {"d": Node(4, "e")})]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: 1\na: 2\n", ("yaml_repeated", 2)),
        ("x: 1\na: !date 2\n", ("yaml_tag", 2)),
        ("a: &b 1\nc: *b\n", ("yaml_reference", 1)),
        ("a: [1\n", ("yaml_syntax", 2)),
        ("a: b: c\n", ("yaml_syntax", 1)),
        ("a: 1\n\tb: 2\n", ("yaml_syntax", 2)),
        ("a: \x07\n", ("yaml_syntax", 1)),
        ("", ("yaml_empty", 1)),
        ("a: 1\n---\nb: 2\n", ("yaml_documents", 2)),
        ("? [a]\n: b\n", ("yaml_shape", 1)),
        ("[" * 1000, ("yaml_shape", 1)),
    ],
)
def test_a_fault_is_a_finding_with_its_line(text: str, fault: tuple[str, int]) -> None:
    assert fault in faults(text)


def test_decomposed_letters_are_composed() -> None:
    root, _ = read("a: Bie\u0302\u0309u\n", "a.yaml")
    assert root == Node(1, {"a": Node(1, "Biểu")})


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%@ \n\t~?,\u0323é", max_size=40))
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    root, findings = read(text, "a.yaml")
    assert root is not None or findings
    assert all(isinstance(finding, Finding) and finding.row is not None for finding in findings)


def marked(text: str) -> tuple[Marked, dict[str, Node]]:
    root, _ = read(text, "a.yaml")
    assert root is not None
    reader = Marked("a.yaml")
    return reader, reader.fields(root, optional=("n", "d", "t", "f", "l", "c"))


def test_typed_values_are_read_and_wrong_ones_found() -> None:
    reader, fields = marked("n: 12\nd: 2022-10-15\nt: ' a\n  b '\nf: true\nl: [x, y z]\nc: one\n")
    assert reader.integer(fields, "n") == 12
    assert str(reader.day(fields, "d")) == "2022-10-15"
    assert reader.text(fields, "t") == "a b"
    assert reader.flag(fields, "f")
    assert reader.texts(fields, "l") == ("x", "y z")
    assert reader.choice(fields, "c", ("one", "two")) == "one"
    assert reader.findings == []


def test_each_wrong_value_is_named_on_its_line() -> None:
    reader, fields = marked("n: 12,5\nd: 15/10/2022\nt: []\nf: maybe\nl: {a: b}\nc: three\n")
    assert reader.integer(fields, "n") is None
    assert reader.day(fields, "d") is None
    assert reader.text(fields, "t") == ""
    assert not reader.flag(fields, "f")
    assert reader.texts(fields, "l") == ()
    assert reader.choice(fields, "c", ("one", "two")) is None
    assert [(finding.rule, finding.row) for finding in reader.findings] == [
        ("yaml_number", 1),
        ("yaml_date", 2),
        ("yaml_shape", 3),
        ("yaml_choice", 4),
        ("yaml_shape", 5),
        ("yaml_choice", 6),
    ]


def test_missing_and_unknown_fields_are_found() -> None:
    root, _ = read("a: 1\nz: 2\n", "a.yaml")
    assert root is not None
    reader = Marked("a.yaml")
    assert list(reader.fields(root, required=("a", "b"))) == ["a"]
    assert [(finding.rule, finding.row) for finding in reader.findings] == [("yaml_missing", 1), ("yaml_unknown", 2)]
    empty, fields = marked("n: 1.5\nd: 2022-02-31\nt: ''\nl: [x, [y]]\n")
    assert empty.integer(fields, "n") is None
    assert empty.day(fields, "d") is None
    assert empty.text(fields, "t") == ""
    assert empty.texts(fields, "l") == ("x",)
    assert empty.items(fields, "absent") == []
    assert [(finding.rule, finding.row) for finding in empty.findings] == [
        ("yaml_number", 1),
        ("yaml_date", 2),
        ("yaml_missing", 3),
        ("yaml_shape", 4),
    ]
    assert reader.fields(Node(7, "text"), required=("a",)) == {}
    assert reader.findings[-1].rule == "yaml_shape"
