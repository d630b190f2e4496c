"""How a page becomes an article: the only place where the stages meet.

    URL, saved page ──fetch──▶ Page ─extract─▶ Draft ─clean─▶ Article ─render, store─▶ files
    text that something else extracted ──read──▶ Draft ─clean─▶ Article

Each stage is imported when it is first needed: httpx takes 0.2 s of CPU, trafilatura 0.5 s, and a caller may need one.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import re
from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING

from newsclean.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from newsclean.clean.options import Options
    from newsclean.fetch.policy import FetchPolicy
    from newsclean.model import Article, Page
    from newsclean.parts import Part

WHEREABOUTS = re.compile(r"https?://[^\s<>]{1,2000}|[^\s<>]{1,200}\.html?", re.IGNORECASE)
CHARSET = re.compile(r"""charset\s{0,5}=\s{0,5}["']?([\w.:-]{2,40})""", re.IGNORECASE)


def fetch(url: str, *, policy: FetchPolicy | None = None) -> Page:
    """Fetch one page; to fetch many, use one AsyncFetcher. Works where a loop is running as well (Jupyter).

    Args:
        url: http or https.
        policy: all limits; ONE_PAGE if none is given: robots.txt is not asked, as when a person opens the page.

    Raises:
        FetchError: nothing came that could be read; its kind and `.reason` say why.
    """
    from newsclean.fetch.fetcher import fetch as fetch_page
    from newsclean.fetch.policy import ONE_PAGE

    return fetch_page(url, policy=policy or ONE_PAGE)


def extract(
    html: bytes | str | Page,
    url: str | None = None,
    *,
    encoding: str | None = None,
    keep: Iterable[Part] = (),
    drop: Iterable[Part] = (),
    without: Iterable[str] = (),
    rules: str | Path | None = None,
    repair_mojibake: bool = False,
) -> Article:
    """The clean article of a page.

    Args:
        html: as fetched; bytes are decoded by what the page says of itself. Or what `fetch` gave, which knows the rest.
        url: where it came from.
        encoding: the charset of the HTTP header, if there was one.
        keep: parts of an article to keep, of newsclean.parts.PARTS; where newsclean recognises them: by place or
            class in the page, or by their words.
        drop: parts to drop. By default captions, credits, fact boxes, tweets and later numbered posts go,
            and of lists, live entries, standfirst and tables what does not look like article.
        without: ids of rules that are to change nothing, as changes name them: "en/share-buttons", "body-model".
        rules: a folder of your own site rules, files <host>.toml as in newsclean/rules/site. The host is that of the
            `url`, else of the page's canonical URL.
        repair_mojibake: mend wrongly decoded text ("cafÃ©"); needs newsclean[mojibake].

    Raises:
        NoArticle: the page has no article; `.reason` says what it has instead.
        TooComplex: the page can't be parsed in bounded time.
        RuleError: a file in `rules` is wrong.
        UsageError: `keep` or `drop` names no part, or `without` no rule; the message has what may be meant. Or `html`
            is not the page but its URL or the name of its file.
        TypeError: `html` is a path, or anything else that is no page.
    """
    from newsclean.clean.options import Options
    from newsclean.clean.pipeline import clean
    from newsclean.extract.page import read_page
    from newsclean.model import Page

    options = Options(keep, drop, without, rules, repair_mojibake)
    if isinstance(html, PathLike):
        raise TypeError("html is the page itself, not its path: give what path.read_bytes() returns")
    if isinstance(html, str) and WHEREABOUTS.fullmatch(html):
        raise UsageError(f"html is the page itself; {html!r} only says where it is: newsclean.fetch gets it from a URL")
    if not isinstance(html, bytes | str | Page):
        raise TypeError(f"html must be bytes, str or a newsclean.Page, not {type(html).__name__}")
    if isinstance(html, Page):
        url, encoding = url or html.final_url or html.url or None, encoding or charset_of(html.content_type)
        html = html.html
    return clean(read_page(html, url, encoding=encoding), options)


def clean_text(
    text: str,
    *,
    url: str | None = None,
    title: str | None = None,
    language: str | None = None,
    keep: Iterable[Part] = (),
    drop: Iterable[Part] = (),
    without: Iterable[str] = (),
    rules: str | Path | None = None,
    repair_mojibake: bool = False,
) -> Article:
    """The clean article in a text that something else extracted.

    Args:
        text: one paragraph a line; blank lines are of no account.
        url: where it came from; helps to find the headline.
        title: the headline, if it is known.
        language: BCP 47; without it the rules of all languages apply.
        keep: as in `extract`.
        drop: as in `extract`.
        without: as in `extract`.
        rules: as in `extract`; they need the `url`.
        repair_mojibake: as in `extract`.

    Raises:
        NoArticle: reason `empty_page`: there is no text.
        TooComplex: there is more text than can be read in bounded time.
        UsageError: as `extract`.
        TypeError: `text` is no str.
    """
    from newsclean.clean.options import Options
    from newsclean.clean.pipeline import clean
    from newsclean.extract.text import read_text

    if not isinstance(text, str):
        hint = ": decode it first" if isinstance(text, bytes | bytearray) else ""
        raise TypeError(f"text must be str, not {type(text).__name__}{hint}")
    options = Options(keep, drop, without, rules, repair_mojibake)
    return clean(read_text(text, url=url, title=title, language=language), options)


def article_of(page: Page, options: Options | None = None) -> Article:
    """The clean article of a fetched page; errors as `extract`."""
    from newsclean.clean.pipeline import clean
    from newsclean.extract.page import read_page

    url = page.final_url or page.url or None
    return clean(read_page(page.html, url, encoding=charset_of(page.content_type)), options)


def charset_of(content_type: str | None) -> str | None:
    """The charset that a Content-Type header names.

    >>> charset_of('text/html; charset="ISO-8859-1"'), charset_of("text/html")
    ('ISO-8859-1', None)
    """
    found = CHARSET.search(content_type or "")
    return found[1] if found else None
