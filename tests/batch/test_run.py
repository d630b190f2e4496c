"""A batch does every input once, tells what became of each, and goes on where it was stopped."""

import asyncio
import errno
import itertools
import json
import os
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Never

import pytest

from newsclean.batch import ledger, settings
from newsclean.batch.flight import Here
from newsclean.batch.item import FOR_NOW
from newsclean.batch.loop import COMMIT_ITEMS, LOOK_AHEAD
from newsclean.batch.run import run
from newsclean.clean.options import Options
from newsclean.errors import HostUnavailable, InputError, OutputError, RuleError
from newsclean.fetch.policy import FetchPolicy
from newsclean.model import Article, Block, Cell, Context, Metadata, Page
from newsclean.urls import url_key

A, B, C = (f"https://mill.example/{name}" for name in "abc")
GONE = "https://mill.example/gone"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
TEXT_A = b"Story a\n\nIt rained.\n\nIt stopped.\n"

Write = Callable[[str, bytes], Path]


def name_of(index: int, url: str, suffix: str = ".txt") -> str:
    return f"{index:03d}_{url_key(url)}{suffix}"


def statuses(outcomes: list[Any]) -> list[str]:
    return [o.status for o in outcomes]


@pytest.fixture(autouse=True)
def _no_thread_stays() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) == before


# What is written


def test_each_input_has_a_text_a_record_and_a_line(batch):
    batch.all([A, B])
    assert sorted(batch.files()) == sorted(
        [
            name_of(0, A),
            name_of(0, A, ".json"),
            name_of(1, B),
            name_of(1, B, ".json"),
            "ledger.sqlite",
            "manifest.jsonl",
        ]
    )
    assert batch.files()[name_of(0, A)] == TEXT_A
    assert json.loads(batch.files()[name_of(0, A, ".json")])["title"] == "Story a"


def test_an_outcome_says_what_was_done(batch):
    (done,) = batch.all([A])
    assert (done.index, done.source, done.status, done.path) == (0, A, "done", name_of(0, A))
    assert (done.final_url, done.title, done.words, done.warnings) == (f"{A}?final", "Story a", 4, ())


def test_the_bars_between_a_tables_cells_are_no_words(batch):
    cells = (Context(cell=Cell(1, 0, column)) for column in range(2))
    row = tuple(Block(i, "cell", "Two words", context=context) for i, context in enumerate(cells))
    (done,) = batch.all([A], extract=lambda page: Article(page.url, Metadata(title="Story a"), row))
    assert done.words == 4


def test_the_manifest_says_the_same_sorted_by_index(batch):
    batch.web.pages[GONE] = "wall"
    batch.all([C, GONE, A, "nonsense://", A])
    assert [(e["index"], e["status"], e["file"], e["reason"]) for e in batch.manifest()] == [
        (0, "done", name_of(0, C), None),
        (1, "failed", None, "consent_wall"),
        (2, "done", name_of(2, A), None),
        (3, "failed", None, "scheme_blocked"),
        (4, "duplicate", name_of(2, A), "duplicate"),
    ]


@pytest.mark.parametrize(
    ("form", "expected"),
    [("txt", TEXT_A), ("md", b"# Story a\n\nIt rained.\n\nIt stopped.\n")],
)
def test_the_format_is_the_suffix(batch, form: str, expected: bytes):
    batch.all([A], format=form)
    assert batch.files()[name_of(0, A, f".{form}")] == expected


def test_json_texts_are_their_own_records(batch):
    batch.all([A], format="json")
    assert sorted(batch.files()) == [name_of(0, A, ".json"), "ledger.sqlite", "manifest.jsonl"]
    assert batch.manifest()[0]["record"] == name_of(0, A, ".json")
    assert statuses(batch.all([A], format="json")) == ["skipped"]


def test_all_records_go_to_one_file_if_asked(batch):
    batch.all([A, B], records="one")
    lines = [json.loads(line) for line in batch.files()["articles.jsonl"].splitlines()]
    assert {line["file"]: line["title"] for line in lines} == {name_of(0, A): "Story a", name_of(1, B): "Story b"}
    assert sorted(batch.files()) == sorted(
        [name_of(0, A), name_of(1, B), "articles.jsonl", "ledger.sqlite", "manifest.jsonl"]
    )


def test_no_records_if_asked(batch):
    batch.all([A], records="none")
    assert sorted(batch.files()) == [name_of(0, A), "ledger.sqlite", "manifest.jsonl"]


