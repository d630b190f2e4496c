"""`newsclean status` reads where a run stands, while it goes on and afterwards, and never writes."""

import json
import os
import re
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from newsclean.batch import lock
from newsclean.batch.inputs import url_input
from newsclean.batch.ledger import Ledger
from newsclean.batch.lock import locked
from newsclean.batch.standing import read_standing
from newsclean.batch.upcoming import Listed
from newsclean.cli import ALL_FAILED, CANNOT_WRITE, main
from newsclean.commands.progress import Progress, Tally
from newsclean.model import Outcome

URLS = [f"https://{host}.example/{n}" for n in range(3) for host in ("mill", "weir")]

ROW = re.compile(r"^\| ((?:`\w+`(?:, )?)+) \|", re.MULTILINE)


@pytest.fixture
def ledger(tmp_path: Path):
    """Of a run that goes on: one article, three failures, one of them for now, the rest to do."""
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.take_list("list")
        rows = Listed(ledger, map(url_input, [*URLS, URLS[0]]))
        while rows.ahead():
            pass
        done, late, gone, missing, *_ = ledger.pending(-1, 9)
        ledger.settle(replace(done, state="done", file="0.txt"))
        ledger.settle(replace(late, state="deferred", reason="host_unavailable", message="left alone", attempts=2))
        ledger.settle(replace(gone, state="failed", reason="http_4xx", message="HTTP 404"))
        ledger.settle(replace(missing, state="failed", reason="http_410", message="HTTP 410"))
        ledger.commit()
        yield ledger


def test_status_tells_where_a_run_stands_while_it_goes_on(ledger: Ledger, tmp_path: Path, capsys):
    assert main(["status", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "7 inputs: 1 done, 2 failed, 1 failed for now, 1 duplicate, 2 to do" in said
    assert "failed: 1 host_unavailable, 1 http_410, 1 http_4xx" in said
    assert "hosts with most failures: weir.example 2, mill.example 1" in said
    assert said.endswith("to go on, run the same command again\n")


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("running", "told"),
    [
        (True, "goes on"),
        (False, "has not ended: it was killed or broke off"),
        (None, "has not ended: it goes on, was killed or broke off"),
    ],
)
def test_status_tells_a_run_that_goes_on_from_one_that_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys, running: bool | None, told: str
):
    pytest.importorskip("fcntl")
    if running is None:
        monkeypatch.setattr(lock, "fcntl", None)
    with locked(tmp_path) if running else nullcontext():
        main(["status", str(tmp_path)])
        said = capsys.readouterr().out
        main(["status", str(tmp_path), "--json"])
    assert f", {told}\n" in said
    assert ("run the same command again" in said) is (not running)
    assert json.loads(capsys.readouterr().out)["running"] is running


@pytest.mark.parametrize("held", [(True, False), (False, True)], ids=["ends", "begins"])
def test_a_run_that_begins_or_ends_just_then_was_not_killed(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: tuple[bool, bool]
):
    answers = iter(held)
    monkeypatch.setattr("newsclean.batch.standing.is_held", lambda _: next(answers))
    assert read_standing(tmp_path).running is True


def test_status_of_a_run_that_has_ended_says_when(ledger: Ledger, tmp_path: Path, capsys):
    ledger.end_run()
    ledger.close()
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert main(["status", str(tmp_path)]) == 0
    assert "ended 20" in capsys.readouterr().out
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_status_of_a_single_input_is_not_in_the_plural(tmp_path: Path, capsys):
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.add(0, url_input(URLS[0]))
        ledger.commit()
    main(["status", str(tmp_path)])
    assert ": 1 input read so far: 1 to do\n" in capsys.readouterr().out


def test_status_lists_failures_as_a_table_or_as_json(ledger: Ledger, tmp_path: Path, capsys):
    main(["status", str(tmp_path), "--failed"])
    assert capsys.readouterr().out.splitlines() == [
        f"{URLS[1]}\thost_unavailable",
        f"{URLS[2]}\thttp_4xx",
        f"{URLS[3]}\thttp_410",
    ]
    main(["status", str(tmp_path), "--failed", "--json"])
    first, *_ = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {
        "index": 1,
        "source": URLS[1],
        "reason": "host_unavailable",
        "message": "left alone",
        "attempts": 2,
    }


def test_status_tells_texts_of_other_lists_apart(ledger: Ledger, tmp_path: Path, capsys):
    main(["status", str(tmp_path)])
    assert "other lists" not in capsys.readouterr().out
    ledger.take_list("another")
    main(["status", str(tmp_path)])
    assert "beside these, texts of other lists: 1" in capsys.readouterr().out


