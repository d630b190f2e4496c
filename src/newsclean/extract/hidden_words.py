"""Words in a paragraph that a page does not show: explanations behind a word, and words for screen readers alone."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsclean.extract.beside import do_touch

PLACES = "p :is(span, small, em, i)[class]"
EXPLAINS = re.compile(r"tool-?tip|pop-?over|roll-?over|hover-?card|definition|footnote", re.IGNORECASE)
MAX_EMPTY = 4  # elements before it that are passed over
FOR_SCREEN_READERS = re.compile(
    r"(?<![^\W_])(?<!not-)(?:sr-only|visually-?hidden|hidden-visually|screen-?reader-text|show-for-sr|element-invisible)(?![\w-])",
    re.IGNORECASE,
)
BEHIND_MARK = re.compile(r"[\])\d]\w")  # "[1]It was", behind the mark of a note


def strip_hidden_words(tree: LexborHTMLParser) -> None:
    """Take the words out of a tree."""
    for node in reversed(tree.css(PLACES)):  # inner ones first: what an outer one holds goes with it
        if is_for_screen_readers(node) or is_explanation(node):
            node.decompose()


def is_for_screen_readers(node: LexborNode) -> bool:
    """Whether an element's class says that nobody sees it: "(opens in a new window)" behind a link."""
    return FOR_SCREEN_READERS.search(node.attributes.get("class") or "") is not None


def is_explanation(node: LexborNode) -> bool:
    """Whether an element is hidden until somebody points at the word before it.

    Words of the sentence that have one carry the same names, but a space or a sign stands before them; what is hidden
    behind a word follows it at once.
    """
    attributes = node.attributes
    if attributes.get("role") == "tooltip":
        return True
    name = EXPLAINS.search(attributes.get("class") or "")
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