def test_saved_pages_need_no_fetching(batch, write: Write):
    write("saved/a.html", b"Weir\nIt rained.")
    (done,) = batch.all([str(write("saved/a.html", b"Weir\nIt rained.").parent)])
    assert (done.status, done.title, batch.web.asked) == ("done", "Weir", {})


def test_a_letter_that_no_file_can_hold_does_not_cost_the_article(batch):
    blocks = (Block(0, "paragraph", "It rained\ud800."),)
    outcomes = batch.all([A], extract=lambda page: Article(page.url, Metadata(title="Weir"), blocks))
    assert statuses(outcomes) == ["done"]
    assert batch.files()[name_of(0, A)] == b"Weir\n\nIt rained?.\n"


def test_by_default_a_page_is_extracted_and_cleaned(tmp_path: Path, write: Write):
    paragraphs = [f"The {day} shift found the weir gate shut and the mill pond full to the brim again." for day in DAYS]
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    page = write("weir.html", f"<html><title>Weir shut</title><article><h1>Weir shut</h1>{body}</article>".encode())
    (done,) = run([str(page)], tmp_path / "out", workers=0)
    assert (done.status, done.title) == ("done", "Weir shut")
    text = (tmp_path / "out" / str(done.path)).read_text("utf-8")
    assert text == "\n\n".join(["Weir shut", *paragraphs]) + "\n"


def test_by_default_pages_are_fetched_from_the_network(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]  # closed again when it is asked for
    policy = FetchPolicy(attempts=1, max_connections=2, allow_private=("127.0.0.0/8",))
    (failed,) = run([f"http://127.0.0.1:{port}/"], tmp_path / "out", policy=policy, workers=0)
    assert (failed.status, failed.reason) == ("failed", "connect_error")


# One failure never costs the others


@pytest.mark.parametrize(
    ("page", "reason", "said"),
    [
        (None, "http_4xx", "HTTP 404"),
        ("wall", "consent_wall", "asks for consent"),
        ("bug", "internal_error", "ZeroDivisionError: no drops in the weir"),
    ],
    ids=["fetch", "article", "defect"],
)
def test_a_failure_has_its_reason_and_the_others_are_done(batch, page: str | None, reason: str, said: str):
    if page:
        batch.web.pages[GONE] = page
    outcomes = batch.all([A, GONE, B])
    assert statuses(outcomes) == ["done", "failed", "done"]
    assert (outcomes[1].reason, outcomes[1].path) == (reason, None)
    assert said in outcomes[1].message


def test_a_defect_is_logged_with_its_traceback(batch, caplog: pytest.LogCaptureFixture):
    batch.web.pages[A] = "bug"
    batch.all([A])
    assert "Traceback" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_fetch_that_breaks_is_one_failure(batch):
    async def fetch(url: str) -> Page:
        if url == B:
            raise KeyError("cookie")
        return await batch.web.fetch(url)

    outcomes = batch.all([A, B, C], fetch=fetch)
    assert [(o.status, o.reason) for o in outcomes] == [("done", None), ("failed", "internal_error"), ("done", None)]


def test_a_fetch_that_is_cancelled_inside_is_one_failure(batch):
    async def fetch(url: str) -> Page:
        if url == B:
            raise asyncio.CancelledError
        return await batch.web.fetch(url)

    assert statuses(batch.all([A, B, C], fetch=fetch)) == ["done", "failed", "done"]


def test_a_fetch_that_ends_the_program_ends_the_run(batch):
    async def fetch(_: str) -> Never:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        batch.all([A, B, C], fetch=fetch)


def test_a_page_that_vanishes_before_its_turn_is_one_failure(batch, write: Write):
    first, second = write("a.html", b"Weir\nIt rained."), write("b.html", b"Mill\nIt stood.")
    outcomes = batch.run([str(first), str(second)])
    second.unlink()
    assert [(o.status, o.reason) for o in outcomes] == [("done", None), ("failed", "missing_file")]


# Duplicates


def test_a_duplicate_is_fetched_once_and_names_the_first_file(batch):
    outcomes = batch.all([A, B, f"{A}#comments", A.upper().replace("/A", "/a")])
    assert statuses(outcomes) == ["done", "done", "duplicate", "duplicate"]
    assert (outcomes[2].path, outcomes[3].path) == (name_of(0, A), name_of(0, A))
    assert outcomes[2].message == batch.manifest()[2]["message"] == "the same URL stands further up in the input"
    assert batch.web.asked == {A: 1, B: 1}


