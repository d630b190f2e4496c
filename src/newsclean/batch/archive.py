"""What a run fetches goes to its archive as well; what the archive has is asked for only if it has changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from newsclean.batch.fetched import prepare_host_of, wait_of
from newsclean.batch.warc_in import WarcPages
from newsclean.errors import NewscleanError, NotModified
from newsclean.fetch.validators import Validators
from newsclean.model import Page

if TYPE_CHECKING:
    from newsclean.output.warc import WarcWriter

Fetch = Callable[..., Awaitable[Page]]
"""Takes a URL and perhaps `since`, as `AsyncFetcher.fetch`."""


class Archiving:
    """A fetch function that archives what it brings, and why it brings nothing.

    Args:
        fetch: brings pages, with `Page.raw` if they are to be archived as sent (`FetchPolicy.keep_raw`).
        writer: takes them.
    """

    def __init__(self, fetch: Fetch, writer: WarcWriter) -> None:
        self._fetch = fetch
        self._writer = writer
        self.wait_s, self.prepare_host = wait_of(fetch), prepare_host_of(fetch)

    async def fetch(self, url: str, **switches: Any) -> Page:
        """The page, once it is archived; raises what `fetch` raises, and OutputError."""
        try:
            page = await self._fetch(url, **switches)
        except NotModified:
            raise  # the archive has it
        except Exception as error:
            failure = error if isinstance(error, NewscleanError) else NewscleanError(said_of(error), url=url)
            self._writer.failed(url, failure)
            raise
        self._writer.write(page)
        return page


class Refreshing:
    """A fetch function that asks for an archived page only if it has changed, and else gives the archived one.

    Args:
        fetch: takes `since`; raises NotModified if the page is still the same.
        known: archives of earlier runs.
    """

    def __init__(self, fetch: Fetch, known: WarcPages) -> None:
        self._fetch = fetch
        self._known = known
        self.wait_s, self.prepare_host = wait_of(fetch), prepare_host_of(fetch)

    async def fetch(self, url: str) -> Page:
        """The page as it is now."""
        try:
            page = await self._known.fetch(url)
        except NewscleanError:  # not there, broken, or a failure: fetch it anew
            return await self._fetch(url)
        try:
            return await self._fetch(url, since=Validators.of(page))
        except NotModified:
            return page


def said_of(error: Exception) -> str:
    """An error that has no type of ours, in words."""
    return f"{type(error).__name__}: {error}"
