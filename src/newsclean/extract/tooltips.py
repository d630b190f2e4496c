"""Explanations behind a word of a sentence, which a page shows only to those who point at it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsclean.extract.beside import do_touch

PLACES = "p :is(span, small, em, i)[class]"
NAMES = re.compile(r"tool-?tip|pop-?over|roll-?over|hover-?card|definition|footnote", re.IGNORECASE)
MAX_EMPTY = 4  # elements before it that are passed over
BEHIND_MARK = re.compile(r"[\])\d]\w")  # "[1]It was", behind the mark of a note


def strip_tooltips(tree: LexborHTMLParser) -> None:
    """Take the explanations out of a tree."""
    for node in reversed(tree.css(PLACES)):  # inner ones first: what an outer one holds goes with it
        if is_tooltip(node):
            node.decompose()


def is_tooltip(node: LexborNode) -> bool:
    """Whether an element is an explanation.

    Words of the sentence that have one carry the same names, but a space or a sign stands before them; what is hidden
    behind a word follows it at once.
    """
    attributes = node.attributes
    if attributes.get("role") == "tooltip":
        return True
    name = NAMES.search(attributes.get("class") or "")
    text = node.text()
    if name is None or " " not in text.strip():
        return False
    before = last_char_before(node)
    return do_touch(before, text) or (name[0].lower() == "footnote" and BEHIND_MARK.match(before + text) is not None)


def last_char_before(node: LexborNode) -> str:
    """The character before an element, if it has elders that hold one; what is empty, as an icon is, is passed over."""
    elder = node.prev
    for _ in range(MAX_EMPTY):
        if elder is None:
            break
        if text := (elder.text_content or "") if elder.tag == "-text" else elder.text():
            return text[-1]
        elder = elder.prev
    return ""