def test_a_duplicate_of_a_failure_names_no_file(batch):
    outcomes = batch.all([GONE, GONE])
    assert [(o.status, o.path) for o in outcomes] == [("failed", None), ("duplicate", None)]
    assert batch.web.asked == {GONE: 1}


def test_the_same_saved_page_twice_is_a_duplicate(batch, write: Write):
    pages = [str(write(f"{n}.html", b"Weir\nIt rained.")) for n in "ab"]
    assert statuses(batch.all(pages)) == ["done", "duplicate"]


# Running again


def test_running_again_fetches_nothing_and_changes_nothing(batch):
    inputs = [A, B, "nonsense://", A]
    batch.all(inputs)
    before, asked = batch.files(), dict(batch.web.asked)
    assert statuses(batch.all(inputs)) == ["skipped", "skipped", "failed", "duplicate"]
    assert (batch.files() | {"ledger.sqlite": b""}, batch.web.asked) == (before | {"ledger.sqlite": b""}, asked)


def test_a_skipped_input_is_reported_with_what_is_known_of_it(batch):
    (done,) = batch.all([A])
    (skipped,) = batch.all([A])
    assert (skipped.path, skipped.title, skipped.words) == (done.path, done.title, done.words)


def test_a_failure_is_tried_again_if_asked(batch):
    batch.all([A, B, GONE])
    batch.web.pages[GONE] = "Found\nIt was there."
    assert statuses(batch.all([A, B, GONE], retry_failed=True)) == ["skipped", "skipped", "done"]
    assert [e["status"] for e in batch.manifest()] == ["done"] * 3


def test_a_failure_is_not_tried_again_unasked(batch):
    batch.all([GONE])
    (again,) = batch.all([GONE])
    assert (again.status, again.reason, batch.web.asked[GONE]) == ("failed", "http_4xx", 1)


@pytest.mark.parametrize("reason", sorted(FOR_NOW))
def test_what_failed_only_for_now_is_tried_again_unasked(batch, reason: str):
    async def closed(url: str) -> Page:
        raise HostUnavailable(reason=reason, url=url)

    (failed,) = batch.all([A], fetch=closed)
    assert (failed.status, batch.manifest()[0]["reason"]) == ("failed", reason)
    assert statuses(batch.all([A])) == ["done"]


def test_what_stands_from_an_earlier_run_says_so(batch):
    first = batch.all([A, GONE, "nonsense://"])
    again = batch.all([A, GONE, "nonsense://"])
    assert [o.earlier for o in first] == [False, False, False]
    assert {o.source: o.earlier for o in again} == {A: True, GONE: True, "nonsense://": False}


def test_a_page_that_a_list_names_and_that_is_there_by_now_is_tried_again_if_asked(batch, tmp_path: Path):
    (tmp_path / "list.jsonl").write_text('{"file": "late.html"}\n', "utf-8")
    assert statuses(batch.all([tmp_path / "list.jsonl"])) == ["failed"]
    (tmp_path / "late.html").write_text("<title>Late</title><p>It is here now.", "utf-8")
    assert statuses(batch.all([tmp_path / "list.jsonl"])) == ["failed"]
    assert statuses(batch.all([tmp_path / "list.jsonl"], retry_failed=True)) == ["done"]
    assert len(batch.manifest()) == 1


def test_a_line_that_is_no_url_is_never_tried_again(batch):
    batch.all(["nonsense://"])
    assert statuses(batch.all(["nonsense://"], retry_failed=True)) == ["failed"]


@pytest.mark.parametrize("suffix", [".txt", ".json"])
def test_an_input_whose_file_is_gone_is_done_again(batch, suffix: str):
    batch.all([A, B])
    (batch.out / name_of(0, A, suffix)).unlink()
    assert statuses(batch.all([A, B])) == ["done", "skipped"]
    assert (batch.out / name_of(0, A, suffix)).exists()


@pytest.mark.parametrize("switches", [{"format": "md"}, {"records": "each"}], ids=["format", "records"])
def test_what_an_earlier_run_did_otherwise_is_done_again(batch, switches: dict[str, Any]):
    batch.all([A], records="none")
    assert statuses(batch.all([A], **({"records": "none"} | switches))) == ["done"]


@pytest.mark.parametrize("records", ["each", "one"])
def test_records_that_are_no_longer_wanted_stay_and_cost_no_fetch(batch, records: str):
    batch.all([A], records=records)
    before = batch.manifest()
    assert statuses(batch.all([A], records="none")) == ["skipped"]
    assert batch.manifest() == before
    assert (batch.out / before[0]["record"]).exists()


