"""Where a page sends its readers on at once, by `<meta http-equiv=refresh>`: what a redirect is elsewhere. Pure."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MAX_BYTES = 16 * 1024  # of a page that is only a sign-post
MOST_TAGS = 200  # of them; html.parser takes quadratic time for tags that do not end
MAX_TEXT = 200  # characters to read on it: "If you are not redirected, click here", in any language
MAX_DELAY_S = 5.0  # longer ones are for reading first, or to load the same page anew

_CONTENT = re.compile(
    r"\s*+(\d{1,3}(?:\.\d{0,3})?)\s*+[;,]\s*+(?:url\s*=)?+\s*+[\"']?+([^\"'\s]{1,4096})", re.IGNORECASE
)
_HIDDEN = frozenset({"title", "script", "style", "noscript", "template"})


def refresh_of(html: bytes) -> str | None:
    """The link that a page leads to by itself; None for one that has something to read, and for most others.

    >>> refresh_of(b"<meta http-equiv='Refresh' content='0; url=/story'><p>One moment.")
    '/story'
    >>> refresh_of(b"<meta http-equiv='refresh' content='300'>")
    """
    if len(html) > MAX_BYTES or html.count(b"<") > MOST_TAGS or b"refresh" not in html.lower():
        return None
    reader = _Reader()
    reader.feed(html.decode("utf-8", "replace"))
    reader.close()
    return reader.link if reader.text <= MAX_TEXT else None


class _Reader(HTMLParser):
    """Looks for the tag, and counts what is to be read.

    Attributes:
        link: of the first such tag that leads on soon enough.
        text: characters, white space left out.
    """

    def __init__(self) -> None:
        super().__init__()
        self.link: str | None = None
        self.text = 0
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag; within `noscript` none counts, as the reader's browser has scripts."""
        if tag in _HIDDEN:
            self._hidden.append(tag)
        named = dict(attrs)
        if tag != "meta" or "noscript" in self._hidden or (named.get("http-equiv") or "").strip().lower() != "refresh":
            return
        said = _CONTENT.match(named.get("content") or "")
        if said and float(said[1]) <= MAX_DELAY_S:
            self.link = self.link or said[2]

    def handle_endtag(self, tag: str) -> None:
        """Leave what is not to be read."""
        if tag in self._hidden:
            self._hidden.remove(tag)

    def handle_data(self, data: str) -> None:
        """Count text."""
        if not self._hidden:
            self.text += len("".join(data.split()))
