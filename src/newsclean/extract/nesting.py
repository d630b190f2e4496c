"""The tags of a page before it is parsed: how deep they nest, how many they are; both brought under a limit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

MAX_DEPTH = 200  # libxml2 drops what lies deeper than 256; lexbor's time grows with the square of the depth
MAX_TAGS = 40_000  # trafilatura's time grows with the square of the blocks; of 2,003 news pages none has over 23,000

# As the HTML standard's tokeniser reads them: what a name, an attribute or a comment holds is no tag, however it looks.
TAG = re.compile(
    r"""<(?:(/?)([a-zA-Z][^\s/>]*+)"""
    r"""(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+)*+>?"""
    r"""|!--|[!?/][^>]*+>?)"""
)
COMMENT_END = re.compile(r"--!?>")
RAW_END = {  # what stands in these is no markup
    tag: re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE) for tag in ("script", "style", "title", "textarea")
}

CLOSES_AT_MOST = 40  # unclosed elements that one tag closes; bounds the search
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split()) | RAW_END.keys()
# Each closes the one before it if that was left open: a thousand unclosed <p> are no depth.
SIBLINGS = {
    tag: frozenset(group.split())
    for group in ("p", "li", "dt dd", "td th", "tr", "tbody thead tfoot", "option")
    for tag in group.split()
}
LOOKED_THROUGH = frozenset("a b big code em font i small span strong sub sup u".split()) | SIBLINGS.keys()
DRAWINGS = frozenset({"svg", "math"})


def flatten(html: str, max_depth: int = MAX_DEPTH) -> str:
    """The same page with the tags taken out that open or close an element nested deeper than `max_depth`.

    Their text stays. The very same string comes back if nothing is that deep.
    """
    kept: list[str] = []
    start = 0
    for tag in deep_tags(html, max_depth):
        kept.append(html[start : tag.start()])
        start = tag.end()
    return "".join((*kept, html[start:])) if kept else html


def cut_wide(html: str, max_tags: int = MAX_TAGS) -> str:
    """The page up to its `max_tags`th tag; the very same string if it has no more."""
    if html.count("<") <= max_tags:
        return html
    beyond = next(islice(find_tags(html), max_tags, None), None)
    return html[: beyond.start()] if beyond else html


def find_tags(html: str) -> Iterator[re.Match[str]]:
    """Each tag: group 1 is "/" if it closes, group 2 its name; what scripts and comments hold is no tag."""
    match = TAG.search(html)
    while match:
        name = match[2]
        if name:
            yield match
        at = match.end()
        if match[0] == "<!--":
            end = COMMENT_END.search(html, at - 2)  # "<!-->" is one
            at = end.end() if end else -1
        elif name and not match[1] and name.lower() in RAW_END:
            end = RAW_END[name.lower()].search(html, at)
            at = end.start() if end else -1
        if at < 0:  # never closed: the rest of the page stands in it
            return
        match = TAG.search(html, at)


def deep_tags(html: str, max_depth: int) -> Iterator[re.Match[str]]:
    """The tags that open or close an element nested deeper than `max_depth`.

    A closing tag closes what stands open inside its element, as in a browser. Paragraphs, list items and cells are left
    where they are: they close each other, so they add no depth, and keep the text apart.
    """
    opened: list[str] = []
    drawing = 0  # how many elements are open where the outermost drawing began, itself counted; 0 outside
    for match in find_tags(html):
        tag = match[2].lower()
        if tag in VOID:
            continue
        if match[1]:
            depth = len(opened) if opened[-1:] == [tag] else depth_of(opened, frozenset({tag}))
            if depth > max_depth and tag not in SIBLINGS:
                yield match
        else:
            depth = depth_of(opened, SIBLINGS[tag], LOOKED_THROUGH) if tag in SIBLINGS and not drawing else 0
        if depth:
            del opened[depth - 1 :]
            drawing = drawing if len(opened) >= drawing else 0
        if match[1] or (drawing and match[0].endswith("/>")):
            continue
        opened.append(tag)
        if tag in DRAWINGS and not drawing:
            drawing = len(opened)
        if len(opened) > max_depth and (tag not in SIBLINGS or drawing):
            yield match


def depth_of(opened: list[str], tags: frozenset[str], through: frozenset[str] | None = None) -> int:
    """How deep the innermost open element of these is, from 1; 0 if none is near, or not seen `through` others."""
    for depth in range(len(opened), max(len(opened) - CLOSES_AT_MOST, 0), -1):
        if opened[depth - 1] in tags:
            return depth
        if through is not None and opened[depth - 1] not in through:
            return 0
    return 0