@pytest.mark.parametrize(
    "options",
    [Options(keep=frozenset({"credits"})), Options(drop=frozenset({"lists"})), Options(repair_mojibake=True)],
    ids=["keep", "drop", "mojibake"],
)
def test_what_was_cleaned_with_other_options_is_done_again(batch, options: Options):
    batch.all([A])
    assert statuses(batch.all([A], options=options)) == ["done"]
    assert statuses(batch.all([A], options=options)) == ["skipped"]


def test_what_was_cleaned_with_other_rules_is_done_again(batch, write: Write):
    phrase = b"[[phrase]]\nid = '%s'\nscope = 'line'\npattern = 'x'\nhits = ['x']\nmisses = ['y']"
    rules = Options(rules=write("rules/mill.example.toml", phrase % b"a").parent)
    assert statuses(batch.all([A], options=rules) + batch.all([A], options=rules)) == ["done", "skipped"]
    write("rules/mill.example.toml", phrase % b"b")
    assert statuses(batch.all([A], options=rules)) == ["done"]


def test_what_another_version_did_is_done_again(batch, monkeypatch: pytest.MonkeyPatch):
    batch.all([A])
    monkeypatch.setattr(settings, "version", lambda _: "0.0.1")
    assert statuses(batch.all([A])) == ["done"]


def test_wrong_rules_are_told_before_anything_is_done(batch, write: Write):
    folder = write("rules/mill.example.toml", b"phrase = 5").parent
    with pytest.raises(RuleError):
        batch.run([A], options=Options(rules=folder))
    assert not batch.out.exists()


@pytest.mark.parametrize("suffix", [".txt", ".json"])
def test_an_input_whose_file_is_empty_is_done_again(batch, suffix: str):
    batch.all([A, B])
    (batch.out / name_of(0, A, suffix)).write_bytes(b"")
    assert statuses(batch.all([A, B])) == ["done", "skipped"]


def test_an_article_that_is_not_in_the_file_of_records_is_done_again(batch):
    batch.all([A], records="none")
    batch.all([B], records="one")
    assert statuses(batch.all([A, B], records="one")) == ["done", "skipped"]


def test_a_list_with_a_new_first_line_skips_what_moved(batch):
    batch.all([A, B])
    assert statuses(batch.all([C, A, B])) == ["done", "skipped", "skipped"]
    assert [(e["index"], e["file"]) for e in batch.manifest()] == [
        (0, name_of(0, C)),
        (1, name_of(0, A)),
        (2, name_of(1, B)),
    ]


def test_a_manifest_that_is_lost_is_written_anew(batch):
    batch.all([A, B, C])
    before = batch.files()["manifest.jsonl"]
    (batch.out / "manifest.jsonl").unlink()
    assert statuses(batch.all([A, B, C])) == ["skipped"] * 3
    assert batch.files()["manifest.jsonl"] == before


def test_records_in_one_file_go_on_after_half_a_line(batch):
    batch.all([A], records="one")
    path = batch.out / "articles.jsonl"
    path.write_bytes(path.read_bytes() + b'{"file": "00')
    batch.all([A, B], records="one")
    assert [json.loads(line)["title"] for line in path.read_bytes().splitlines()] == ["Story a", "Story b"]


# Stopping


def test_leaving_early_stops_fetching_and_the_next_run_goes_on(batch):
    outcomes = batch.run([A, B, C], policy=FetchPolicy(max_connections=1))
    first = next(outcomes)
    outcomes.close()
    assert first.source in (done := [e["source"] for e in batch.manifest()])
    assert sorted(statuses(batch.all([A, B, C]))) == ["done"] * (3 - len(done)) + ["skipped"] * len(done)


def test_breaking_out_of_the_loop_cancels_the_fetches_underway(batch):
    cancelled = []

    async def fetch(url: str) -> Page:
        if url == A:
            return await batch.web.fetch(url)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(url)
            raise
        raise AssertionError("nobody sets the event")

    for _ in batch.run([B, C, A], fetch=fetch):
        break
    assert sorted(cancelled) == [B, C]


def test_a_fetch_that_turns_its_cancellation_into_an_error_does_not_hold_the_run(batch):
    async def fetch(url: str) -> Page:
        if url == A:
            return await batch.web.fetch(url)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise OSError("connection lost") from None
        raise AssertionError("nobody sets the event")

    outcomes = batch.run([B, A], fetch=fetch)
    assert next(outcomes).source == A
    outcomes.close()


