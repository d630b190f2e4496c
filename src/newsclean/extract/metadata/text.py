"""Strings and elements in, tidy strings out: what every reader of metadata does to a text before it looks at it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from selectolax.lexbor import LexborNode

from newsclean import letters

MAX_CHARS = 1_000  # of a field; the longest labelled title has 255
MAX_DEPTH = 14
MAX_PARTS = 60
GLUED_LETTERS = 3  # of a word that an element stands directly behind
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]+|" + letters.STRAY_JOINERS)
CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")  # terminals obey them
SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # no-break spaces stay: French sets them before a colon
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
NOT_TEXT = frozenset({"script", "style", "noscript", "svg", "template", "-comment", "button", "select"})
READINGS = frozenset({"rt", "rp"})  # beside Chinese characters in Japanese: how they are read
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"}
    | {"form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "section", "table"}
    | {"td", "th", "tr", "ul"}
)


def tidy(text: str) -> str:
    r"""The text on one line: unescaped (twice: feeds escape what is escaped), NFC, no tags, no invisible characters.

    >>> tidy("Mill\x9b31m\u202e &amp;amp; weir\x1b]0;")
    'Mill31m & weir]0;'
    """
    text = text[:MAX_CHARS]
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = TAG.sub(" ", text)
    printable = text.isprintable()  # neither controls nor invisible characters, no space but the plain one
    if not printable:
        text = CONTROLS.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not printable:
        text = INVISIBLE.sub("", text)
    if not printable or "  " in text:
        text = SPACES.sub(" ", text)
    return text.strip(" \u00a0\u202f")


@lru_cache(maxsize=1024)
def squash(text: str) -> str:
    """What remains of a text when case, spaces, punctuation and the encoding of accents are ignored.

    >>> squash("The Harbour-Post!") == squash("the harbour post")
    True
    """
    return letters.squash(text[:MAX_CHARS])


def node_text(node: LexborNode) -> str:
    """The element's text on one line, without that of scripts and styles in it."""
    text = node.text(separator=" ", strip=True)
    odd = node.css_first("wbr, rt")
    if "{" in text or odd is not None:
        is_ruby = "{" not in text and node.css_first("rt") is not None
        text = "".join(seen_texts(node, "" if is_ruby else " "))
    return tidy(text)


def seen_texts(node: LexborNode, glue: str) -> Iterator[str]:
    """The texts that readers see, with the glue between two of them; none where a word may be broken, which is one."""
    before = ""
    for inner in node.traverse(include_text=True):
        if inner.tag == "wbr":
            before = ""
        elif is_text(inner):
            yield before + (inner.text_content or "")
            before = glue


def is_text(node: LexborNode) -> bool:
    """Whether a node is text that readers see."""
    return node.tag == "-text" and node.parent is not None and node.parent.tag not in NOT_TEXT | READINGS


def node_lines(node: LexborNode) -> list[str]:
    """The element's text, a line for each part that stands apart; no line is empty."""
    text = "".join(islice(text_parts(node, MAX_DEPTH), MAX_PARTS))[: 2 * MAX_CHARS]
    return [tidied for line in text.split("\n") if (tidied := " ".join(line.split()))]


def text_parts(node: LexborNode, depth: int) -> Iterator[str]:
    """The text's pieces, with a line break where an element stands apart; breaks in the source are spaces."""
    child = node.first_child
    while child is not None:
        if child.tag == "-text":
            yield (child.text_content or "").replace("\n", " ").replace("\r", " ")
        elif child.tag not in NOT_TEXT and depth:
            mark = "\n" if child.tag in BLOCKS or touches(child) else ""
            yield mark
            yield from text_parts(child, depth - 1)
            yield mark
        child = child.next


def touches(node: LexborNode) -> bool:
    """Whether an element follows another without a space: two names, or name and title, set apart by style.

    So does one with a capital behind a word: `Ann Bell<span>Updated`, but not `Mc<b>Bell</b>`, nor `Ann B<i>ell</i>`.
    """
    before = node.prev
    if before is None or before.tag == "-comment":
        return False
    if before.tag != "-text":
        return True
    end = (before.text_content or "")[-GLUED_LETTERS:]
    return len(end) == GLUED_LETTERS and end.isalpha() and end[1:].islower() and node.text()[:1].isupper()
