"""What is written down of each input, in the order that outlives a power cut: its files, their names, its row."""

from __future__ import annotations

import logging
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Self

from newsclean.batch.flight import Landed
from newsclean.batch.folder import Folder
from newsclean.batch.item import FOR_NOW, Item
from newsclean.batch.ledger import Ledger
from newsclean.batch.making import Made
from newsclean.batch.manifest import MANIFEST, export
from newsclean.errors import NewscleanError, OutputError, WorkerFailed
from newsclean.model import Outcome
from newsclean.output.store import LineFile

if TYPE_CHECKING:
    from newsclean.output.warc import WarcWriter

log = logging.getLogger(__name__)


class Book:
    """Writes rows, and tells them as outcomes; a context that closes the file of all records.

    Args:
        ledger: has the rows.
        folder: has the files.
        articles: the file of all records, if they go to one.
        archive: where the pages go, if they are archived.
        refresh: whether what was done before is done again.
    """

    def __init__(
        self,
        ledger: Ledger,
        folder: Folder,
        articles: LineFile | None,
        archive: WarcWriter | None = None,
        *,
        refresh: bool = False,
    ) -> None:
        self._ledger = ledger
        self._folder = folder
        self._articles = articles
        self._archive = archive
        self._refresh = refresh

    def stands(self, item: Item) -> bool:
        """Whether an earlier run's result is what this run would come to."""
        return item.state == "failed" or (item.state == "done" and not self._refresh and self._folder.holds(item))

    def told_before(self, item: Item) -> Outcome:
        """The outcome of an input whose result stands."""
        told = item.outcome("skipped" if item.state == "done" else "failed")
        return replace(told, earlier=item.run > 0)  # a line that is no input fails in each run anew

    def duplicate(self, item: Item) -> Outcome:
        """The outcome of an input that repeats one which is settled."""
        first = self._ledger.first_of(item.key)
        return replace(item, file=first.file).outcome("duplicate")

    def settle(self, landed: Landed) -> Outcome:
        """Write the row of an input; the outcome may be told after `commit`.

        Raises:
            OutputError: its files, or the row, can't be written: the run must stop, and the input is not settled.
            WorkerFailed: no_worker: none can be started, and so the run must stop as well.
        """
        result = landed.result
        if isinstance(result, Made):
            return self._done(landed, result)
        if isinstance(result, OutputError) and result.reason != "file_exists":
            raise result
        if isinstance(result, BrokenExecutor):
            raise WorkerFailed(str(result), reason="no_worker") from result
        if not isinstance(result, Exception):
            raise result  # SystemExit and its like end the run
        if not isinstance(result, NewscleanError):
            log.error("%s: internal error", landed.item.source, exc_info=result)
            result = NewscleanError(f"{type(result).__name__}: {result}", url=landed.item.source)
        return self._failed(landed, result)

    def _done(self, landed: Landed, made: Made) -> Outcome:
        if self._articles:
            self._articles.append(made.line)
        item = replace(
            blank(landed.item),
            state="done",
            file=made.file,
            record=made.record_name,
            final_url=made.final_url,
            title=made.title,
            words=made.words,
            warnings=len(made.warnings),
            options=self._folder.options,
            attempts=landed.spent.attempts,
        )
        return self._ledger.settle(item).outcome("done", made.warnings, landed.spent.seconds)

    def _failed(self, landed: Landed, error: NewscleanError) -> Outcome:
        if landed.item.state == "done" and self._folder.has_text(landed.item):  # it is to be no loss to look again
            kept = replace(landed.item, reason=error.reason, message=f"{error}; the text of an earlier run is kept")
            return kept.outcome("skipped", took_s=landed.spent.seconds)
        item = replace(
            blank(landed.item),
            state="deferred" if error.reason in FOR_NOW else "failed",
            reason=error.reason,
            message=str(error),
            final_url=landed.final_url,
            options=self._folder.options,
            attempts=landed.spent.attempts,
        )
        return self._ledger.settle(item).outcome("failed", took_s=landed.spent.seconds)

    def commit(self) -> None:
        """Have all of it on the disk, what a text was made of before the text. Raises OutputError."""
        if self._archive:
            self._archive.sync()
        if self._articles:
            self._articles.sync()
        self._folder.sync()
        self._ledger.commit(self._articles.size if self._articles else None)

    def export(self) -> None:
        """Write the manifest. Raises OutputError."""
        export(self._ledger.known(), self._folder.path / MANIFEST)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._articles:
            with suppress(OutputError):  # all that counts was synced by `commit`
                self._articles.close()


def blank(item: Item) -> Item:
    """The input alone, without what became of it before."""
    return Item(item.index, item.source, item.key, item.page, item.host, item.state, item.run)
