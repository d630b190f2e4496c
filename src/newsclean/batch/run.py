"""The batch: inputs in, files and outcomes out. One input's trouble never costs the others; running again goes on.

Pages are fetched in a background thread; reading, extracting, cleaning and writing happen in the caller's, between two
outcomes. However long the input is, at most twice `max_connections` pages are held at a time, and at most LOOK_AHEAD
inputs wait while their hosts are busy.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import get_args

from newsclean.batch.fetching import Fetch, Fetching
from newsclean.batch.folder import MANIFEST, Folder, Records
from newsclean.batch.inputs import Input, read_inputs
from newsclean.batch.lock import locked
from newsclean.batch.manifest import Entry, Manifest
from newsclean.batch.saved import load_page
from newsclean.batch.settings import fingerprint
from newsclean.clean.options import Options
from newsclean.errors import REASONS, NewscleanError
from newsclean.fetch.policy import DEFAULT_POLICY, FetchPolicy
from newsclean.flow import article_of
from newsclean.model import Article, Outcome, Page
from newsclean.output.render import FORMATS
from newsclean.output.store import LineFile
from newsclean.rules import check_folder

log = logging.getLogger(__name__)
LOOK_AHEAD = 1000  # inputs; enough to get past a host's share of a list that is sorted by host, some 300 KB

Outcomes = Generator[Outcome, None, None]


def run(
    inputs: Iterable[str | Path | Input],
    out: str | Path,
    *,
    fetch: Fetch | None = None,
    extract: Callable[[Page], Article] | None = None,
    policy: FetchPolicy = DEFAULT_POLICY,
    options: Options | None = None,
    format: str = "txt",  # noqa: A002 - the word of the command line
    records: Records = "each",
    retry_failed: bool = True,
) -> Outcomes:
    """Yield an Outcome for every input as it is done, and write texts, records and the manifest.

    What an earlier run into the same folder has done, with the same options and version, is skipped without fetching.
    Leaving the loop early stops the fetching; the next run goes on from there. For a page that is done again
    `articles.jsonl` holds two lines: the last counts.

    Args:
        inputs: as `read_inputs` takes them; pulled as they are needed.
        out: the folder to write to, made if it is missing.
        fetch: takes the place of `AsyncFetcher.fetch`: `await fetch(url)` gives a Page or raises.
        extract: takes the place of `flow.article_of`: gives the Article of a Page or raises.
        policy: `max_connections` are fetched at once, `max_per_host` from one host; `max_bytes` bounds saved pages too.
        options: of the cleaning.
        format: of the text files, a key of `FORMATS`.
        records: "each" writes a JSON record beside each text, "one" appends them all to `articles.jsonl`, with the
            name of the text file in `file`.
        retry_failed: try again what failed in an earlier run.

    Raises:
        ValueError: no such format or records.
        InputError: a file of `inputs` is missing; before anything is done.
        RuleError: a file of the options' rules is wrong; before anything is done.
        FolderBusy: another run is writing to `out`; before anything is done, when the first outcome is asked for.
        OutputError: a result can't be written; the run stops, and what was done stays done.
    """
    if format not in FORMATS or records not in get_args(Records):
        raise ValueError(f"format must be one of {[*FORMATS]}, records one of {get_args(Records)}")
    options = options or Options()
    if options.rules:
        check_folder(options.rules)
    found = read_inputs(inputs)
    folder = Folder(Path(out), format, records, fingerprint(options))
    folder.make()
    batch = _Batch(folder, extract or partial(article_of, options=options), policy, retry_failed)
    return batch.outcomes(found, Fetching(_session(fetch, policy), policy.max_connections, policy.max_per_host))


@asynccontextmanager
async def _session(fetch: Fetch | None, policy: FetchPolicy) -> AsyncIterator[Fetch]:
    """The caller's fetch, or that of a fetcher that is open as long as the batch needs it."""
    if fetch:
        yield fetch
        return
    from newsclean.fetch.client import AsyncFetcher  # noqa: PLC0415 - loads httpx, which saved pages don't need

    async with AsyncFetcher(policy) as fetcher:
        yield fetcher.fetch


@dataclass(frozen=True, slots=True)
class _Job:
    index: int
    input: Input


