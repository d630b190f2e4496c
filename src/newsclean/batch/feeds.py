"""The links in RSS and Atom feeds and in sitemaps: of a saved file, or fetched, with all that an index leads to.

Read as a stream of tags, without a tree: feeds come from strangers, up to 50 MiB large. feedparser would be the known
library, but malformed XML takes it up to 20 seconds for a megabyte.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from newsclean.batch.sources import Input, shown, url_input
from newsclean.errors import BadBody, NewscleanError
from newsclean.fetch.decode import BodyDecoder
from newsclean.fetch.policy import DEFAULT_POLICY, FetchPolicy
from newsclean.model import Page
from newsclean.sniff import GZIP
from newsclean.urls import joined

log = logging.getLogger(__name__)

MOST_LINKS = 50_000  # sitemaps.org: of a sitemap, and of an index
MOST_FILES = 5_000  # that one --feed leads to: at a second's pause an hour and a half
MOST_LEVELS = 3  # an index of indexes of sitemaps
MOST_ELEMENTS = 3_000_000  # a full sitemap with 40 languages for each link has 2.2 million; they take 8 s
MAX_DEPTH = 200  # of tags; XHTML within Atom comes to some 30
MAX_LINK = 8192  # characters, as in lists
PIECE_BYTES = 64 * 1024
TAIL_BYTES = 512  # of a feed; comments may stand behind the end of its outermost element
ROOTS = {"rss": "item", "RDF": "item", "feed": "entry", "urlset": "url", "sitemapindex": "sitemap"}
SITEMAPS = frozenset({"urlset", "sitemapindex"})
RSS = frozenset({"rss", "RDF"})
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed or a sitemap leads to.

    Attributes:
        links: of its entries, absolute, in order; none twice.
        sitemaps: further ones, if it is an index.
    """

    links: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_feed(data: bytes, url: str, *, max_bytes: int = DEFAULT_POLICY.max_feed_bytes) -> Feed:
    """Read a feed or a sitemap, gzipped or not.

    Args:
        data: as it came.
        url: where from; relative links are relative to it.
        max_bytes: unpacked.

    Raises:
        BadBody: `not_feed`; `too_large`, `decoded_too_large`, `decode_error`, `truncated_body` if it can't be unpacked.
    """
    reader = _Reader(url)
    # nothing outside of the data is ever opened; how far entities may swell libxml2 bounds itself
    target: Any = reader  # lxml's types ask for more than it calls
    parser = etree.XMLParser(target=target, recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    tail = b""
    decoder = BodyDecoder("gzip" if data.startswith(GZIP) else "", max_bytes=max_bytes, url=url)
    try:
        for at in range(0, len(data), PIECE_BYTES):
            if reader.is_full:
                break
            if piece := decoder.feed(data[at : at + PIECE_BYTES]):
                parser.feed(piece)
                tail = (tail + piece)[-TAIL_BYTES:]
        else:
            decoder.finish()
        parser.close()
    except etree.XMLSyntaxError:
        pass  # after what could be read
    if not reader.root:
        raise BadBody(reason="not_feed", url=url)
    end = re.compile(rf"</(?:[\w.-]+:)?{reader.root}\s*>".encode())
    if reader.is_open and not end.search(tail):  # else a tag within has no end
        log.warning("%s: it breaks off: there may be more in it than was read", url)
    found = tuple(reader.found)
    return Feed(sitemaps=found) if reader.root == "sitemapindex" else Feed(links=found)


class _Reader:
    """Takes the tags as they come, and keeps the links. Of what comes after too much, nothing counts.

    Attributes:
        root: the name of the outermost element, if it is a feed's.
        found: the links, as keys.
        is_full: whether nothing more is of use.
    """

    def __init__(self, url: str) -> None:
        self.root = ""
        self.found: dict[str, None] = {}
        self.is_full = False
        self._url = self._base = url
        self._path: list[str] = []  # names of the open elements, without namespaces
        self._count = 0
        self._text: list[str] | None = None  # of the element that holds a link
        self._length = 0
        self._guid = ""  # of an RSS item, for want of a link
        self._has_link = False

    @property
    def is_open(self) -> bool:
        """Whether an element has not ended, of what counts."""
        return bool(self._path) and not self.is_full

    def start(self, tag: str, attributes: Any) -> None:
        """An element begins."""
        name = tag.rpartition("}")[2]
        if not self._path and not self.root:
            self.root = name if name in ROOTS else ""
            self.is_full = not self.root
        self._count += 1
        self._path.append(name)
        if self._count > MOST_ELEMENTS or len(self._path) > MAX_DEPTH:
            self.is_full = True
        if self.is_full:
            return
        if len(self._path) <= 2 and (base := attributes.get(XML_BASE)):
            self._base = joined(self._base, base) or self._base
        if name == ROOTS[self.root]:
            self._guid, self._has_link = "", False
        elif self._path[-2:-1] == [ROOTS[self.root]] or (self.root in RSS and ROOTS[self.root] in self._path):
            self._child(name, attributes)

    def _child(self, name: str, attributes: Any) -> None:
        """An element begins that may hold the link of its entry.

        It stands in the entry itself. In RSS it may seem to be deeper: a tag in a title need not have an end.
        """
        if self.root in SITEMAPS:
            holds_link = name == "loc"
        elif name == "link" and attributes.get("href"):
            holds_link = False
            if attributes.get("rel", "alternate") == "alternate":
                self._add(attributes["href"])
        else:
            holds_link = name == "link" or (name == "guid" and attributes.get("isPermaLink", "true") == "true")
        if holds_link:
            self._text, self._length = [], 0

    def data(self, text: str) -> None:
        """Some text."""
        if self._text is not None and self._length <= MAX_LINK:
            self._text.append(text)
            self._length += len(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        name = self._path.pop() if self._path else ""
        text, self._text = self._text, None
        if self.is_full:
            return
        if text is not None and self._length <= MAX_LINK:
            if name == "guid":
                self._guid = "".join(text).strip()
            else:
                self._add("".join(text))
        if name == ROOTS[self.root] and not self._has_link and "://" in self._guid:
            self._add(self._guid)

    def comment(self, _: str) -> None:
        """Of no use."""

    def pi(self, *_: str) -> None:
        """Of no use."""

    def close(self) -> None:
        """The end."""

    def _add(self, link: str) -> None:
        """Keep a link, once; the first of an entry."""
        link = link.strip()
        if not link or self._has_link:
            return
        self._has_link = True
        link = joined(self._base, link) or link  # what can't be parsed fails as an input
        self.is_full = len(self.found) >= MOST_LINKS and link not in self.found
        if self.is_full:
            log.warning("%s: more than %d links: the rest is left out", self._url, MOST_LINKS)
        else:
            self.found[link] = None


def saved_inputs(data: bytes, name: str) -> Iterator[Input]:
    """The inputs in a saved feed or sitemap; for a saved index, one that fails: what it leads to is not here.

    Raises:
        BadBody: as `read_feed`.
    """
    feed = read_feed(data, name)
    for link in feed.links:
        yield url_input(link, name)
    if feed.sitemaps:
        said = f"an index of {len(feed.sitemaps):,} sitemaps: give its URL with --feed"
        yield Input(name, error=BadBody(said, reason="not_feed", url=name))


def feed_inputs(urls: Iterable[str], policy: FetchPolicy = DEFAULT_POLICY, *, transport: Any = None) -> Iterator[Input]:
    """The inputs that feeds and sitemaps lead to, fetched as they are asked for; what can't be had fails alone.

    Not in a thread that runs an event loop, as Jupyter's does: `read_aside` has one without.

    Args:
        urls: of RSS or Atom feeds, sitemaps, indexes of sitemaps.
        policy: as for pages: robots.txt, pauses, addresses, limits.
        transport: takes the network's place in tests.
    """
    from newsclean.fetch.fetcher import AsyncFetcher  # noqa: PLC0415 - loads httpx

    with asyncio.Runner() as runner:
        fetcher = AsyncFetcher(policy, transport=transport)
        runner.run(fetcher.__aenter__())
        try:
            for url in urls:
                yield from _all_inputs(url, lambda each: runner.run(fetcher.fetch_feed(each)), policy.max_feed_bytes)
        finally:
            runner.run(fetcher.__aexit__(None, None, None))


def _all_inputs(first: str, fetch: Callable[[str], Page], max_bytes: int) -> Generator[Input]:
    """The inputs that one feed leads to, over at most MOST_FILES files and MOST_LEVELS levels of indexes."""
    waiting = deque([(first, 1)])
    known = {first}
    while waiting:
        url, level = waiting.popleft()
        try:
            page = fetch(url)
            feed = read_feed(page.html, page.final_url, max_bytes=max_bytes)
        except NewscleanError as error:
            yield Input(shown(url), error=error)
            continue
        for link in feed.links:
            yield url_input(link, url)
        if feed.sitemaps and level == MOST_LEVELS:
            said = f"indexes of sitemaps, more than {MOST_LEVELS} deep"
            yield Input(shown(url), error=BadBody(said, reason="not_feed", url=url))
            continue
        for sitemap in feed.sitemaps:
            if sitemap not in known and len(known) < MOST_FILES:
                known.add(sitemap)
                waiting.append((sitemap, level + 1))
    if len(known) >= MOST_FILES:
        log.warning("%s: more than %d sitemaps: the rest is left out", first, MOST_FILES)
