"""The manifest is written from items, whole or not at all, the same bytes for the same items."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from newsclean.batch.item import Item
from newsclean.batch.manifest import export, line_of
from newsclean.errors import OutputError

DONE = Item(0, "https://mill.example/", "0000000000000000", False, "mill.example", "done", 1, "0.txt", "0.json")


def test_a_line_has_all_keys_sorted():
    done = replace(DONE, title="Øre", words=7, warnings=2, options="0a1b2c3d")
    assert line_of(done).decode() == (
        '{"file": "0.txt", "final_url": null, "index": 0, "key": "0000000000000000", "message": null, '
        '"options": "0a1b2c3d", "reason": null, "record": "0.json", "source": "https://mill.example/", '
        '"status": "done", "title": "Øre", "warnings": 2, "words": 7}'
    )


def test_what_failed_for_now_has_failed():
    assert json.loads(line_of(replace(DONE, state="deferred")))["status"] == "failed"


def test_a_source_that_is_not_utf_8_is_written_as_an_escape():
    assert rb'"source": "caf\udce9.html"' in line_of(replace(DONE, source="caf\udce9.html"))


def test_a_manifest_that_cannot_be_written_leaves_the_one_before(tmp_path: Path):
    def broken():
        yield DONE
        raise OutputError("the ledger is gone")

    export([DONE, DONE], tmp_path / "manifest.jsonl")
    before = (tmp_path / "manifest.jsonl").read_bytes()
    with pytest.raises(OutputError):
        export(broken(), tmp_path / "manifest.jsonl")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"manifest.jsonl": before}
