"""The body of a page, by trafilatura, of which this module is the sole user."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document as TrafilaturaDocument

from newsclean.extract.seeds import Line
from newsclean.model import Kind

# trafilatura logs each page that it gives up; the caller gets a typed error instead
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

KINDS: dict[str, Kind] = {"head": "heading", "item": "item", "quote": "quote", "cell": "cell"}
INLINE = frozenset({"hi", "ref", "del", "code", "graphic"})
# Below it the fallbacks run. On dev pages segment F1 is .9428 with 400, .9455 with 600, .9469 with 800, and the F1 of
# news bodies stays the same; the more of them run, the slower.
ENOUGH_CHARS = 600
# lxml looks up the class of each element in Python unless told that there is one; that is 7 % of its time
PARSER = etree.HTMLParser(  # type: ignore[call-arg]  # the stubs lack default_doctype
    collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
)
PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))


def find_body(body: str, html: str, url: str | None = None, *, wide: bool = False) -> tuple[Line, ...]:
    """The lines that trafilatura takes as the article, in document order; none if it finds none.

    Its fallbacks (other extractors, for comparison) run only where little was found without them.

    Args:
        body: the page's reduced body, as `Document.body_html` gives it.
        html: the whole page, for what only scripts hold.
        url: where it came from, if known.
        wide: the page has so many short blocks that the fallbacks, whose time grows with their square, are left out.
    """
    quick = extracted(body, html, url, fast=True)
    if wide or sum(len(line.text) for line in quick) >= ENOUGH_CHARS:
        return quick
    return extracted(body, html, url, fast=False) or quick


def extracted(body: str, html: str, url: str | None, *, fast: bool) -> tuple[Line, ...]:
    """Each line that trafilatura finds in the body, or else in the whole page."""
    for page in (to_tree(body), html):
        found = page is not None and trafilatura.bare_extraction(
            page, url=url, include_comments=False, with_metadata=False, fast=fast
        )
        if isinstance(found, TrafilaturaDocument):
            return tuple(read_lines(found.body))
    return ()


def to_tree(body: str) -> HtmlElement | None:
    """A page's body as lxml's tree; None if there is none."""
    return etree.fromstring(f"<html>{body}</html>".encode(), PARSER) if body else None


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
