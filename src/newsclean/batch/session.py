"""Where the pages of a run come from: the network or an archive, what the inputs bring along, what has not changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.batch.archive import Archiving, Refreshing
from newsclean.batch.at_hand import AtHand
from newsclean.batch.fetcher import Fetch
from newsclean.batch.warc_in import WarcPages
from newsclean.fetch.policy import FetchPolicy

if TYPE_CHECKING:
    from newsclean.output.warc import WarcWriter

ARCHIVE = "archive"  # the folder of WARC files in that of a run


@dataclass(frozen=True, slots=True)
class Source:
    """What a run asks for its pages.

    Attributes:
        policy: of fetching.
        fetch: takes the place of `AsyncFetcher.fetch`.
        replay: archives that take the place of the network.
        at_hand: WARC files and JSONL lists among the inputs.
        known: the folder of an archive: what has not changed since is taken from there.
    """

    policy: FetchPolicy
    fetch: Fetch | None = None
    replay: WarcPages | None = None
    at_hand: tuple[Path, ...] = ()
    known: Path | None = None

    @asynccontextmanager
    async def session(self, writer: WarcWriter | None) -> AsyncIterator[Fetch]:
        """The fetch function, open as long as the batch needs it; what it fetches goes to the writer too."""
        known = WarcPages([self.known]) if self.known and any(self.known.glob("*.warc*")) else None
        async with self._origin(keep_raw=writer is not None) as origin:
            fetch = origin
            if writer:
                fetch = Archiving(fetch, writer).fetch
            if known:
                fetch = Refreshing(fetch, known).fetch
            if self.at_hand:
                fetch = AtHand(self.at_hand, fetch, max_bytes=self.policy.max_bytes).fetch
            yield fetch

    @asynccontextmanager
    async def _origin(self, *, keep_raw: bool) -> AsyncIterator[Fetch]:
        if self.replay:
            yield self.replay.fetch
        elif self.fetch:
            yield self.fetch
        else:
            from newsclean.fetch.fetcher import AsyncFetcher  # noqa: PLC0415 - loads httpx; saved pages don't need it

            # patience: a host that asks for rest rests in the queue of Fetching, which does something else meanwhile
            async with AsyncFetcher(replace(self.policy, keep_raw=keep_raw, patience_s=0)) as fetcher:
                yield fetcher.fetch


def archive_of(out: Path, *, wanted: bool) -> AbstractContextManager[WarcWriter | None]:
    """The archive of a run into a folder; nothing if none is wanted.

    Raises:
        OutputError: it can't be written.
        ImportError: warcio is not installed.
    """
    if not wanted:
        return nullcontext()
    from newsclean.output.warc import WarcWriter  # noqa: PLC0415 - an extra

    return WarcWriter(out / ARCHIVE)
