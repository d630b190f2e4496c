"""The marks of footnotes, which are numbers to click and no text; powers, ordinals and numbers of figures stay."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsclean.extract.beside import do_touch, text_after, text_before

PLACES = 'sup, a[href^="#"]'
LINK = 'a[href^="#"]'
MARK = re.compile(r"([\[(]?)(\d{1,3})(?: ?[,–-] ?\d{1,3}){0,9}[\])]?")
BEHIND_SIGN = r"""[^\W_](?:[.,;:!?…。、，！？]|[.,;!?…]?["”’»」』])"""
BEHIND_LETTER = re.compile(rf"(?:[^\W\d_]|{BEHIND_SIGN})$")
BEHIND_WORD = re.compile(rf"(?:[^\W\d_]{{4}}|{BEHIND_SIGN})$")  # "10⁶", "m²" and "x¹" are no notes
UNITS = re.compile(
    r"(?:met(?:er|re|ri|ro|ra)s?|mètres?|inch(?:es)?|feet|foot|yards?|miles?|метр(?:а|ов)?)$", re.IGNORECASE
)
SIGN = re.compile(r"[.,;:!?。、，；：！？]")  # no space stands before it, when the mark is gone
OPENING, CLOSING = ("[", "("), ("]", ")")  # around the link, not in it
MAX_HREF = 200
PLACE = re.compile(r"note|foot|fn|ftn|ref|cit|nb", re.IGNORECASE)  # "Klasse<a href=#k2>2</a>" leads to no note
FRACTION = re.compile(r"[⁄/\d]")
WORD_CHARS = 12  # as many before a mark are looked at
MAX_DEPTH = 6  # of a mark's elements in each other


def strip_notes(tree: LexborHTMLParser) -> None:
    """Take the marks of footnotes out of a tree."""
    marks: dict[int, LexborNode] = {}
    last = 0
    for node in tree.css(PLACES):
        mark = MARK.fullmatch(node.text().strip())
        if mark is None or is_inside(node, marks):
            continue
        number = int(mark[2])
        if node.tag == "a" or node.css_first(LINK) is not None:
            is_note = is_linked_note(node, mark[1], number)
        elif mark[1] == "[":
            is_note = text_before(node, WORD_CHARS).strip() != ""
        else:
            is_note = number <= last + 1 and is_plain_note(node)
            last = max(last, number) if is_note else last
        if is_note:
            marks[node.mem_id] = node
    for node in marks.values():
        before = node.prev
        if do_touch(text_before(node, 1), text_after(node, 1)):
            node.insert_before(" ")
        elif before is not None and before.tag == "-text" and SIGN.match(text_after(node, 1)):
            before.replace_with((before.text_content or "").rstrip())
        node.decompose()


def is_inside(node: LexborNode, others: dict[int, LexborNode]) -> bool:
    """Whether one of the others is around the element."""
    around = node.parent
    for _ in range(MAX_DEPTH):
        if around is None:
            return False
        if around.mem_id in others:
            return True
        around = around.parent
    return False


def is_linked_note(node: LexborNode, bracket: str, number: int) -> bool:
    """Whether a number that leads to a place of the page is a mark.

    It is raised, or stands behind a word and in the name of the place. Of "[<a>1</a>]" it is a part.
    """
    before, after = text_before(node, 1), text_after(node, 1)
    if not text_before(node, WORD_CHARS).strip() or before in OPENING or after in CLOSING:
        return False
    if node.tag == "sup" or node.css_first("sup") is not None:
        return True
    place = (node.attributes.get("href") or "")[:MAX_HREF]
    if re.search(rf"(?<!\d){number}(?!\d)", place) is None:
        return False
    is_named = PLACE.search(place) is not None and BEHIND_LETTER.search(text_before(node, WORD_CHARS)) is not None
    return bracket == "[" or is_named


def is_plain_note(node: LexborNode) -> bool:
    """Whether a raised number that leads nowhere stands where marks do."""
    before = text_before(node, WORD_CHARS)
    return (
        BEHIND_WORD.search(before) is not None
        and UNITS.search(before) is None
        and FRACTION.match(text_after(node, 1)) is None
    )
