"""The rows of the fault matrix that are about the batch (59 to 65 and 68 to 70), as commands; 61 is in test_kill."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newsclean.batch import ledger
from newsclean.batch.ledger import Ledger
from newsclean.batch.lock import locked
from newsclean.cli import main
from newsclean.commands.signals import SAME_S
from newsclean.output.store import file_name
from newsclean.urls import url_key

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
TEXT = "".join(
    f"<p>The {day} shift found the weir gate shut and the mill pond full to the brim again.</p>" for day in DAYS
)
FLAGS = ("--workers", "0", "--allow-private", "127.0.0.0/8", "--delay-s", "0", "--attempts", "1", "--per-host", "4")


def page(title: str) -> bytes:
    return f'<html lang="en"><head><title>{title}</title></head><body><article>{TEXT}</article></body></html>'.encode()


class Site(ThreadingHTTPServer):
    """Has a page for every path, but /gone; /slow is sent when the test says so, /busy when it is asked again."""

    daemon_threads = True

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.titles: dict[str, str] = {}
        self.release = threading.Event()
        super().__init__(("127.0.0.1", 0), Answers)
        self.base = f"http://127.0.0.1:{self.server_port}"

    def urls(self, *paths: str) -> list[str]:
        """The URLs of these paths."""
        return [self.base + path for path in paths]


class Answers(BaseHTTPRequestHandler):
    """What the site says."""

    server: Site

    def do_GET(self) -> None:
        """Answer, and count."""
        self.server.asked[self.path] += 1
        if self.path.startswith("/slow"):
            self.server.release.wait(30)
        busy = self.path.startswith("/busy") and self.server.asked[self.path] <= int(self.path[-1])
        found = not busy and not self.path.startswith(("/gone", "/robots.txt"))
        body = page(self.server.titles.get(self.path, f"Weir {self.path}")) if found else b""
        self.send_response(200 if found else 503 if busy else 404)
        if busy:
            self.send_header("Retry-After", "0")
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        thread = threading.Thread(target=site.serve_forever, args=(0.01,))
        thread.start()
        yield site
        site.release.set()
        site.shutdown()
        thread.join()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def run(out: Path, *args: str) -> int:
    return main(["run", "-o", str(out), *FLAGS, *args])


def manifest(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]


def names(out: Path) -> set[str]:
    return {p.name for p in out.iterdir()}


def without_ledger(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in out.iterdir() if p.name != "ledger.sqlite"}


# 59


def test_what_a_title_or_an_input_says_moves_no_terminal_and_no_spreadsheet(site: Site, out: Path, capsys, tmp_path):
    site.titles["/a"] = "Weir &#27;[2J \x9b2J \u202ereversed &#10; =cmd"
    lines = "\n".join(
        [*site.urls("/a", "/gone", "/b", "/c", "/d"), "=cmd|'/c calc'!A0", "\x1b]0;owned\x07", "a\u202eb"]
    )
    (tmp_path / "list.txt").write_text(lines, "utf-8")
    run(out, str(tmp_path / "list.txt"), "--log-json", str(tmp_path / "log"))
    main(["status", str(out), "--failed"])
    main(["status", str(out), "--failed", "--json"])
    main(["status", str(out)])
    said = "".join(capsys.readouterr())

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", said.replace("\t", ""))
    assert "\n'=cmd|'/c calc'!A0\tinvalid_url\n" in said
    log = (tmp_path / "log").read_bytes()
    assert log.isascii()
    assert [json.loads(line)["event"] for line in log.splitlines()] == ["begin", *["outcome"] * 8, "end"]
    assert [e["status"] for e in manifest(out)] == ["done", "failed", "done", "done", "done", *["failed"] * 3]


# 60


@pytest.mark.parametrize(
    "path",
    ["/../../etc/x", "/%00", "/CON", f"/{'x' * 5000}", "/..%5C..%5Cx"],
    ids=["dots", "nul", "con", "long", "back"],
)
def test_no_word_of_a_url_or_a_title_is_in_a_file_name(site: Site, out: Path, path: str):
    site.titles[path] = "../../etc/x \\ CON"
    assert run(out, *site.urls("/a", path, "/b", "/c")) == 0
    texts = sorted(name for name in names(out) if name.endswith(".txt"))
    assert [bool(re.fullmatch(rf"00{n}_[0-9a-f]{{16}}\.txt", name)) for n, name in enumerate(texts)] == [True] * 4
    assert names(out.parent) == {"out"}


# 62


def newsclean(*args: str, stdin: int | None = None) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-m", "newsclean", *args], stdin=stdin, stderr=subprocess.PIPE, text=True)


def wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    end_s = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end_s
        time.sleep(0.02)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)], ids=["term", "int"])
def test_a_signal_lets_what_is_under_way_end_and_starts_nothing_more(site: Site, out: Path, number: int, status: int):
    urls = site.urls("/slow", *(f"/{n}" for n in range(500)))
    with newsclean("run", *urls, "-o", str(out), *FLAGS, "--per-host", "1", "--connections", "1") as process:
        wait_for(lambda: site.asked["/slow"])
        process.send_signal(number)
        assert process.stderr
        assert "stopping" in process.stderr.readline() + process.stderr.readline()
        site.release.set()
        assert process.wait(timeout=20) == status
    assert [e["source"] for e in manifest(out)] in (urls[:1], urls[:2])
    assert site.asked.total() <= 3  # robots.txt, the slow one, perhaps one that was just beginning

    assert run(out, *urls[:3]) == 0


def test_a_list_that_pauses_holds_up_neither_its_pages_nor_a_signal(site: Site, out: Path):
    with newsclean("run", "-", "-o", str(out), *FLAGS, stdin=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stderr
        process.stdin.write(f"{site.base}/a\n")
        process.stdin.flush()
        wait_for(lambda: list(out.glob("*.txt")))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=5) == 143
        assert "Fatal" not in process.stderr.read()
    assert [e["status"] for e in manifest(out)] == ["done"]


def test_a_feed_that_is_never_sent_does_not_hold_up_a_signal(site: Site, out: Path):
    with newsclean("run", "--feed", f"{site.base}/slow", "-o", str(out), *FLAGS) as process:
        wait_for(lambda: site.asked["/slow"])
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=5) == 143
    site.release.set()


def test_files_that_a_killed_run_has_not_recorded_are_its_own(site: Site, out: Path):
    out.mkdir()
    with Ledger(out / "ledger.sqlite"):  # a run that has not come to its end
        pass
    name = file_name(0, url_key(f"{site.base}/a"), ".txt")
    (out / name).write_text("What the page said before it was changed.\n", "utf-8")
    assert run(out, f"{site.base}/a") == 0
    assert "weir" in (out / name).read_text("utf-8")


def test_a_signal_that_is_sent_to_the_process_and_to_its_group_is_one(site: Site, out: Path):
    with newsclean("run", *site.urls("/a", "/slow"), "-o", str(out), *FLAGS) as process:
        wait_for(lambda: list(out.glob("*.txt")))
        assert process.stderr
        process.send_signal(signal.SIGTERM)
        while "stopping" not in process.stderr.readline():
            pass
        process.send_signal(signal.SIGTERM)
        site.release.set()
        assert process.wait(timeout=20) == 143
        assert "stopped; run the same command again" in process.stderr.read()


def test_a_second_signal_ends_a_run_at_once(site: Site, out: Path):
    urls = site.urls("/a", "/slow")
    with newsclean("run", *urls, "-o", str(out), *FLAGS) as process:
        wait_for(lambda: site.asked["/slow"])
        wait_for(lambda: list(out.glob("*.txt")))
        process.send_signal(signal.SIGTERM)
        assert process.stderr
        while "stopping" not in process.stderr.readline():
            pass
        time.sleep(2 * SAME_S)
        begun_s = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 143
        assert time.monotonic() - begun_s < 5
    site.release.set()
    assert run(out, *urls) == 0
    assert [e["status"] for e in manifest(out)] == ["done", "done"]


# 63


class Disk:
    """Has room, or is full for one kind of file."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch

    def fill(self, what: str) -> None:
        """Have no room for files with this in their name, or for the ledger."""
        if what == "ledger":
            self.patch.setattr(ledger, "PRAGMAS", (*ledger.PRAGMAS, "max_page_count = 17"))
            return
        real = os.fsync

        def fsync(fd: int) -> None:
            if what in Path(f"/proc/self/fd/{fd}").readlink().name:
                raise OSError(28, "No space left on device")
            real(fd)

        self.patch.setattr(os, "fsync", fsync)


