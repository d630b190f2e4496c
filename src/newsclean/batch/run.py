"""The batch: inputs in, files and outcomes out. One input's trouble never costs the others; running again goes on.

`upcoming` tells what comes next, `flight` fetches pages and has them worked on, `book` writes down what became of
them, and `loop` turns between the three. Here they are put together.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from newsclean.batch.aside import read_aside
from newsclean.batch.at_hand import files_with_pages
from newsclean.batch.book import Book
from newsclean.batch.fetcher import Fetch
from newsclean.batch.flight import PER_WORKER, Flight, Here
from newsclean.batch.folder import Folder, Records
from newsclean.batch.inputs import read_inputs
from newsclean.batch.ledger import LEDGER, Ledger
from newsclean.batch.listing import list_digest, may_pause
from newsclean.batch.lock import locked
from newsclean.batch.loop import Loop
from newsclean.batch.making import Making
from newsclean.batch.session import ARCHIVE, Source, archive_of
from newsclean.batch.settings import fingerprint
from newsclean.batch.sources import Input
from newsclean.batch.stop import Stop
from newsclean.batch.upcoming import Listed, Stream, Upcoming
from newsclean.batch.warc_in import WarcPages
from newsclean.clean.options import Options
from newsclean.errors import OutputError, UsageError
from newsclean.fetch.policy import DEFAULT_POLICY, FetchPolicy
from newsclean.model import Article, Outcome, Page
from newsclean.output.render import FORMATS
from newsclean.rules import check_folder

if TYPE_CHECKING:
    from newsclean.output.warc import WarcWriter

Outcomes = Generator[Outcome, None, None]


def run(
    inputs: str | Path | Iterable[str | Path | Input],
    out: str | Path,
    *,
    fetch: Fetch | None = None,
    extract: Callable[[Page], Article] | None = None,
    policy: FetchPolicy = DEFAULT_POLICY,
    options: Options | None = None,
    format: str = "txt",  # noqa: A002 - the word of the command line
    records: Records = "each",
    retry_failed: bool = False,
    feeds: Sequence[str] = (),
    from_warc: Sequence[str | Path] = (),
    archive: bool = False,
    refresh: bool = False,
    workers: int | None = None,
    stop: Stop | None = None,
) -> Outcomes:
    """Yield an Outcome for every input as it is done, and write texts, records, the ledger and the manifest.

    What an earlier run into the same folder has done, with the same options and version, is skipped without fetching;
    what failed there stays failed, unless it failed for now (`item.FOR_NOW`). Leaving the loop early stops the
    fetching; the next run goes on from there. For a page that is done again with other options `articles.jsonl` holds
    two lines: the last counts.

    Args:
        inputs: as `read_inputs` takes them, or a single one. What a list or a tuple names is read ahead, and not again
            by a run that goes on; other iterables are pulled as they are needed.
        out: the folder to write to, made if it is missing.
        fetch: takes the place of `AsyncFetcher.fetch`: `await fetch(url)` gives a Page or raises.
        extract: takes the place of `flow.article_of`: gives the Article of a Page or raises; called in this process.
        policy: `max_connections` are fetched at once, `max_per_host` from one host; `max_bytes` bounds saved pages too.
        options: of the cleaning.
        format: of the text files, a key of `FORMATS`.
        records: "each" writes a JSON record beside each text, "one" appends them all to `articles.jsonl`, with the
            name of the text file in `file`, "none" writes none.
        retry_failed: try again what failed in an earlier run.
        feeds: URLs of RSS or Atom feeds and of sitemaps: what they lead to is worked on after `inputs`.
        from_warc: WARC files, and folders of them, that take the place of the network.
        archive: write the pages as they come to `out/archive`, as WARC.
        refresh: do again what is done; of pages in `out/archive` only those are sent that have changed.
        workers: processes that extract, in which a page that hangs or swells costs only itself; by default one for
            each processor; 0 for none but this one, which saves the second that they take to start.
        stop: when it is asked, the run starts nothing more, ends within GRACE_S and leaves the rest to the next.

    Raises:
        UsageError: no such format or records; with `from_warc` nothing can be fetched, archived or refreshed.
        ImportError: archives need newsclean[warc].
        InputError: a file of `inputs` is missing; before anything is done.
        RuleError: a file of the options' rules is wrong; before anything is done.
        FolderBusy: another run is writing to `out`; before anything is done, when the first outcome is asked for.
        OutputError: a result can't be written; the run stops, and what was done stays done.
    """
    if format not in FORMATS or records not in get_args(Records):
        raise UsageError(f"format must be one of {[*FORMATS]}, records one of {get_args(Records)}")
    options, stop = options or Options(), stop or Stop()
    if options.rules:
        check_folder(options.rules)
    if from_warc and (fetch or feeds or archive or refresh):
        raise UsageError("a replay asks no network: there is nothing to fetch, to archive or to refresh")
    inputs = [inputs] if isinstance(inputs, str | Path) else inputs
    read = read_inputs(inputs)
    found: Iterator[Input | None] = read_aside(read) if may_pause(inputs) else read
    if feeds:
        from newsclean.batch.feeds import feed_inputs  # noqa: PLC0415 - loads lxml

        found = chain(found, read_aside(feed_inputs(feeds, policy)))
    source = Source(
        policy,
        fetch,
        WarcPages(from_warc, max_bytes=policy.max_bytes) if from_warc else None,
        tuple(files_with_pages(inputs)) if isinstance(inputs, Sequence) else (),
        Path(out) / ARCHIVE if refresh else None,
    )
    folder = Folder(Path(out), format, records, fingerprint(options))
    folder.make()
    making = Making(folder, options, policy.max_bytes, extract)
    return outcomes(
        lambda ledger: upcoming_of(ledger, None if feeds else list_digest(inputs), found, retry_failed=retry_failed),
        lambda number, writer: flight_of(making, source.session(writer), policy, 0 if extract else workers, number),
        folder,
        stop,
        archive=archive,
        refresh=refresh,
    )


def flight_of(
    making: Making,
    session: AbstractAsyncContextManager[Fetch],
    policy: FetchPolicy,
    workers: int | None,
    number: int | None,
) -> Flight:
    """What fetches and works; the number is as `Flight` takes it."""
    if workers == 0:
        return Flight(session, policy, Here(making), 1, number)
    from newsclean.batch.workers import WorkerPool, usable_processors  # noqa: PLC0415 - not every run has workers

    workers = workers or usable_processors()
    return Flight(session, policy, WorkerPool(making, workers=workers), workers * PER_WORKER, number)


def upcoming_of(ledger: Ledger, digest: str | None, inputs: Iterator[Input | None], *, retry_failed: bool) -> Upcoming:
    """The inputs of a run; a list with a digest goes through the ledger, and is read no further than it must be."""
    complete = ledger.take_list(digest, anew=retry_failed)
    ledger.reopen(failed=retry_failed)
    return Stream(ledger, inputs) if digest is None else Listed(ledger, None if complete else filter(None, inputs))


def outcomes(
    upcoming: Callable[[Ledger], Upcoming],
    flight: Callable[[int | None, WarcWriter | None], Flight],
    folder: Folder,
    stop: Stop,
    *,
    archive: bool = False,
    refresh: bool = False,
) -> Outcomes:
    """Run it all, and leave a manifest however it ends; only a second wish to stop goes without."""
    with locked(folder.path), Ledger(folder.path / LEDGER) as ledger:
        folder.check_room()
        with (
            archive_of(folder.path, wanted=archive) as writer,
            Book(ledger, folder, folder.open_articles(ledger.articles_bytes()), writer, refresh=refresh) as book,
        ):
            book.commit()  # how long the file of records was before the first was added
            try:
                rows = upcoming(ledger)
                # a run that broke off may have written files of rows that it has not committed
                with flight(ledger.run if ledger.all_ended else None, writer) as under_way:
                    yield from Loop(rows, under_way, book, stop).outcomes()
            except BaseException:
                if not stop.at_once:
                    with suppress(OutputError):  # what ended the run is to be told, not what follows from it
                        book.commit()
                        book.export()
                        folder.sweep()
                raise
            if stop.asked or under_way.lost_workers or not ledger.all_ended:
                folder.sweep()
            book.export()
            ledger.end_run()
