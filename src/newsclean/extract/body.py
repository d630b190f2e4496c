"""The body of a page, by trafilatura, of which this module is the sole user."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document as TrafilaturaDocument

from newsclean.extract.document import Document
from newsclean.model import Block, Kind

# trafilatura logs each page that it gives up; the caller gets a typed error instead
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

KINDS: dict[str, Kind] = {"head": "heading", "item": "item", "quote": "quote", "cell": "cell"}
INLINE = frozenset({"hi", "ref", "del", "code", "graphic"})
# Nothing that trafilatura takes as text stands in these; without them it needs a fifth less time, and the bodies of 293
# of the 294 news pages in dev.jsonl stay the same, letter by letter.
WITHOUT_TEXT = ["script", "style", "svg", "template", "iframe", "object", "embed", "canvas", "link", "meta"]
# Of 946 labelled pages, 8 % have less; there the fallbacks bring .006 of segment F1, elsewhere next to nothing.
ENOUGH_CHARS = 800
# lxml looks up the class of each element in Python unless told that there is one; that is a tenth of the time
PARSER = etree.HTMLParser(  # type: ignore[call-arg]  # the stubs lack default_doctype
    collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
)
PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))


def find_body(document: Document, html: str, *, wide: bool = False) -> tuple[Block, ...]:
    """The blocks that trafilatura takes as the article, in document order; empty if it finds none.

    Its fallbacks (other extractors, for comparison) run only where little was found without them.

    Args:
        document: the page.
        html: the same page as text, for what only scripts hold.
        wide: the page has so many short blocks that the fallbacks, whose time grows with their square, are left out.
    """
    quick = extracted(document, html, fast=True)
    if wide or sum(len(text) for _, text in quick) >= ENOUGH_CHARS:
        lines = quick
    else:
        lines = extracted(document, html, fast=False) or quick
    return tuple(Block(i, kind, text) for i, (kind, text) in enumerate(lines))


def extracted(document: Document, html: str, *, fast: bool) -> tuple[tuple[Kind, str], ...]:
    """(Kind, text) of each line that trafilatura finds in the reduced page, or else in the whole page."""
    for page in (reduced(document), html):
        found = page is not None and trafilatura.bare_extraction(
            page, url=document.url, include_comments=False, with_metadata=False, fast=fast
        )
        if isinstance(found, TrafilaturaDocument):
            return tuple(read_lines(found.body))
    return ()


def reduced(document: Document) -> HtmlElement | None:
    """The page's body as lxml's tree, without elements that hold no text; None if it has no body."""
    tree = document.tree.clone()
    tree.strip_tags(WITHOUT_TEXT, recursive=True)
    body = tree.body.html if tree.body is not None else None
    return etree.fromstring(f"<html>{body}</html>".encode(), PARSER) if body else None


def read_lines(body: etree._Element) -> Iterator[tuple[Kind, str]]:
    """(Kind, text) of each line of a trafilatura body: elements and line breaks end a line, inline markup doesn't."""
    kinds: list[Kind] = ["paragraph"]
    line: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in INLINE:
            line.append((element.text if event == "start" else element.tail) or "")
            continue
        text = " ".join("".join(line).split())
        if text:
            yield kinds[-1], text
        if event == "start":
            kinds.append(KINDS.get(element.tag, kinds[-1]))
            line = [element.text or ""]
        else:
            kinds.pop()
            line = [element.tail or ""]
