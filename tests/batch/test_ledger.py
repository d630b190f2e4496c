"""The ledger remembers what was committed, and knows a list again."""

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsclean.batch import upcoming
from newsclean.batch.inputs import read_inputs
from newsclean.batch.item import Item
from newsclean.batch.ledger import SCHEMA, Ledger
from newsclean.batch.listing import list_digest
from newsclean.batch.sources import Input, url_input
from newsclean.batch.standing import read_failed, read_standing
from newsclean.batch.upcoming import MOST_OF_HOST, Listed, Pending
from newsclean.errors import REASONS, InputError, OutputError

A, B, C = (f"https://mill.example/{name}" for name in "abc")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def inputs(*urls: str) -> Iterator[Input]:
    return map(url_input, urls)


def load(ledger: Ledger, urls: Iterator[Input]) -> None:
    """Read a list to its end."""
    rows = Listed(ledger, urls)
    while rows.ahead():
        pass


def done(item: Item) -> Item:
    return replace(item, state="done", file=f"{item.index}.txt")


def known(ledger: Ledger) -> list[tuple[int, str, str]]:
    return [(item.index, item.source, item.state) for item in ledger.known()]


def test_a_row_is_what_was_written(path: Path):
    full = Item(
        0, A, url_input(A).key, False, "mill.example", "done", 1, "0.txt", "0.json", None, None, B, "Øre", 7, 2, "0a", 3
    )
    with Ledger(path) as ledger:
        load(ledger, inputs(A))
        assert ledger.settle(full) == full
        ledger.commit()
    with Ledger(path) as ledger:
        assert (ledger.run, ledger.first_of(full.key)) == (2, full)


def test_what_sqlite_does_not_take_for_text_comes_back_as_it_was(path: Path):
    odd = Input("caf\udce9.html", "0" * 16, Path("caf\udce9.html"))
    with Ledger(path) as ledger:
        ledger.add(0, odd)
        (item,) = ledger.pending(-1, 9)
        ledger.settle(replace(done(item), title="Weir\ud800"))
        assert [(i.source, i.title) for i in ledger.known()] == [("caf\udce9.html", "Weir\ud800")]


def test_what_was_not_committed_was_never_there(path: Path):
    with Ledger(path) as ledger:
        load(ledger, inputs(A))
        ledger.settle(done(ledger.pending(-1, 1)[0]))
    with Ledger(path) as ledger:
        assert [item.state for item in ledger.pending(-1, 9)] == ["pending"]


def test_a_list_that_was_read_to_its_end_is_known_again(path: Path):
    with Ledger(path) as ledger:
        assert not ledger.take_list("list 1")
        load(ledger, inputs(A, B))
    with Ledger(path) as ledger:
        assert ledger.take_list("list 1")
        assert ledger.loaded() == 2


def test_a_list_that_was_read_in_part_goes_on_behind_it(path: Path):
    with Ledger(path) as ledger:
        ledger.take_list("list 1")
        ledger.add(0, url_input(A))
        ledger.commit()
    with Ledger(path) as ledger:
        assert not ledger.take_list("list 1")
        load(ledger, inputs(A, B))
        assert [item.source for item in ledger.pending(-1, 9)] == [A, B]


def test_a_list_is_read_ahead_only_while_there_is_nothing_else_to_do(path: Path):
    read = []

    def told(url: str) -> Input:
        read.append(url)
        return url_input(url)

    urls = [f"{A}/{n}" for n in range(3 * upcoming.LOAD_CHUNK)]
    with Ledger(path) as ledger:
        ledger.take_list("list 1")
        rows = Listed(ledger, map(told, urls))
        assert rows.next() is None
        assert rows.ahead()
        assert rows.next().source == urls[0]  # type: ignore[union-attr]
        assert len(read) == upcoming.LOAD_CHUNK
        assert rows.ahead()
        assert len(read) == 2 * upcoming.LOAD_CHUNK
        assert not ledger.take_list("list 1")
        while rows.ahead():
            pass
        assert ledger.take_list("list 1")


