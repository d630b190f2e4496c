"""Row 61 of the fault matrix: a run may be killed at any moment, and the next goes on as if nothing had been."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

PAGES, KILLS = 2_000, 50
SCRIPT = Path(__file__).with_name("killed_run.py")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


def run(kills: int, pages: Path, out: Path, *flags: str) -> int:
    """The exit status of the last run, after so many that were killed."""
    arguments = ["run", str(pages), "-o", str(out), "-q", "--workers", "0", *flags]
    command = [sys.executable, str(SCRIPT), "7", str(kills), str(PAGES), str(out), *arguments]
    return int(subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout)


def written(out: Path) -> dict[str, bytes]:
    """Every file but the ledger, which has times, and the records, whose order is that of the work."""
    return {p.name: p.read_bytes() for p in out.iterdir() if p.name not in {"ledger.sqlite", "articles.jsonl"}}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many saved pages; every hundredth is empty: one failure, and its duplicates."""
    folder = tmp_path_factory.mktemp("pages")
    for n in range(PAGES):
        text = f"Boat {n} passes\nIt came at six.\nThe keeper wrote its name into the book." if n % 100 else ""
        (folder / f"{n:04}.html").write_text(text, "utf-8")
    return folder


def test_fifty_kills_leave_what_one_run_without_any_does(pages: Path, tmp_path: Path):
    assert run(0, pages, tmp_path / "whole", "--records", "one") == 1
    assert run(KILLS, pages, tmp_path / "killed", "--records", "one") == 1

    assert written(tmp_path / "killed") == written(tmp_path / "whole")  # nothing more: no unfinished file, no lock
    lines = (tmp_path / "killed" / "articles.jsonl").read_bytes().splitlines()
    records = [json.loads(line)["file"] for line in lines]
    assert Counter(records) == Counter(name for name in written(tmp_path / "whole") if name.endswith(".txt"))
    with sqlite3.connect(tmp_path / "killed" / "ledger.sqlite") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert dict(db.execute("SELECT state, COUNT(*) FROM item GROUP BY state")) == {
            "done": 1_980,
            "failed": 1,
            "duplicate": 19,
        }
        assert db.execute("SELECT COUNT(*) FROM run").fetchone()[0] > KILLS / 2
    db.close()