@dataclass(slots=True)
class _Batch:
    """One run: what it was told, and what it has come to."""

    folder: Folder
    extract: Callable[[Page], Article]
    policy: FetchPolicy
    retry_failed: bool
    manifest: Manifest = field(init=False)
    articles: LineFile | None = field(init=False, default=None)
    seen: set[str] = field(init=False, default_factory=set)  # keys
    fetched_for: dict[int, _Job] = field(init=False, default_factory=dict)  # index -> job that is being fetched
    twins: dict[str, list[_Job]] = field(init=False, default_factory=dict)  # key that is being fetched -> duplicates

    def outcomes(self, inputs: Iterator[Input], fetching: Fetching) -> Outcomes:
        with locked(self.folder.path), Manifest(self.folder.path / MANIFEST) as self.manifest, fetching:
            try:
                self.articles = self.folder.open_articles()
                for index, item in enumerate(inputs):
                    yield from self._begin(_Job(index, item), fetching)
                    yield from self._finish(fetching, self._is_full)
                yield from self._finish(fetching, lambda fetching: fetching.pending > 0)
            finally:
                if self.articles:
                    self.articles.close()
            self.manifest.rewrite()

    def _begin(self, job: _Job, fetching: Fetching) -> Iterator[Outcome]:
        """Do what needs no network; start the fetch of what does."""
        item = job.input
        if item.error:
            yield self._failed(job, item.error)
        elif item.key in self.twins:
            self.twins[item.key].append(job)
        elif item.key in self.seen:
            yield self._duplicate(job)
        else:
            self.seen.add(item.key)
            before = self.manifest.find(item.key)
            if before and self._stands(before):
                self.manifest.keep(before, job.index, item.source)
                status = "skipped" if before.status == "done" else before.status
                yield before.outcome(job.index, item.source, status)
            elif path := item.file:
                yield self._done(job, lambda: load_page(path, self.policy.max_bytes))
            else:
                self.twins[item.key] = []
                self.fetched_for[job.index] = job
                fetching.start(job.index, item.source)

    def _finish(self, fetching: Fetching, must_wait: Callable[[Fetching], bool]) -> Iterator[Outcome]:
        """Finish what has come; wait for more as long as `must_wait`."""
        while fetched := fetching.next(wait=must_wait(fetching)):
            job = self.fetched_for.pop(fetched.errand.ticket)
            yield self._done(job, fetched.page)
            for twin in self.twins.pop(job.input.key):
                yield self._duplicate(twin)

    def _is_full(self, fetching: Fetching) -> bool:
        """Whether no more input should be looked at now."""
        waiting = fetching.pending + sum(map(len, self.twins.values()))
        return fetching.out >= 2 * self.policy.max_connections or waiting >= LOOK_AHEAD

    def _stands(self, before: Entry) -> bool:
        """Whether an earlier run's result is what this run would come to."""
        return not self.retry_failed if before.status == "failed" else self.folder.holds(before)

    def _done(self, job: _Job, get_page: Callable[[], Page]) -> Outcome:
        """From the page to its files, or to the reason why there are none."""
        page = None
        try:
            page = get_page()
            article = self.extract(page)
            files = self.folder.files(job.index, job.input.key, article)
        except NewscleanError as error:
            return self._failed(job, error, page)
        except Exception as error:  # a defect that one page shows must not cost the others
            log.exception("%s: internal error", job.input.source)
            said = f"{type(error).__name__}: {error}"
            return self._failed(job, NewscleanError(said, url=job.input.source), page)
        self.folder.write(files, self.articles)  # outside: an OutputError stops the run
        outcome = Outcome(
            index=job.index,
            source=job.input.source,
            status="done",
            path=files.name,
            final_url=page.final_url,
            title=article.title,
            words=len(article.text.split()),
            warnings=article.warnings,
        )
        return self._told(outcome, job.input.key, files.record_name)

    def _failed(self, job: _Job, error: NewscleanError, page: Page | None = None) -> Outcome:
        outcome = Outcome(
            index=job.index,
            source=job.input.source,
            status="failed",
            reason=error.reason,
            message=str(error),
            final_url=page.final_url if page else None,
        )
        return self._told(outcome, job.input.key)

    def _duplicate(self, job: _Job) -> Outcome:
        first = self.manifest.find(job.input.key)
        outcome = Outcome(
            index=job.index,
            source=job.input.source,
            status="duplicate",
            path=first.file if first else None,
            reason="duplicate",
            message=REASONS["duplicate"],
        )
        return self._told(outcome, job.input.key)

    def _told(self, outcome: Outcome, key: str, record: str | None = None) -> Outcome:
        """The outcome, once the manifest has it."""
        self.manifest.add(Entry.of(outcome, key, record, self.folder.options))
        return outcome
