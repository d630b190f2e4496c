"""The date that a text of the page is or begins with, whatever its element is called."""

from __future__ import annotations

import re
from itertools import islice

from selectolax.lexbor import LexborNode

from newsclean.dates import is_publication_label, parse_date
from newsclean.dates.published import PrintedDate, is_change_label, parse_published
from newsclean.extract.document import Document
from newsclean.extract.metadata.dom_date import is_title
from newsclean.extract.metadata.found import Found
from newsclean.extract.metadata.place import is_elsewhere, is_masthead, is_teaser
from newsclean.extract.metadata.text import NOT_TEXT, squash

HEADINGS = frozenset({"h1", "h2", "h3", "legend"})
MAX_TRAVERSED = 20_000
MAX_LINE = 80
MAX_OPENING = 30
MAX_LABEL = 40
MAX_BEFORE_TEXT = 200  # bytes of what stands between headline and running text; a Chinese character has three
DATE_START = re.compile(r"(?:[^\W\d_]{2,12},? )?\d|[A-Z][a-z]{2,8} \d")


def read_text_date(document: Document, title: str | None, *, month_before_day: bool) -> Found | None:
    """The first date that a text is or begins with, after the title if there is one; its element does not matter.

    One that is said to be of a change is taken only where no other stands before the running text.
    """
    body = document.tree.body
    if body is None:
        return None
    wanted = squash(title or "")
    before: str | None = None
    near = label = ""
    changed: str | None = None
    after_title = False
    for node in islice(body.traverse(include_text=True), MAX_TRAVERSED):
        if not after_title and node.tag in HEADINGS:
            after_title = is_title(node, wanted)
            if after_title and near:
                return Found(near, "dom text above the title")
        if node.tag != "-text" or not (text := (node.text_content or "").strip()):
            continue
        near = ""  # a date directly above the title is the article's; further up it may be the day of the visit
        said, label = label, text
        found = opening_date(text, month_before_day=month_before_day)
        begins = changed is not None and len(text.encode()) > MAX_BEFORE_TEXT
        if not (found or begins) or not stands_in_article(node.parent, after_title=after_title):
            continue
        if found is None:
            break
        if found.of_change or is_change_label(said):
            changed, before = (changed or found.stamp, before) if after_title else (None, before or found.stamp)
        elif after_title:
            return Found(found.stamp, "dom text")
        else:
            before, near = before or found.stamp, found.stamp
    if changed:
        return Found(changed, "dom text of a change")
    return Found(before, "dom text before the title") if before else None


def stands_in_article(parent: LexborNode | None, *, after_title: bool) -> bool:
    """Whether the text of an element is seen, and neither beside the article nor in the site's header."""
    if parent is None or parent.tag in NOT_TEXT or is_elsewhere(parent):
        return False
    return after_title or not is_masthead(parent)


def read_labelled_date(document: Document, *, month_before_day: bool) -> Found | None:
    """The first date behind words that say that it is the one of publication, wherever on the page it stands."""
    body = document.tree.body
    label = ""
    for node in islice(body.traverse(include_text=True), MAX_TRAVERSED) if body is not None else ():
        if node.tag != "-text" or not (text := (node.text_content or "").strip()):
            continue
        if (found := DATE_START.search(text, 0, MAX_LINE)) and len(text) <= MAX_LINE:
            said = text[: found.start()] or label
            stamp = parse_date(text[found.start() :], month_before_day=month_before_day)
            if stamp and is_publication_label(said) and not is_elsewhere_in_list(node):
                return Found(stamp, "dom labelled date")
        label = text if len(text) <= MAX_LABEL else ""
    return None


def is_elsewhere_in_list(node: LexborNode) -> bool:
    """Whether a text belongs to a link or to another article: what is behind a link has its own date."""
    return node.parent is None or node.parent.tag in NOT_TEXT or is_teaser(node.parent, len(node.text_content or ""))


def opening_date(text: str, *, month_before_day: bool) -> PrintedDate | None:
    """The date of a short text, or the one that a longer text begins with."""
    if "20" not in text[:MAX_LINE] and "19" not in text[:MAX_LINE]:
        return None
    return parse_published(text if len(text) <= MAX_LINE else text[:MAX_OPENING], month_before_day=month_before_day)
