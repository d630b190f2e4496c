"""Words in a paragraph that a page does not show: explanations behind a word, and words for screen readers alone."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsclean.extract.beside import do_touch, text_before

WORDS = ":is(span, small, em, i):is([class], [role])"
PLACES = ", ".join(f"{block} {WORDS}" for block in ("p", "li", "dd", "blockquote"))
EXPLAINS = re.compile(r"tool-?tip|pop-?over|roll-?over|hover-?card|definition|footnote", re.IGNORECASE)
EXPLAINED = re.compile(r"(?:term|word|trigger|anchor|toggle|target|label|link)(?![^\W_])", re.IGNORECASE)  # has one
LOOK_CHARS = 12
WORD = re.compile(r"[^\W\d_]{2}$")  # a single letter is a large one that begins its word
FOR_SCREEN_READERS = re.compile(
    r"(?<![^\W_])(?<![:])(?<!not-)(?:sr-only|visually-?hidden|hidden-visually|screen-?reader-text|show-for-sr|element-invisible)(?![\w-])",
    re.IGNORECASE,
)
NOTE = re.compile(r"[^\W\d_]\W{0,3}\d{1,3}[\])]?\w$")  # "the dam[1]It was": behind the mark of a note, in a sentence


def strip_hidden_words(tree: LexborHTMLParser) -> None:
    """Take the words out of a tree."""
    found = {node.mem_id: node for node in tree.css(PLACES)}  # some stand in several of the places
    for node in reversed(found.values()):  # inner ones first: what an outer one holds goes with it
        if is_for_screen_readers(node) or is_explanation(node):
            node.decompose()


def is_for_screen_readers(node: LexborNode) -> bool:
    """Whether an element's class says that nobody sees it: "(opens in a new window)" behind a link.

    A letter is the beginning of a word whose picture stands there; what is all of its element may be the text itself.
    """
    classes = node.attributes.get("class") or ""
    if FOR_SCREEN_READERS.search(classes) is None or "not-sr-only" in classes:
        return False
    text = node.text(strip=True)
    return len(text) > 1 and (node.parent is None or node.parent.text(strip=True) != text)


def is_explanation(node: LexborNode) -> bool:
    """Whether an element is hidden until somebody points at the word before it.

    Words of the sentence that have one carry the same names, but a space or a sign stands before them; what is hidden
    behind a word follows it at once.
    """
    classes = node.attributes.get("class") or ""
    if EXPLAINED.search(classes):
        return False
    name = EXPLAINS.search(classes)
    text = node.text()
    if node.attributes.get("role") == "tooltip":
        return True
    if name is None or " " not in text.strip():
        return False
    before = text_before(node, LOOK_CHARS)
    if name[0].lower() == "footnote" and NOTE.search(before + text[:1]):
        return True
    return WORD.search(before) is not None and do_touch(before, text)
