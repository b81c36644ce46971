"""The large record of the bench is what the store itself would have written."""

from pathlib import Path

from db import check, pending
from desktop.application import entry, records, sent_packages
from desktop.application.lacking import count_lacking
from desktop.domain.periods import Period
from desktop.domain.values import number
from tests.bench import edge_record
from tests.bench.edge_record import EdgeSize
from tests.bench.making import LAST, TODAY


def test_a_small_one_is_sound_and_everything_in_it_was_receipted(tmp_path: Path) -> None:
    size = EdgeSize(20, {"few": 3, "bench": 4}, 2)
    path = edge_record.make(tmp_path / "edge.sotramdb", size)
    assert [file.name for file in tmp_path.iterdir() if "half" in file.name] == []
    with records.open_record(path, today=TODAY) as store:
        assert check.check(store) == []
        assert store.warnings == []
        assert store.connection.execute("SELECT count(*) FROM value").fetchone()[0] == size.values
        assert count_lacking(store).rows == 0
        matrix = entry.matrix(store, form="few", period=Period.parse(f"{LAST}12"))
        assert {row.state for row in matrix.rows} == {"complete"}
        assert all(total.reported == total.expected == 20 for total in matrix.totals)
        commune = matrix.rows[0].commune
        entry.type_value(store, unit=commune.uid, period=matrix.period, element="e001", value=number(1))
        assert count_lacking(store).rows == 2, "the figure, and its form that is in entry again"
        sent = sent_packages.sent_packages(store, partner=edge_record.PARTNER)
        assert [package.result for package in sent] == ["accepted", "accepted"]
        assert pending.count(store, {}).above == store.connection.execute("SELECT count(*) FROM released").fetchone()[0]
