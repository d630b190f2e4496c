"""The body of a page, by trafilatura, of which this module is the sole user."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document as TrafilaturaDocument
from trafilatura.settings import Extractor

from newsclean.extract.seeds import Line
from newsclean.model import Kind

# trafilatura logs each page that it gives up; the caller gets a typed error instead
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

KINDS: dict[str, Kind] = {"head": "heading", "item": "item", "quote": "quote", "cell": "cell"}
INLINE = frozenset({"hi", "ref", "del", "code", "graphic"})
# lxml looks up the class of each element in Python unless told that there is one; that is 7 % of its time
PARSER = etree.HTMLParser(  # type: ignore[call-arg]  # the stubs lack default_doctype
    collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
)
PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
# Made once: to make one takes as long as to parse the page. Its text is not asked for ("python" would write it), only
# its elements.
FAST = Extractor(output_format="txt", comments=False, fast=True)
THOROUGH = Extractor(output_format="txt", comments=False)
# "balanced" measures the text of the whole page again, on half of all pages, to find out whether it took too little;
# newsclean knows the page's long paragraphs, and asks the thorough one then.
FAST.focus = "no retry"


def find_body(body: str, *, thorough: bool = False) -> tuple[Line, ...]:
    """The lines that trafilatura takes as the article, in document order; none if it finds none.

    Args:
        body: the page's body, as `Document.take_body_html` gives it.
        thorough: compare with other extractors, and ask for less if little is found; slower, and on news no better.
    """
    if not body:
        return ()
    return extracted(etree.fromstring(f"<html>{body}</html>".encode(), PARSER), thorough=thorough)


def find_in_source(html: str, *, may_retry: bool = True) -> tuple[Line, ...]:
    """The lines of the article in a whole page as it came, where that stands in <noscript> or an open <iframe>.

    Args:
        html: the page.
        may_retry: try the thorough way if the fast one finds nothing.
    """
    return extracted(html, thorough=False) or (extracted(html, thorough=True) if may_retry else ())


def extracted(page: HtmlElement | str | None, *, thorough: bool) -> tuple[Line, ...]:
    """The lines that trafilatura finds in a page."""
    if page is None:
        return ()
    found = trafilatura.bare_extraction(page, options=THOROUGH if thorough else FAST)
    return tuple(read_lines(found.body)) if isinstance(found, TrafilaturaDocument) else ()


def read_lines(body: etree._Element) -> Iterator[Line]:
    """Each line of a trafilatura body: elements and line breaks end a line, inline markup doesn't."""
    kinds: list[Kind] = ["paragraph"]
    line: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in INLINE:
            line.append((element.text if event == "start" else element.tail) or "")
            continue
        text = " ".join("".join(line).split())
        if text:
            yield Line(kinds[-1], text)
        if event == "start":
            kinds.append(KINDS.get(element.tag, kinds[-1]))
            line = [element.text or ""]
        else:
            kinds.pop()
            line = [element.tail or ""]