def test_another_list_keeps_the_articles_of_the_first_and_forgets_its_failures(path: Path):
    with Ledger(path) as ledger:
        ledger.take_list("list 1")
        load(ledger, inputs(A, B))
        first, second = ledger.pending(-1, 9)
        ledger.settle(done(first))
        ledger.settle(replace(second, state="failed"))
        ledger.take_list("list 2")
        load(ledger, inputs(C))
        assert known(ledger) == [(0, A, "done")]


@pytest.mark.parametrize("state", ["done", "failed"])
def test_an_input_that_moved_to_another_list_takes_its_result_along(path: Path, state: str):
    with Ledger(path) as ledger:
        ledger.take_list("list 1")
        load(ledger, inputs(A))
        ledger.settle(replace(ledger.pending(-1, 9)[0], state=state))  # type: ignore[arg-type]
        ledger.take_list("list 2")
        load(ledger, inputs(C, f"{A}#top"))
        assert known(ledger) == [(1, f"{A}#top", state)]


def test_an_input_that_repeats_another_has_its_file_in_the_manifest(path: Path):
    with Ledger(path) as ledger:
        load(ledger, inputs(A, A))
        assert known(ledger) == []  # nothing is settled, so nothing is told of the second
        ledger.settle(done(ledger.first_of(url_input(A).key)))
        assert [item.file for item in ledger.known()] == ["0.txt", "0.txt"]


@pytest.mark.parametrize(("failed", "opened"), [(False, [B]), (True, [A, B])])
def test_what_failed_for_now_is_open_again_and_the_rest_if_asked(path: Path, failed: bool, opened: list[str]):
    with Ledger(path) as ledger:
        load(ledger, inputs(A, B, C, "nonsense"))
        for item, state in zip(ledger.pending(-1, 9), ("failed", "deferred", "done"), strict=True):
            ledger.settle(replace(item, state=state))
        ledger.reopen(failed=failed)
        assert [item.source for item in ledger.pending(-1, 9)] == opened


def test_a_run_that_was_killed_is_told_to_the_next(path: Path):
    for expected in (True, False):
        with Ledger(path) as ledger:
            assert ledger.all_ended is expected
    with Ledger(path) as ledger:
        ledger.end_run()
    with Ledger(path) as ledger:
        assert not ledger.all_ended


def test_runs_that_came_to_their_ends_are_told_so(path: Path):
    for _ in range(2):
        with Ledger(path) as ledger:
            assert ledger.all_ended
            ledger.end_run()


def test_a_ledger_that_is_closed_is_one_file(path: Path):
    with Ledger(path) as ledger:
        load(ledger, inputs(A))
        assert len(list(path.parent.iterdir())) > 1
    assert list(path.parent.iterdir()) == [path]


def test_a_ledger_of_an_earlier_version_is_gone_on_with(path: Path):
    with Ledger(path) as ledger:
        load(ledger, inputs(A, B, A))
        ledger.settle(done(ledger.pending(-1, 1)[0]))
        ledger.commit()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE item SET message = NULL")
        db.executescript("ALTER TABLE item DROP attempts; ALTER TABLE earlier DROP attempts; PRAGMA user_version = 1")
    db.close()
    assert read_standing(path.parent).states == {"done": 1, "pending": 1, "duplicate": 1}
    assert not list(read_failed(path.parent))

    with Ledger(path) as ledger:
        assert known(ledger) == [(0, A, "done"), (2, A, "duplicate")]
        assert [item.message for item in ledger.known()] == [None, REASONS["duplicate"]]
        (left,) = ledger.pending(-1, 9)
        ledger.settle(replace(done(left), attempts=2))
        ledger.commit()
    with Ledger(path) as ledger:
        assert [item.attempts for item in ledger.known()] == [0, 2, 0]
    assert read_standing(path.parent).states == {"done": 2, "duplicate": 1}


def test_a_ledger_of_a_later_version_is_not_read(path: Path):
    with Ledger(path) as ledger:
        ledger.commit()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    db.close()
    before = path.read_bytes()
    with pytest.raises(InputError, match="a newer newsclean"):
        read_standing(path.parent)
    with pytest.raises(OutputError, match="a newer newsclean"):
        Ledger(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [0, SCHEMA], ids=["no-version", "same-version"])
