"""The list of findings: grouped by commune, built in one pass at any length, folded and narrowed."""

import time

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.findings import Finding, Kept, Severity
from desktop.ui.screens.entry.findings.model import Breach, FindingsModel, Group
from desktop.ui.screens.entry.findings.panel import FindingPanel
from desktop.ui.screens.entry.findings.rows import FindingRows
from desktop.wording import say


def many(count):
    rules = (Severity.ERROR, Severity.WARNING)
    return [
        Finding(
            f"rule{at % 7}",
            rules[at % 2],
            say("{name} is {value}.", name=f"Dòng {at}", value=at),
            unit=f"{at % 600:05}",
            element=f"e{at % 17}",
            group=f"g{at}",
            kept=Kept("đúng", "Hoa", "2025-01-14") if at % 50 == 0 else None,
        )
        for at in range(count)
    ]


def test_two_thousand_findings_are_listed_in_one_pass_and_only_what_is_seen_is_put_into_words(qtbot, styled):
    names = {f"{at:05}": f"Xã {at}" for at in range(600)}
    columns = {f"e{at}": at + 1 for at in range(17)}
    model = FindingsModel()
    rows = FindingRows(model)
    qtbot.addWidget(rows)
    rows.resize(280, 500)
    rows.show()
    told = []
    place = model.place
    model.place = lambda breach: told.append(breach) or place(breach)
    begun = time.process_time()
    model.show(many(2000), names=names, columns=columns)
    rows.grab()
    took = time.process_time() - begun
    assert sum(isinstance(row, Breach) for row in model.rows) == 2000
    assert len(told) < 40
    assert took < 0.5


def test_findings_of_one_breach_are_one_row_and_kept_ones_come_last():
    model = FindingsModel()
    message = say("Not reported")
    cells = [
        Finding("a", Severity.WARNING, message, group="g", unit="1", element="x"),
        Finding("a", Severity.WARNING, message, group="g", unit="1", element="y"),
        Finding("b", Severity.ERROR, message, unit="1", element="z", kept=Kept("r", "w", "2025-01-14")),
        Finding("c", Severity.ERROR, message, unit="1", element="y"),
    ]
    model.show(cells, names={"1": "Xã A"}, columns={"x": 1, "y": 2, "z": 3})
    group = model.groups[0]
    assert [breach.first.rule for breach in group.breaches] == ["c", "a", "b"]
    assert (group.errors, group.warnings, group.kept) == (1, 1, 1)
    assert model.place(group.breaches[1]) == "(1), (2)"


def test_a_folded_commune_is_one_row(qtbot, styled):
    model = FindingsModel()
    names = {"00001": "Xã 1", "00002": "Xã 2"}
    findings = [finding for finding in many(1300) if finding.unit in names]
    model.show(findings, names=names, columns={})
    model.fold_all_but(["00002"])
    assert [type(row) for row in model.rows] == [Group, Group, *[Breach] * len(model.groups[1].breaches)]
    model.show(findings, names=names, columns={})
    assert not model.groups[0].is_unfolded
    model.fold("00001", is_folded=False)
    assert model.groups[0].is_unfolded


def test_many_findings_can_be_narrowed(qtbot, styled):
    panel = FindingPanel()
    qtbot.addWidget(panel)
    names = {f"{at:05}": f"Xã {at}" for at in range(600)}
    panel.show_findings(many(200), names, {})
    assert not panel.filter_row.isHidden()
    panel.only.setCurrentIndex(2)
    panel.only.activated.emit(2)
    breaches = [row for row in panel.model.rows if isinstance(row, Breach)]
    assert breaches
    assert all(one.first.severity is Severity.ERROR and one.is_open for one in breaches)


PLACES = st.tuples(
    st.sampled_from(["1", "2", "3"]),
    st.sampled_from(["x", "y", "z"]),
    st.sampled_from(["g", "h", None]),
    st.sampled_from(list(Severity)),
    st.booleans(),
)


@given(st.lists(PLACES, max_size=40))
def test_every_breach_is_listed_once_under_its_commune(places):
    findings = [
        Finding(
            f"r{at}",
            severity,
            say("Not reported"),
            unit=unit,
            element=element,
            group=f"{unit}{group}" if group else None,
            kept=Kept("r", "w", "2025-01-14") if is_kept else None,
        )
        for at, (unit, element, group, severity, is_kept) in enumerate(places)
    ]
    model = FindingsModel()
    model.show(findings, names={"2": "Xã Hai", "1": "Xã Một"}, columns={"x": 1, "y": 2})
    breaches = [row for row in model.rows if isinstance(row, Breach)]
    listed = [finding for breach in breaches for finding in breach.findings]
    assert sorted(one.rule for one in listed) == sorted(one.rule for one in findings)
    assert len(breaches) == len({(one.unit, one.group or one.id) for one in findings})
    assert [group.unit for group in model.groups] == [u for u in ("2", "1", "3") if any(p[0] == u for p in places)]
    for group in model.groups:
        opened = [breach.is_open for breach in group.breaches]
        assert opened == sorted(opened, reverse=True)


def test_all_of_two_thousand_findings_are_chosen_without_delay(qtbot, styled):
    panel = FindingPanel()
    qtbot.addWidget(panel)
    panel.show_findings(many(2000), {f"{at:05}": f"Xã {at}" for at in range(600)}, {})
    begun = time.process_time()
    panel.rows.selectAll()
    assert len(panel.rows.chosen()) == 2000
    assert time.process_time() - begun < 1
    assert panel.card.word.words.text() == "Chọn 2.000 phát hiện"
