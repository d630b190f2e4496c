"""Extractors to be measured beside each other: each a function from a page's bytes and its URL to the article's text.

Each is called as its documentation says for a page that is at hand, with its metadata where it has any, without
comments, and without the network. Those that fail on bytes of some pages get text, whose decoding is in their time.
Lines of what they give are of no account; words that stand in two elements are kept apart.
"""
# ruff: noqa: PLC0415 - each is imported where it is installed, and only when it is asked for

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from newsclean.extract.charset import to_utf8

Extract = Callable[[bytes, str], str]
NOWHERE = "https://news.example/"  # for those that want a URL in any case
ENDS_LINE = "p div li h1 h2 h3 h4 h5 h6 blockquote pre td th tr dt dd figcaption section article br hr".split()


class Adapter(NamedTuple):
    """An extractor that may be installed.

    Attributes:
        package: the name that it is installed by.
        gives: what it is asked for and the time is for.
        load: imports it, which may fail, and gives the function to measure.
    """

    package: str
    gives: str
    load: Callable[[], Extract]


def newsclean() -> Extract:
    """The package at hand: bytes to an article with its metadata, every change, and a reason for every block."""
    import newsclean

    return lambda html, url: newsclean.extract(html, url=url or None).text


def trafilatura() -> Extract:
    """As newsclean's acceptance measures it: the default mode, which compares with two other extractors."""
    from trafilatura import bare_extraction

    def extract(html: bytes, url: str) -> str:
        found = bare_extraction(html, url=url or None, include_comments=False, with_metadata=True)
        return (found.text or "") if found else ""

    return extract


def newspaper4k() -> Extract:
    """Article.parse, without images."""
    from newspaper import Article

    def extract(html: bytes, url: str) -> str:
        article = Article(url or NOWHERE, fetch_images=False)
        article.download(input_html=decoded(html))  # fetches nothing: the page is given
        article.parse()
        return article.text

    return extract


def readability() -> Extract:
    """The summary, which is HTML, and its words."""
    from lxml.html import fromstring
    from readability import Document

    def extract(html: bytes, url: str) -> str:
        document = Document(decoded(html), url=url or None)
        document.title()
        summary = fromstring(document.summary())
        for element in summary.iter(*ENDS_LINE):
            element.tail = "\n" + (element.tail or "")
        return summary.text_content()

    return extract


def goose3() -> Extract:
    """The cleaned text, without images."""
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})
    return lambda html, url: goose.extract(url=None, raw_html=html).cleaned_text or ""


def news_please() -> Extract:
    """The text that its parts agree on: newspaper4k, readability-lxml and its readers of dates and languages."""
    from newsplease import NewsPlease

    return lambda html, url: NewsPlease.from_html(decoded(html), url=url, fetch_images=False).maintext or ""


def justext() -> Extract:
    """The good paragraphs, with the stop words of all languages together, as trafilatura asks it."""
    from justext import get_stoplist, get_stoplists, justext

    words = frozenset().union(*map(get_stoplist, get_stoplists()))
    return lambda html, url: "\n".join(p.text for p in justext(html, words) if not p.is_boilerplate)


def resiliparse() -> Extract:
    """The plain text of the main content."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def extract(html: bytes, url: str) -> str:
        return extract_plain_text(HTMLTree.parse_from_bytes(html, detect_encoding(html)), main_content=True)

    return extract


def decoded(html: bytes) -> str:
    """The page as text."""
    return to_utf8(html, None).decode()


ADAPTERS = {
    "newsclean": Adapter("newsclean", "text, metadata, audit trail", newsclean),
    "trafilatura": Adapter("trafilatura", "text, metadata", trafilatura),
    "newspaper4k": Adapter("newspaper4k", "text, metadata", newspaper4k),
    "readability-lxml": Adapter("readability-lxml", "HTML, title", readability),
    "goose3": Adapter("goose3", "text, metadata", goose3),
    "news-please": Adapter("news-please", "text, metadata", news_please),
    "jusText": Adapter("jusText", "text", justext),
    "resiliparse": Adapter("resiliparse", "text", resiliparse),
}
