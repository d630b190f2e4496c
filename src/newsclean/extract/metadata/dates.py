"""When the article was published and modified, as the page prints it, with its offset.

The day of the crawl, which many pages print in their header, is never taken: a date before the headline counts less
than one after it.
"""

from __future__ import annotations

import re

from newsclean.dates import ARCHIVE_YEAR, FIRST_YEAR, parse_date, parse_stamp
from newsclean.extract.document import Document, without_comments
from newsclean.extract.metadata.day_order import puts_month_first
from newsclean.extract.metadata.dom_date import read_dom_date
from newsclean.extract.metadata.dom_modified import read_marked_modified
from newsclean.extract.metadata.found import Found
from newsclean.extract.metadata.jsonld import LinkedData
from newsclean.extract.metadata.local_day import in_local_time
from newsclean.extract.metadata.text_date import read_labelled_date, read_text_date

PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "dcterms.issued",
    "dcterms.available",
    "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime",
    "publish_date",
    "publish-date",
    "publishdate",
    "publication_date",
    "pubdate",
    "article.published",
    "published_time",
    "date",
    "last-published",
)
MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "article:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
)
MAX_COMMENTS = 2_000  # a system may write the date in one; to walk over them takes lxml the square of their number
MAX_SCRIPTS = 60
MAX_SCRIPT_CHARS = 400_000
URL_DATE = re.compile(
    r"[/_-]((?:19|20)\d\d)[/_-](1[0-2]|0?[1-9])[/_-](3[01]|[12]\d|0?[1-9])(?=[/_.-]|$)"
    r"|[/_-](20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
)
SCRIPT_DATE = re.compile(
    r"[\"'](?:publishedAt|published_at|publishDate|publish_date|datePublished|date_published|publishedDate|pubDate"
    r"|publicationDate|publication_date|firstPublished|first_published)\\?[\"']\s{0,3}:\s{0,3}\\?[\"']?([\d][^\"'\\,}]{6,34})",
    re.IGNORECASE,
)


def read_published(document: Document, linked: LinkedData, title: str | None) -> Found | None:
    """When the article was published; `title` tells which dates stand beside it.

    Where no date was set, systems write the day that they count from, such as 1970-01-01. That is taken only if the
    page has no other, and shows it to its readers: it may be an archive's.
    """
    stated = read_stated_date(document, linked)
    if stated and not is_unset(stated.value):
        return in_local_time(document, stated, PUBLISHED, title)
    in_url, modified = read_url_date(document), read_stated_modified(document, linked)
    month_first = puts_month_first(document, *(found.value for found in (in_url, modified) if found))
    return (
        read_dom_date(document, title, month_before_day=month_first)
        or in_url
        or read_labelled_date(document, month_before_day=month_first)
        or read_text_date(document, title, month_before_day=month_first)
        or read_script_date(document)
        or modified
        or guess_date(document)
        or (stated if stated and shows(document, title, stated.value, month_first=month_first) else None)
    )


def read_stated_date(document: Document, linked: LinkedData) -> Found | None:
    """The date that JSON-LD gives, or else the meta tags."""
    if stamp := parse_stamp(linked.published, first_year=ARCHIVE_YEAR):
        return Found(stamp, "json-ld datePublished")
    return read_meta_date(document, PUBLISHED, first_year=ARCHIVE_YEAR)


def is_unset(stamp: str) -> bool:
    """Whether a date is that of a system which has none: the first day of some year, or, west of Greenwich, 1969-12-31.

    >>> is_unset("1970-01-01T00:00:00+00:00"), is_unset("1985-03-08"), is_unset("2019-01-01")
    (True, False, False)
    """
    return int(stamp[:4]) < FIRST_YEAR and (stamp[4:10] == "-01-01" or stamp.startswith("1969-12-31"))


def shows(document: Document, title: str | None, stamp: str, *, month_first: bool) -> bool:
    """Whether the date beside the headline is of the same day."""
    shown = read_dom_date(document, title, month_before_day=month_first, first_year=ARCHIVE_YEAR)
    return shown is not None and shown.value[:10] == stamp[:10]


def read_url_date(document: Document) -> Found | None:
    """The day in the page's path."""
    for address in (document.url, document.meta("og:url")):
        if address and (m := URL_DATE.search(address[:500])):
            year, month, day = (m[1], m[2], m[3]) if m[1] else (m[4], m[5], m[6])
            if stamp := parse_date(f"{year}-{month}-{day}"):
                return Found(stamp, "url")
    return None


def read_script_date(document: Document) -> Found | None:
    """The date in the data that the page's scripts work on."""
    for script in document.tree.css("script:not([src])")[:MAX_SCRIPTS]:
        if (m := SCRIPT_DATE.search(script.text()[:MAX_SCRIPT_CHARS])) and (stamp := parse_stamp(m[1])):
            return Found(stamp, "script")
    return None


def guess_date(document: Document) -> Found | None:
    """What htmldate makes of the whole page: the last resort, right in about three of four pages."""
    from htmldate import find_date  # noqa: PLC0415 - it takes longer to import than most pages to read

    html = document.tree.html or ""
    if html.count("<!--") > MAX_COMMENTS:
        html = without_comments(html)
    found = find_date(html, extensive_search=False, original_date=True) if html else None
    return Found(found, "htmldate") if found else None


def read_modified(document: Document, linked: LinkedData) -> Found | None:
    """When the article was last changed, if the page says so to machines."""
    return read_stated_modified(document, linked) or read_marked_modified(document)


def read_stated_modified(document: Document, linked: LinkedData) -> Found | None:
    """The date of the last change that JSON-LD gives, or else the meta tags."""
    if stamp := parse_stamp(linked.modified):
        return Found(stamp, "json-ld dateModified")
    return read_meta_date(document, MODIFIED)


def read_meta_date(document: Document, names: tuple[str, ...], *, first_year: int = FIRST_YEAR) -> Found | None:
    """The first date in the meta tags of these names."""
    for name in names:
        for content in document.metas.get(name, ()):
            if stamp := parse_stamp(content, first_year=first_year):
                return Found(stamp, f"meta {name}")
    return None