def test_an_interrupt_while_extracting_leaves_a_folder_to_go_on_from(batch):
    def interrupted(page: Page) -> Article:
        if page.url == B:
            raise KeyboardInterrupt
        return Article(page.url, Metadata(title="Weir"), ())

    with pytest.raises(KeyboardInterrupt):
        batch.all([A, B, C], extract=interrupted, policy=FetchPolicy(max_connections=1))
    assert statuses(batch.all([A, B, C])) == ["skipped", "done", "done"]


def test_an_input_that_cannot_be_listed_ends_the_run_cleanly(batch):
    def broken() -> Iterator[str]:
        yield A
        raise ConnectionError("the queue is gone")

    with pytest.raises(ConnectionError):
        batch.all(broken())


def failing_for(suffix: str, number: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """`os.replace` that fails for files of this name."""

    def replace(source: Path, target: Path) -> Any:
        if str(target).endswith(suffix):
            raise OSError(number, os.strerror(number))
        return real(source, target)

    return replace


@pytest.mark.parametrize("full", ["_text", "_record"])
def test_a_full_disk_stops_the_run_and_keeps_what_was_done(batch, monkeypatch: pytest.MonkeyPatch, full: str):
    suffix = name_of(1, B, ".txt" if full == "_text" else ".json")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing_for(suffix, errno.ENOSPC, Path.replace))
        with pytest.raises(OutputError) as caught:
            batch.all([A, B, C], policy=FetchPolicy(max_connections=1))
    assert caught.value.reason == "disk_full"
    assert [e["source"] for e in batch.manifest()] == [A]
    assert not [name for name in batch.files() if name.endswith(".tmp")]
    assert statuses(batch.all([A, B, C])) == ["skipped", "done", "done"]


def test_a_disk_that_fills_up_with_the_last_sorting_loses_nothing(batch, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing_for("manifest.jsonl", errno.ENOSPC, Path.replace))
        with pytest.raises(OutputError):
            batch.all([A, B])
    assert statuses(batch.all([A, B])) == ["skipped", "skipped"]


@pytest.mark.parametrize(
    ("switches", "names"),
    [({}, [".txt", ".json"]), ({"format": "json"}, [".json"]), ({"records": "one"}, [".txt"])],
    ids=["each", "json", "one"],
)
def test_files_and_their_names_are_on_the_disk_before_the_ledger_says_so(
    batch, monkeypatch: pytest.MonkeyPatch, switches: dict[str, Any], names: list[str]
):
    """A power cut can't be had in a test, but the order of what must outlive it can."""
    order = []
    fsync, replace, commit = os.fsync, Path.replace, ledger.Ledger.commit

    def synced(fd: int) -> None:
        order.append(f"sync {Path(f'/proc/self/fd/{fd}').readlink().name}")
        fsync(fd)

    def renamed(source: Path, target: Path) -> Path:
        order.append(f"rename {target.name}")
        return replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    monkeypatch.setattr(ledger.Ledger, "commit", lambda s, size: (order.append("commit"), commit(s, size))[1])
    batch.all([A], **switches)

    files = [name_of(0, A, suffix) for suffix in names]
    begun = order.index("commit") + 1  # that of an empty folder
    assert order[begun : order.index("commit", begun) + 1] == [
        *(step for name in files for step in (f"sync .{name}.{os.getpid()}.tmp", f"rename {name}")),
        *(["sync articles.jsonl"] if switches.get("records") == "one" else []),
        "sync out",
        "commit",
    ]


def test_an_outcome_is_in_the_ledger_before_it_is_told(batch):
    for outcome in batch.run([A, B, GONE]):
        with sqlite3.connect(f"file:{batch.out / 'ledger.sqlite'}?mode=ro", uri=True) as db:
            state = db.execute("SELECT state FROM item WHERE idx = ?", (outcome.index,)).fetchone()
        db.close()
        assert state == (outcome.status,)


@pytest.mark.parametrize(
    ("below", "said"), [("", "this is a file"), ("below", "this lies below a file")], ids=["file", "below-a-file"]
)
def test_an_output_folder_that_is_a_file_is_told_as_such(batch, write: Write, below: str, said: str):
    batch.out = write("out", b"in the way") / below
    with pytest.raises(OutputError, match=f"{said}, and results go to a folder"):
        batch.run([A])


