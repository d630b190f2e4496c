"""When a page says, outside its head, that its article was last changed: in microdata, or in a line for readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from newsclean.dates import is_modification_label, parse_date
from newsclean.extract.document import Document
from newsclean.extract.metadata.found import Found
from newsclean.extract.metadata.place import is_elsewhere, is_masthead, is_teaser
from newsclean.extract.metadata.text import NOT_TEXT, node_text

MARKED = '[itemprop~="dateModified" i], [property$="dateModified" i]'
MAX_MARKED = 40
LIST = 3  # so many elements with different days are a list of articles
MAX_TEXTS = 60  # of the page, from the headline on: such a line stands near it
MAX_TRAVERSED = 2_000
MAX_CLIMB = 5
MAX_LINE = 120
WORDS = re.compile(r"[^\W\d_]\D{1,60}(?=\d)")  # what stands before a date or a time of day
WEEKDAY_OR_MONTH = re.compile(r"\s[^\W\d_]{2,12}[.,]?\s{0,2}$")
BREAK = re.compile(r"[|•·,;()–—]|\.\s|\s-\s")


def read_marked_modified(document: Document) -> Found | None:
    """The date of the first element that microdata or RDFa names dateModified."""
    stamps = []
    for node in document.tree.css(MARKED)[:MAX_MARKED]:
        said = node.attributes.get("datetime") or node.attributes.get("content") or node_text(node)
        if (stamp := parse_date(said)) and not is_others(node):
            stamps.append(stamp)
    if not stamps or len({stamp[:10] for stamp in stamps}) >= LIST:
        return None
    return Found(stamps[0], "dom dateModified")


def read_shown_modified(document: Document, *, month_before_day: bool) -> Found | None:
    """The first date behind words such as "Updated", in a short text below the headline."""
    label = ""
    for node, text in islice(texts_from_headline(document), MAX_TEXTS):
        line = f"{label} {text}" if label else text
        if len(line) <= MAX_LINE and (dated := after_label(line)):
            time = node.parent.attributes.get("datetime") if label and node.parent is not None else None
            stamp = parse_date(time) or parse_date(dated, month_before_day=month_before_day)
            if stamp and node.parent is not None and not is_others(node.parent):
                return Found(stamp, "dom labelled date")
        label = text if is_modification_label(text) else ""
    return None


def texts_from_headline(document: Document) -> Iterator[tuple[LexborNode, str]]:
    """The pieces of text that are not blank and come after the page's first h1; none if it has no h1."""
    for node in islice(nodes_after(document.tree.css_first("h1")), MAX_TRAVERSED):
        if node.tag != "-text" or node.parent is None or node.parent.tag in NOT_TEXT:
            continue
        if text := " ".join((node.text_content or "").split()):
            yield node, text


def nodes_after(node: LexborNode | None) -> Iterator[LexborNode]:
    """What comes after an element, in and around the elements that it stands in; nothing for no element."""
    for _ in range(MAX_CLIMB):
        if node is None or node.tag == "body":
            return
        beside = node.next
        while beside is not None:
            yield from beside.traverse(include_text=True)
            beside = beside.next
        node = node.parent


def after_label(line: str) -> str:
    """What follows the first words in a line that say that it was changed, from these words on; empty if none do.

    >>> after_label("Published: 9:00 am, 2 May 2024 | Updated: Friday, 3 May 2024")
    'Updated: Friday, 3 May 2024'
    >>> after_label("The list of 2019 was updated 3 May 2024")
    ''
    """
    for found in WORDS.finditer(line):
        words = WEEKDAY_OR_MONTH.sub(" ", found[0])
        start = max((m.end() for m in BREAK.finditer(words)), default=0)
        if is_modification_label(found[0][start:]) or is_modification_label(words[start:]):
            return line[found.start() + start :].lstrip()
    return ""


def is_others(node: LexborNode) -> bool:
    """Whether an element belongs to another article, to a comment, or to the page's frame."""
    return is_elsewhere(node) or is_masthead(node) or is_teaser(node, 0)  # 0: no link with more than a date in it
