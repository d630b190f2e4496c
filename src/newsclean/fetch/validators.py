"""What a server told of a page's version, by which a later fetch asks for the page only if it has changed. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsclean.model import Page

_SENDABLE = re.compile(r"[\x21-\x7e\x80-\xff][\x20-\x7e\x80-\xff]{0,1000}")  # a header's value that any client sends


@dataclass(frozen=True, slots=True)
class Validators:
    """The version of a page, as its server named it; RFC 9110, 8.8.

    Attributes:
        etag: the ETag header, with its quotes.
        last_modified: the Last-Modified header.
    """

    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def of(cls, page: Page) -> Validators:
        """What came with a page."""
        return cls(page.header("etag"), page.header("last-modified"))

    def headers(self) -> dict[str, str]:
        """The headers that ask for the page only if it is another now; empty if nothing is known.

        >>> Validators('W/"7"').headers()
        {'If-None-Match': 'W/"7"'}
        """
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value and _SENDABLE.fullmatch(value)}