def test_status_as_json_has_the_numbers(ledger: Ledger, tmp_path: Path, capsys):
    main(["status", str(tmp_path), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["states"] == {"deferred": 1, "done": 1, "duplicate": 1, "failed": 2, "pending": 2}
    assert (told["run"], told["complete"], told["ended"]) == (1, True, None)


def test_the_documented_keys_of_status_are_the_real_ones(ledger: Ledger, tmp_path: Path, capsys):
    watching = (Path(__file__).parents[1] / "docs" / "batch.md").read_text("utf-8").split("## Watching")[1]
    main(["status", str(tmp_path), "--json"])
    keys = [*json.loads(capsys.readouterr().out)]
    assert [key for row in ROW.findall(watching) for key in re.findall(r"\w+", row)] == keys
    main(["status", str(tmp_path), "--failed", "--json"])
    keys = [*json.loads(capsys.readouterr().out.splitlines()[0])]
    assert f"an object a line, with {', '.join(f'`{key}`' for key in keys)} (" in " ".join(watching.split())


@pytest.mark.parametrize("what", ["nothing", "no-ledger", "empty-ledger"])
def test_status_of_what_is_no_run_is_an_error(tmp_path: Path, what: str, capsys):
    if what == "no-ledger":
        (tmp_path / "ledger.sqlite").write_bytes(b"my notes" * 1000)
    if what == "empty-ledger":
        (tmp_path / "ledger.sqlite").write_bytes(b"")
    assert main(["status", str(tmp_path)]) == (2 if what == "nothing" else 3)
    assert "ledger.sqlite" in (said := capsys.readouterr().err)
    assert "no such table" not in said


# What a run tells while it goes on


def outcome(host: str, status: str = "done", took_s: float = 0.0) -> Outcome:
    reason = "http_4xx" if status == "failed" else None
    return Outcome(0, f"https://{host}/", status, reason=reason, took_s=took_s)  # type: ignore[arg-type]


def test_progress_tells_rate_time_left_and_the_slowest_hosts():
    tally, progress = Tally(), Progress(quiet=True)
    progress.know((50, 40), tally)
    for told in (
        outcome("mill.example", took_s=0.1),
        outcome("weir.example", "failed", 9.0),
        outcome("a.b", "skipped"),
    ):
        tally.add(told)
    line = progress.line(tally, 4.0)
    assert line == "3 of 50 inputs, 1 done, 1 skipped, 1 failed, 0.5/s, 76 s left, slowest weir.example 9.0 s"


def test_why_a_page_could_not_be_done_again_is_counted():
    tally = Tally()
    for reason in ("http_4xx", None):
        tally.add(replace(outcome("mill.example", "skipped"), reason=reason, path="000.txt"))
    assert (tally.why(), tally.without_text) == ("1 http_4xx", 0)


def test_the_times_of_very_many_hosts_are_forgotten_but_for_the_slowest(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("newsclean.commands.progress.MOST_HOSTS", 10)
    tally = Tally()
    for n in range(100):
        tally.add(outcome(f"h{n}.example", took_s=100 - n))
    assert len(tally._times) <= 10
    assert tally.slowest().startswith("h0.example 100.0 s, h1.example 99.0 s")


@pytest.mark.parametrize(("share", "status"), [("0.4", 3), ("0.5", 1), ("1", 1)])
def test_more_failures_than_allowed_are_a_failure_of_the_whole(tmp_path: Path, share: str, status: int):
    text = "".join(f"<p>The {n} shift found the weir gate shut and the mill pond full again.</p>" for n in "abcdef")
    (tmp_path / "a.html").write_text(f"<html><title>Weir</title><article>{text}</article></html>", "utf-8")
    (tmp_path / "b.html").write_text("<html></html>", "utf-8")
    pages = [str(tmp_path / name) for name in ("a.html", "b.html")]
    assert main(["run", *pages, "-o", str(tmp_path / "out"), "-q", "--workers", "0", "--max-fail", share]) == status


@pytest.mark.parametrize("share", ["-1", "1.5", "many"])
def test_a_share_is_between_nothing_and_all(share: str):
    with pytest.raises(SystemExit):
        main(["run", "urls.txt", "-o", "out", "--max-fail", share])


def test_the_log_says_what_became_of_each_input(tmp_path: Path):
    (tmp_path / "b.html").write_text("<html></html>", "utf-8")
    command = ["run", str(tmp_path / "b.html"), "-o", str(tmp_path / "out"), "-q", "--workers", "0"]
    main([*command, "--log-json", str(tmp_path / "log")])
    begin, told, end = map(json.loads, (tmp_path / "log").read_text("ascii").splitlines())
    assert (begin["event"], end["event"], end["reasons"]) == ("begin", "end", {"empty_page": 1})
    assert (told["event"], told["status"], told["reason"], told["index"]) == ("outcome", "failed", "empty_page", 0)


def test_the_log_can_go_nowhere(tmp_path: Path):
    (tmp_path / "b.html").write_text("<html></html>", "utf-8")
    command = ["run", str(tmp_path / "b.html"), "-o", str(tmp_path / "out"), "-q", "--workers", "0"]
    assert main([*command, "--log-json", "/dev/null"]) == ALL_FAILED


def test_the_log_can_go_to_a_pipe(tmp_path: Path):
    (tmp_path / "b.html").write_text("<html></html>", "utf-8")
    os.mkfifo(tmp_path / "log")
    reader = os.open(tmp_path / "log", os.O_RDONLY | os.O_NONBLOCK)
    command = ["run", str(tmp_path / "b.html"), "-o", str(tmp_path / "out"), "-q", "--workers", "0"]
    assert main([*command, "--log-json", str(tmp_path / "log")]) == ALL_FAILED
    events = [json.loads(line)["event"] for line in os.read(reader, 65_536).splitlines()]
    os.close(reader)
    assert events == ["begin", "outcome", "end"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_log_that_takes_nothing_ends_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "b.html").write_text("<html></html>", "utf-8")
    command = ["run", str(tmp_path / "b.html"), "-o", str(tmp_path / "out"), "-q", "--workers", "0"]
    assert main([*command, "--log-json", "/dev/full"]) == CANNOT_WRITE
    assert "/dev/full: the disk is full" in capsys.readouterr().err
