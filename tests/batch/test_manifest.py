"""The manifest remembers, whatever happened to its last lines."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from newsclean.batch.manifest import Entry, Manifest
from newsclean.model import Outcome

KEYS = [f"{n:016x}" for n in range(9)]


def entry(index: int, status: str = "done", key: str | None = None) -> Entry:
    outcome = Outcome(index, f"https://mill.example/{index}", status, path=f"{index}.txt")  # type: ignore[arg-type]
    return Entry.of(outcome, KEYS[index] if key is None else key)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "manifest.jsonl"


def indexes(path: Path) -> list[int]:
    return [json.loads(line)["index"] for line in path.read_text("utf-8").splitlines()]


def test_a_line_has_all_keys_and_counts_the_warnings(path: Path):
    told = Outcome(0, "https://mill.example/", "done", path="0.txt", title="Øre", words=7, warnings=("short", "odd"))
    with Manifest(path) as manifest:
        manifest.add(Entry.of(told, KEYS[0], "0.json", "0a1b2c3d"))
    assert path.read_text("utf-8") == (
        '{"index": 0, "source": "https://mill.example/", "key": "0000000000000000", "status": "done", '
        '"file": "0.txt", "record": "0.json", "reason": null, "message": null, "final_url": null, '
        '"title": "Øre", "words": 7, "warnings": 2, "options": "0a1b2c3d"}\n'
    )


def test_an_entry_is_found_in_the_same_run_and_the_next(path: Path):
    with Manifest(path) as manifest:
        manifest.add(entry(3))
        assert manifest.find(KEYS[3]) == entry(3)
    with Manifest(path) as manifest:
        assert manifest.find(KEYS[3]) == entry(3)
        assert manifest.find(KEYS[4]) is None


def test_the_last_line_of_a_key_counts(path: Path):
    with Manifest(path) as manifest:
        manifest.add(entry(1, "failed"))
        manifest.add(entry(1, "done"))
    with Manifest(path) as manifest:
        assert manifest.find(KEYS[1]) == entry(1, "done")


def test_the_line_of_a_duplicate_does_not_hide_the_first(path: Path):
    with Manifest(path) as manifest:
        manifest.add(entry(1))
        manifest.add(entry(2, "duplicate", KEYS[1]))
    with Manifest(path) as manifest:
        assert manifest.find(KEYS[1]) == entry(1)


@pytest.mark.parametrize("cut", [1, 20, 150])
def test_half_a_last_line_is_forgotten_and_does_not_spoil_the_next(path: Path, cut: int):
    with Manifest(path) as manifest:
        manifest.add(entry(1))
        manifest.add(entry(2))
    path.write_bytes(path.read_bytes()[:-cut])
    with Manifest(path) as manifest:
        assert manifest.find(KEYS[2]) is None
        manifest.add(entry(3))
    with Manifest(path) as manifest:
        assert (manifest.find(KEYS[1]), manifest.find(KEYS[3])) == (entry(1), entry(3))


@pytest.mark.parametrize(
    "broken",
    [b"\0\0\0\0", b"[]", b"{}", b'{"index": 1}', b"\xff", b'"', entry(5).to_line().replace(b'"done"', b'"dome"')],
    ids=["nuls", "list", "object", "few-keys", "not-utf-8", "quote", "status"],
)
def test_a_line_that_is_none_is_left_out_and_logged(path: Path, caplog: pytest.LogCaptureFixture, broken: bytes):
    path.write_bytes(entry(1).to_line() + b"\n" + broken + b"\n" + entry(2).to_line() + b"\n")
    with Manifest(path) as manifest:
        found = [manifest.find(KEYS[n]) for n in (1, 2, 5)]
    assert found == [entry(1), entry(2), None]
    assert "not readable" in caplog.text


def test_rewriting_sorts_and_keeps_one_line_an_input(path: Path):
    with Manifest(path) as manifest:
        for e in (entry(2), entry(0, "failed"), entry(1, "duplicate", KEYS[2])):
            manifest.add(e)
    with Manifest(path) as manifest:
        manifest.add(entry(1, "duplicate", KEYS[2]))
        manifest.keep(entry(2), 2, entry(2).source)
        manifest.add(entry(0))
        manifest.rewrite()
    assert path.read_bytes() == b"".join(
        e.to_line() + b"\n" for e in (entry(0), entry(1, "duplicate", KEYS[2]), entry(2))
    )


def test_an_input_that_moved_in_the_list_keeps_its_file(path: Path):
    with Manifest(path) as manifest:
        manifest.add(entry(1))
    with Manifest(path) as manifest:
        manifest.keep(entry(1), 7, "https://mill.example/1#top")
        manifest.rewrite()
    with Manifest(path) as manifest:
        assert manifest.find(KEYS[1]) == replace(entry(1), index=7, source="https://mill.example/1#top")
    assert indexes(path) == [7]


def test_articles_of_another_list_stay_and_its_failures_go(path: Path):
    with Manifest(path) as manifest:
        for e in (entry(0), entry(1, "failed"), entry(2, "duplicate", KEYS[0])):
            manifest.add(e)
    with Manifest(path) as manifest:
        manifest.add(entry(3))
        manifest.rewrite()
    assert indexes(path) == [0, 3]


def test_without_rewriting_every_line_stays(path: Path):
    with Manifest(path) as manifest:
        manifest.add(entry(1, "failed"))
    with Manifest(path) as manifest:
        manifest.add(entry(0))
    assert indexes(path) == [1, 0]