@pytest.fixture
def disk() -> Iterator[Disk]:
    with pytest.MonkeyPatch.context() as patch:
        yield Disk(patch)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to know a file by its number")
@pytest.mark.parametrize("what", [".txt", ".json.", "articles.jsonl", "ledger", "manifest.jsonl"])
def test_a_full_disk_stops_the_run_leaves_nothing_half_and_fails_no_input(
    site: Site, out: Path, disk: Disk, what: str, capsys: pytest.CaptureFixture[str]
):
    urls = site.urls(*(f"/{n}/{'x' * 1500}" for n in range(12)))
    records = ("--records", "one") if what == "articles.jsonl" else ()
    disk.fill(what)
    assert run(out, *urls, *records) == 74
    assert "the disk is full" in capsys.readouterr().err
    assert not [name for name in names(out) if name.endswith(".tmp")]
    disk.patch.undo()

    assert run(out, *urls, *records) == 0
    assert [e["status"] for e in manifest(out)] == ["done"] * 12
    if records:
        assert len((out / "articles.jsonl").read_bytes().splitlines()) == 12


def test_a_disk_that_is_nearly_full_is_told_before_anything_is_fetched(
    site: Site, out: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("newsclean.batch.folder.ROOM_BYTES", 1 << 62)
    assert run(out, *site.urls("/a")) == 74
    assert not site.asked


# 64


@pytest.mark.parametrize("suffix", [".txt", ".json"])
def test_a_file_that_no_run_has_written_is_kept_and_its_input_fails(site: Site, out: Path, suffix: str):
    urls = site.urls("/a", "/b", "/c", "/d")
    run(out, *urls)
    mine = out / next(name for name in names(out) if name.startswith("000_") and name.endswith(suffix))
    for path in out.iterdir():
        path.unlink()
    mine.write_text("my notes", "utf-8")

    assert run(out, *urls) == 1
    assert mine.read_text("utf-8") == "my notes"
    assert [(e["status"], e["reason"]) for e in manifest(out)] == [("failed", "file_exists"), *[("done", None)] * 3]


def test_a_folder_in_the_place_of_a_text_costs_its_input_alone(site: Site, out: Path):
    urls = site.urls("/a", "/b")
    run(out, *urls)
    text = next(out.glob("000_*.txt"))
    text.unlink()
    (text / "mine").mkdir(parents=True)

    assert run(out, *urls) == 1
    assert (text / "mine").is_dir()
    assert [(e["status"], e["reason"]) for e in manifest(out)] == [("failed", "file_exists"), ("done", None)]


@pytest.mark.parametrize("damage", [b"x" * 4096, b"SQLite format 3\0" + b"\xff" * 8000], ids=["no database", "pages"])
def test_a_damaged_ledger_stops_a_run_and_says_what_to_do(
    site: Site, out: Path, damage: bytes, capsys: pytest.CaptureFixture[str]
):
    run(out, *site.urls("/a"))
    (out / "ledger.sqlite").write_bytes(damage)

    assert run(out, *site.urls("/a")) == 74
    assert (
        "the ledger is damaged; name another folder, or take it away: then all is done again" in capsys.readouterr().err
    )
    (out / "ledger.sqlite").unlink()
    assert run(out, *site.urls("/a")) == 0


def test_files_of_a_run_whose_ledger_is_lost_are_taken_for_what_they_are(site: Site, out: Path):
    urls = site.urls("/a", "/b")
    run(out, *urls)
    (out / "ledger.sqlite").unlink()
    before = without_ledger(out)
    record = json.loads(before[str(manifest(out)[0]["record"])])
    assert "fetched_at" not in record  # the same page makes the same bytes
    assert run(out, *urls) == 0
    assert without_ledger(out) == before


# 65


def test_a_second_run_in_the_folder_is_told_to_wait(site: Site, out: Path):
    out.mkdir()
    with locked(out):
        assert run(out, *site.urls("/a")) == 75
    assert not site.asked


# 68


def test_a_thousand_times_the_same_url_is_one_fetch(site: Site, out: Path, tmp_path: Path):
    (tmp_path / "list.txt").write_text("".join(f"{site.base}/a#{n}\n" for n in range(1000)), "ascii")
    assert run(out, str(tmp_path / "list.txt")) == 0
    assert site.asked["/a"] == 1
    assert Counter(e["status"] for e in manifest(out)) == {"done": 1, "duplicate": 999}
    assert len({e["file"] for e in manifest(out)}) == 1


# 69


def test_every_bad_line_fails_alone_and_the_run_goes_on(site: Site, out: Path, tmp_path: Path):
    lines = [
        b"\xef\xbb\xbf# ours",
        b"",
        site.base.encode() + b"/a",
        b"not a url",
        site.base.encode() + b"/" + b"x" * 70_000,
    ]
    lines += [b"https://mill.example/\xed\xa0\x80", b"  ", site.base.encode() + b"/b # good"]
    (tmp_path / "list.txt").write_bytes(b"\r\n".join(lines))
    assert run(out, str(tmp_path / "list.txt")) == 1
    assert [(e["status"], e["reason"]) for e in manifest(out)] == [
        ("done", None),
        ("failed", "invalid_url"),
        ("failed", "invalid_url"),
        ("failed", "invalid_url"),
        ("done", None),
    ]


# 70


def test_a_complete_run_done_again_asks_for_nothing_and_writes_the_same(site: Site, out: Path, tmp_path: Path):
    (tmp_path / "list.txt").write_text("\n".join(site.urls("/a", "/gone", "/b", "/a")) + "\nnonsense", "ascii")
    assert run(out, str(tmp_path / "list.txt")) == 1
    before, asked = without_ledger(out), dict(site.asked)
    assert run(out, str(tmp_path / "list.txt")) == 1
    assert (without_ledger(out), dict(site.asked)) == (before, asked)


def test_two_runs_of_a_list_write_the_same_manifest_whatever_comes_first(site: Site, tmp_path: Path):
    urls = site.urls(*(f"/{n}" for n in range(20)), "/gone")
    run(tmp_path / "one", *urls, "--connections", "1")
    run(tmp_path / "many", *urls, "--connections", "8", "--per-host", "8")
    assert without_ledger(tmp_path / "one") == without_ledger(tmp_path / "many")


def test_the_ledger_knows_how_often_a_page_was_asked_for(site: Site, out: Path, capsys: pytest.CaptureFixture[str]):
    run(out, *site.urls("/weir", "/busy/1", "/busy/9", "/gone"), "--attempts", "3")
    with closing(sqlite3.connect(out / "ledger.sqlite")) as db:
        rows = db.execute("SELECT state, attempts FROM item ORDER BY idx").fetchall()
    assert rows == [("done", 1), ("done", 2), ("failed", 3), ("failed", 1)]

    capsys.readouterr()
    main(["status", str(out), "--failed", "--json"])
    assert [json.loads(line)["attempts"] for line in capsys.readouterr().out.splitlines()] == [3, 1]


def test_a_run_with_workers_is_a_run(site: Site, out: Path):
    urls = site.urls("/a", "/b", "/gone")
    assert main(["run", *urls, "-o", str(out), *FLAGS, "--workers", "1"]) == 1
    assert [e["status"] for e in manifest(out)] == ["done", "done", "failed"]
    with sqlite3.connect(out / "ledger.sqlite") as db:
        assert db.execute("SELECT COUNT(*) FROM item").fetchone() == (3,)
    db.close()


def test_a_worker_that_is_killed_while_it_starts_ends_the_run_and_is_told(
    site: Site, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("newsclean.batch.workers.PROGRAM", "import os; os.kill(os.getpid(), 9)")

    assert main(["run", *site.urls("/a"), "-o", str(out), *FLAGS, "--workers", "1"]) == 74
    assert "newsclean: no worker process starts, perhaps for want of memory" in capsys.readouterr().err
    assert run(out, *site.urls("/a")) == 0


def test_a_run_by_https_only_asks_nobody_without_it(site: Site, out: Path, capsys: pytest.CaptureFixture[str]):
    assert run(out, *site.urls("/a"), "--https-only") == 3
    assert [(e["status"], e["reason"]) for e in manifest(out)] == [("failed", "scheme_blocked")]
    assert "only http and https are fetched (here only https)" in capsys.readouterr().err
    assert not site.asked
