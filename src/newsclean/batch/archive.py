"""What a run fetches goes to its archive as well; what the archive has is asked for only if it has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from newsclean.batch.fetcher import Fetch, Fetcher
from newsclean.batch.warc_in import WarcPages
from newsclean.errors import NewscleanError, NotModified
from newsclean.fetch.validators import Validators
from newsclean.model import Page

if TYPE_CHECKING:
    from newsclean.output.warc import WarcWriter


class Archiving(Fetcher):
    """Archives what a fetch function brings, and why it brings nothing.

    Args:
        inner: brings pages, with `Page.raw` if they are to be archived as sent (`FetchPolicy.keep_raw`).
        writer: takes them.
    """

    def __init__(self, inner: Fetch, writer: WarcWriter) -> None:
        super().__init__(inner)
        self._writer = writer

    async def fetch(self, url: str, **switches: Any) -> Page:
        """The page, once it is archived; raises what the function raises, and OutputError."""
        try:
            page = await super().fetch(url, **switches)
        except NotModified:
            raise  # the archive has it
        except Exception as error:
            failure = error if isinstance(error, NewscleanError) else NewscleanError(said_of(error), url=url)
            self._writer.failed(url, failure)
            raise
        self._writer.write(page)
        return page


class Refreshing(Fetcher):
    """Asks for an archived page only if it has changed, and else gives the archived one.

    Args:
        inner: takes `since`; raises NotModified if the page is still the same.
        known: archives of earlier runs.
    """

    def __init__(self, inner: Fetch, known: WarcPages) -> None:
        super().__init__(inner)
        self._known = known

    async def fetch(self, url: str, **switches: Any) -> Page:
        """The page as it is now."""
        try:
            page = await self._known.fetch(url)
        except NewscleanError:  # not there, broken, or a failure: fetch it anew
            return await super().fetch(url, **switches)
        if any(hop.body for hop in page.hops):  # the version would be another page's than the one that is asked for
            return await super().fetch(url, **switches)
        try:
            return await super().fetch(url, since=Validators.of(page), **switches)
        except NotModified as error:
            return replace(page, attempts=error.attempts)


def said_of(error: Exception) -> str:
    """An error that has no type of ours, in words."""
    return f"{type(error).__name__}: {error}"