def test_a_missing_list_is_told_before_anything_is_done(batch):
    with pytest.raises(InputError):
        batch.run([A, "missing.txt"])
    assert not batch.out.exists()


@pytest.mark.parametrize("switches", [{"format": "pdf"}, {"records": "some"}])
def test_a_switch_that_is_none_is_told_at_once(batch, switches: dict[str, str]):
    with pytest.raises(ValueError, match="must be one of"):
        batch.run([A], **switches)


# Side by side


def test_no_more_fetches_run_than_the_policy_allows(batch):
    urls = [f"https://mill.example/{n}" for n in range(40)]
    batch.web.meet = 3
    batch.all(urls, policy=FetchPolicy(max_connections=3, max_per_host=3))
    assert batch.web.most_at_once == 3


def test_outcomes_come_as_they_are_done(batch):
    release = asyncio.Event()

    async def fetch(url: str) -> Page:
        if url == A:
            await release.wait()
        else:
            release.set()
        return await batch.web.fetch(url)

    assert [o.source for o in batch.run([A, B], fetch=fetch)] == [B, A]


def test_an_endless_input_is_pulled_only_as_far_as_needed(batch):
    pulled = itertools.count()
    urls = (f"https://mill{next(pulled)}.example/" for _ in itertools.repeat(None))
    outcomes = batch.run(urls, policy=FetchPolicy(max_connections=4))
    for _ in range(20):
        next(outcomes)
    assert next(pulled) <= 20 + 2 * 4 + COMMIT_ITEMS
    outcomes.close()


def test_endless_duplicates_of_a_slow_page_wait_with_it(batch):
    pulled = itertools.count()
    release = threading.Event()

    async def fetch(url: str) -> Page:
        await asyncio.to_thread(release.wait)
        return await batch.web.fetch(url)

    def same() -> Iterator[str]:
        for n in pulled:
            if n == LOOK_AHEAD - 1:
                release.set()
            yield A

    outcomes = batch.run(same(), fetch=fetch)
    assert [next(outcomes).status for _ in range(LOOK_AHEAD)] == ["done"] + ["duplicate"] * (LOOK_AHEAD - 1)
    assert next(pulled) <= LOOK_AHEAD + COMMIT_ITEMS
    outcomes.close()


def test_a_host_that_hangs_does_not_hold_up_the_others(batch):
    async def fetch(url: str) -> Page:
        if "slow" in url:
            await asyncio.Event().wait()
        return await batch.web.fetch(url)

    slow = [f"https://slow.example/{n}" for n in range(70)]
    outcomes = batch.run([*slow, A, B, C], fetch=fetch, policy=FetchPolicy(max_connections=4, max_per_host=2))
    assert {next(outcomes).source for _ in range(3)} == {A, B, C}
    outcomes.close()


def test_no_host_gets_more_fetches_than_the_policy_allows(batch):
    urls = [f"https://mill.example/{n}" for n in range(20)]
    batch.web.meet = 2
    batch.all(urls, policy=FetchPolicy(max_connections=9, max_per_host=2))
    assert batch.web.most_at_once == 2
    assert batch.web.asked.total() == 20


def test_an_endless_list_of_one_host_is_looked_at_only_so_far(batch):
    pulled = itertools.count()
    urls = (f"https://mill.example/{next(pulled)}" for _ in itertools.repeat(None))
    outcomes = batch.run(urls, policy=FetchPolicy(max_per_host=1))
    for _ in range(20):
        next(outcomes)
    assert next(pulled) <= 20 + LOOK_AHEAD + COMMIT_ITEMS
    outcomes.close()


def test_nothing_is_fetched_before_the_first_outcome_is_asked_for(batch):
    run([A], batch.out, fetch=batch.web.fetch, extract=lambda page: page)  # type: ignore[arg-type,return-value]
    assert not batch.web.asked


def test_a_batch_within_a_running_loop_works(batch):
    async def caller() -> list[str]:
        return statuses(batch.all([A, B]))

    assert asyncio.run(caller()) == ["done", "done"]


def test_what_a_lost_worker_left_half_written_is_taken_away_though_another_did_its_task(
    batch, monkeypatch: pytest.MonkeyPatch
):
    left = f".{name_of(0, A)}.4711.tmp"

    async def fetch(url: str) -> Page:
        (batch.out / left).touch()
        return await batch.web.fetch(url)

    monkeypatch.setattr(Here, "lost", True)
    assert statuses(batch.all([A], fetch=fetch)) == ["done"]
    assert left not in batch.files()