def test_a_database_that_is_not_ours_is_not_touched(path: Path, version: int):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE recipes(name)")
        db.execute(f"PRAGMA user_version = {version}")
    db.close()
    before = path.read_bytes()
    with pytest.raises(OutputError, match="name another folder"):
        Ledger(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [SCHEMA + 1, None], ids=["newer", "no-ledger"])
def test_a_ledger_that_is_not_ours_is_not_touched(path: Path, version: int | None):
    if version:
        with sqlite3.connect(path) as db:
            db.execute(f"PRAGMA user_version = {version}")
        db.close()
    else:
        path.write_text("my notes" * 1000, "ascii")
    before = path.read_bytes()[100:]  # its head tells the journal mode
    with pytest.raises(OutputError) as caught:
        Ledger(path)
    assert caught.value.reason == "write_error"
    assert path.read_bytes()[100:] == before


# What comes next


def test_pending_rows_come_before_those_that_are_settled(path: Path):
    with Ledger(path) as ledger:
        load(ledger, inputs(A, B, C))
        ledger.settle(done(ledger.pending(-1, 9)[0]))
        ledger.commit()
    with Ledger(path) as ledger:
        rows = Listed(ledger)
        assert [rows.next().source for _ in range(3)] == [B, C, A]  # type: ignore[union-attr]
        assert rows.next() is None


def test_a_host_with_very_many_pages_lets_others_go_first(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(upcoming, "CHUNK", 7)
    many = [f"https://weir.example/{n}" for n in range(3 * MOST_OF_HOST)]
    with Ledger(path) as ledger:
        load(ledger, inputs(*many, A, B))
        rows = Pending(ledger)
        out = [rows.next() for _ in range(MOST_OF_HOST + 2)]
        assert [item.source for item in out if item] == [*many[:MOST_OF_HOST], A, B]
        assert rows.next() is None
        for item in out:  # and then its own, each once, in their order
            ledger.settle(done(item))  # type: ignore[arg-type]
            rows.landed(item)  # type: ignore[arg-type]
        rest = []
        while item := rows.next():
            rest.append(item.source)
            ledger.settle(done(item))
            rows.landed(item)
        assert rest == many[MOST_OF_HOST:]


def test_a_ledger_of_very_many_rows_goes_on_at_once(path: Path, tmp_path: Path):
    """benchmarks/million_rows.py does it with a million, and with the command."""
    rows = 100_000
    with Ledger(path) as ledger:
        ledger.take_list("list")
        ledger.insert(
            Item(
                n, f"{A}/{n}", f"{n:016x}", False, "mill.example", "pending" if n == rows - 9 else "done", 1, f"{n}.txt"
            )
            for n in range(rows)
        )
        ledger.complete_list()
    begun_s = time.process_time()
    with Ledger(path) as ledger:
        assert ledger.take_list("list")
        ledger.reopen(failed=True)
        first = Listed(ledger).next()
        took_s = time.process_time() - begun_s
    assert first
    assert first.index == rows - 9
    assert took_s < 1


# How a list is known


def test_a_list_is_known_by_what_it_holds(tmp_path: Path):
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text(A, "ascii")
    other.write_text(A, "ascii")
    assert list_digest([str(one)]) == list_digest([str(other)]) != list_digest([A])
    other.write_text(B, "ascii")
    assert list_digest([str(one)]) != list_digest([str(other)])


def test_a_folder_is_known_by_the_pages_that_lie_there(tmp_path: Path):
    (tmp_path / "a.html").write_text("<p>Weir", "ascii")
    before = list_digest([str(tmp_path)])
    (tmp_path / "notes.txt").write_text("none of them", "ascii")
    assert list_digest([str(tmp_path)]) == before
    (tmp_path / "a.html").write_text("<p>Mill and weir", "ascii")
    assert list_digest([str(tmp_path)]) != before


@pytest.mark.parametrize("endless", ["-", "/dev/null", iter([A])], ids=["standard-input", "device", "iterator"])
def test_what_may_be_endless_is_never_known(endless: object):
    assert list_digest(endless if isinstance(endless, Iterator) else [str(endless)]) is None
    assert read_inputs([A])
