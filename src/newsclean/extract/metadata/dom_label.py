"""The byline that stands somewhere in the page's text, in no element named for it, told by its by-word: "By …"."""

from __future__ import annotations

import re
from itertools import islice

from selectolax.lexbor import LexborNode

from newsclean.bylines import is_byline, is_name, parse_byline
from newsclean.dates import parse_date
from newsclean.extract.document import Document
from newsclean.extract.metadata.people import MAX_LINE, opens_with_label
from newsclean.extract.metadata.place import is_elsewhere
from newsclean.extract.metadata.text import BLOCKS, NOT_TEXT, node_lines, node_text, squash
from newsclean.model import Person

HEADINGS = frozenset({"h1", "h2", "h3"})
DATE = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:,? \d{1,2}[:.]\d\d(?: Uhr)?)?")
MAX_CLIMB = 4
MAX_TRIED = 200  # lines; a page of the labelled ones has 4 in the median
MAX_TRAVERSED = 20_000


def read_labelled(document: Document, title: str | None) -> tuple[tuple[Person, ...], str] | None:
    """The people of the first line that is nothing but a byline with a label, after the title if that is a heading."""
    body = document.tree.body
    if body is None:
        return None
    wanted = squash(title or "")
    before: tuple[Person, ...] = ()
    after_title = False
    tried = 0
    for node in islice(body.traverse(include_text=True), MAX_TRAVERSED):
        if node.tag == "-text":
            if tried == MAX_TRIED or (before and not after_title) or not may_be_byline(node):
                continue
            tried += 1
            people = read_label(node)
            if people and after_title:
                return people, "dom label"
            before = before or people
        elif node.tag in HEADINGS and not after_title:
            after_title = bool(wanted) and wanted in squash(node_text(node))
    return (before, "dom label before the title") if before else None


def may_be_byline(node: LexborNode) -> bool:
    """Whether a text is short and begins with a by-word, or with a digit: bylines may begin with their date."""
    text = (node.text_content or "").strip()
    return 0 < len(text) <= MAX_LINE and (text[0].isdigit() or opens_with_label(text))


def read_label(node: LexborNode) -> tuple[Person, ...]:
    """The people of the byline that a text is, or begins: its label may stand apart from the names."""
    text = (node.text_content or "").strip()
    parent = node.parent
    if parent is None or parent.tag in NOT_TEXT or is_elsewhere(parent):
        return ()
    if text[0].isdigit():
        return dated_name(text)
    if len(text.split()) < 3:
        text = with_names(parent, text)
    people = parse_byline(text) if is_byline(text) else ()
    return people if any(p.role in {"author", "reporter"} for p in people) else ()


def dated_name(text: str) -> tuple[Person, ...]:
    """The person of a line that is a date and a name: "16.09.2018 - Ann Bell"."""
    name = DATE.sub("", text).strip(" \u00a0,|–—-")
    return parse_byline(name) if " " in name and is_name(name) and parse_date(text) else ()


def with_names(node: LexborNode, label: str) -> str:
    """A label with the names behind it, in its block or in the one after."""
    at: LexborNode | None = node
    for _ in range(MAX_CLIMB):
        if at is None:
            break
        lines = node_lines(at) if at.tag in BLOCKS else []
        if len(lines) > 1:
            start = next((i for i, line in enumerate(lines) if line.startswith(label)), 0)
            return " ".join(lines[start : start + 2])
        if lines and lines[0] != label:
            return lines[0]
        at = at.parent
    return label
