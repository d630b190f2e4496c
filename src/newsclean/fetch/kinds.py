"""What a fetch looks for, HTML pages or feeds, and how either is known: by its media type, then by its look. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from newsclean.sniff import GZIP, OTHERS, is_feed, is_html

REDIRECTS = frozenset({301, 302, 303, 307, 308})  # RFC 9110, 15.4: those that name another address to ask


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of thing to fetch.

    Attributes:
        accept: the header that asks for it.
        types: media types that are believed; "" would stand for none at all.
        unsure_types: media types under which it may come: its first KiB decides.
        looks_so: tells it by its first KiB.
        not_starts: what it never begins with, whatever its media type says.
        reason: why something else is refused.
    """

    accept: str
    types: frozenset[str]
    unsure_types: frozenset[str]
    looks_so: Callable[[bytes], bool]
    not_starts: tuple[bytes, ...]
    reason: str


def is_feed_or_gzip(start: bytes) -> bool:
    """Whether a body that begins so may be a feed: gzip may hold one."""
    return start.startswith(GZIP) or is_feed(start)


HTML = Kind(
    accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
    types=frozenset({"text/html", "application/xhtml+xml"}),
    unsure_types=frozenset({"", "application/octet-stream"}),
    looks_so=is_html,
    not_starts=(*OTHERS, b"RIFF"),  # a word as well, in a saved text
    reason="not_html",
)
FEED_TYPES = frozenset({"text/xml", *(f"application/{name}" for name in ("xml", "rss+xml", "atom+xml", "rdf+xml"))})
# Feeds come under many names, text/html among them, and sitemaps.xml.gz as what gzip makes of them.
FEED = Kind(
    accept="application/rss+xml,application/atom+xml,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.1",
    types=frozenset(),
    unsure_types=frozenset(
        {
            "",
            "application/octet-stream",
            "text/html",
            "text/plain",
            "application/gzip",
            "application/x-gzip",
            *FEED_TYPES,
        }
    ),
    looks_so=is_feed_or_gzip,
    not_starts=(),
    reason="not_feed",
)
