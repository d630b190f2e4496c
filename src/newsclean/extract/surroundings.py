"""Where a block of the page stands: the elements around it, the core that holds the body, and what is near that."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from newsclean.extract.blocks import Node, RawBlock, marks
from newsclean.extract.paragraphs import is_long, is_outside, long_paragraphs
from newsclean.model import Cell, Context

NEAR_BEFORE, NEAR_AFTER = 14, 10  # blocks around the body: at most .1 % of a collection's body words are farther off
BESIDE_FAR = range(-2, 3)  # of a long paragraph that stands far from the body: its heading and what follows it
SAME_PATH_SHARE = 0.15  # of the seeds' words, above which an element's place in the page is one of the body's
CORE_SHARE = 0.85  # of the seeds' words; the deepest element with it is the body's container
MIN_SEED_WORDS = 8  # shorter seeds do not mark where the body begins and ends
ANCESTORS = 8
MOST_ARTICLES = 8  # of those around a block, the innermost
NUMBER = re.compile(r"\d{3,}")  # in an element's first word: each entry of a list has its own, "block-5906"
# What is numbered too, but has little in common: captions of pictures, parts of forms, an editor's blocks of any kind.
UNLIKE = re.compile(r"attachment|caption|comment|control|elementor|image|signature|c\d")
HREF = re.compile(r'(?:^| )href="([^"]{0,2000})"')

Marks = tuple[str, int, bool, tuple[int, ...]]
"""An element's words, its path, whether the page hides it, and the articles around it; as in Context."""


def find_core(raw: list[RawBlock], seeds: dict[int, int]) -> Node | None:
    """The deepest element that holds nearly all words of the seeds."""
    held: dict[int, int] = {}  # by the index of an element
    nodes: dict[int, Node] = {}
    for i, words in seeds.items():
        node: Node | None = raw[i].node
        while node is not None:
            held[node.index] = held.get(node.index, 0) + words
            nodes[node.index] = node
            node = node.parent
    enough = CORE_SHARE * sum(seeds.values())  # over half: those that hold it stand in each other, the last deepest
    return nodes.get(max([index for index, words in held.items() if words >= enough], default=-1))


class Elements:
    """What the page's elements are for, and where they stand; read when it is asked for, of most nobody does.

    Attributes:
        loose: the elements that are no paragraphs by their name, but hold text as those beside them do.
    """

    def __init__(self, raw: list[RawBlock]) -> None:
        self.loose = loose_text(raw)
        self.paths: dict[tuple[int, str, str], int] = {}
        self.known: dict[int, Marks] = {0: ("", 0, False, ())}  # the root's

    def marks_of(self, node: Node) -> Marks:
        """What is known of an element."""
        known = self.known.get(node.index)
        if known is None:
            _, above, is_inside_hidden, articles = (
                self.marks_of(node.parent) if node.parent is not None else self.known[0]
            )
            words, first, is_hidden = marks(node.attributes)
            tag = "p" if node.index in self.loose else node.tag
            kind = first if first.isalpha() or UNLIKE.search(first) else NUMBER.sub("", first)
            path = self.paths.setdefault((above, tag, kind), len(self.paths) + 1)
            if node.tag == "article":
                articles = (*articles, node.index)[-MOST_ARTICLES:]
            known = self.known[node.index] = (words, path, is_hidden or is_inside_hidden, articles)
        return known


def loose_text(raw: list[RawBlock]) -> set[int]:
    """Indexes of the `div` elements that nothing names and that hold text among paragraphs: they are paragraphs too."""
    around_paragraphs = {parent.index for b in raw if b.node.tag == "p" and (parent := b.node.parent)}
    divs = [b.node for b in raw if b.node.tag == "div" and b.node.parent]
    return {node.index for node in divs if node.parent and node.parent.index in around_paragraphs and not node.words}


def near_body(raw: list[RawBlock], seeds: dict[int, int], elements: Elements) -> list[int]:
    """Positions of the blocks that are seeds, stand near them, or in elements like theirs.

    Args:
        raw: all blocks of the page.
        seeds: the words of each, by its position.
        elements: those of the page.
    """
    long = [i for i, words in seeds.items() if words >= MIN_SEED_WORDS] or list(seeds)
    if not long:
        return []
    by_path: dict[int, int] = {}
    for i, words in seeds.items():
        path = elements.marks_of(raw[i].node)[1]
        by_path[path] = by_path.get(path, 0) + words
    enough = SAME_PATH_SHARE * sum(seeds.values())
    alike = {path for path, words in by_path.items() if words > enough}
    places = {tags_of(raw[i].node) for i in seeds}
    first, last = long[0] - NEAR_BEFORE, long[-1] + NEAR_AFTER
    far = far_paragraphs(raw, first, last)
    return [
        i
        for i, b in enumerate(raw)
        if first <= i <= last
        or i in seeds
        or i in far
        or (tags_of(b.node) in places and elements.marks_of(b.node)[1] in alike)
    ]


def far_paragraphs(raw: list[RawBlock], first: int, last: int) -> set[int]:
    """Positions of the long paragraphs before the first and after the last, and of what stands beside them.

    The body extractor may have taken one part of an article, and left the others.
    """
    outside = (*range(min(max(first, 0), len(raw))), *range(last + 1, len(raw)))
    if not any(is_long(raw[i]) and not is_outside(raw[i].node) for i in outside):
        return set()
    long = set(long_paragraphs(raw)).intersection(outside)
    return {i + step for i in long for step in BESIDE_FAR}


def tags_of(node: Node) -> tuple[str, str]:
    """The tags of an element and of the one around it, which elements of one path have in common."""
    return node.tag, node.parent.tag if node.parent is not None else ""


class Place(NamedTuple):
    """Where the children of an element stand, without themselves: computed once for all of them.

    Attributes:
        inside, around, apart: as in Context.
        depth: how many elements around them are below the core; not counted beyond ANCESTORS.
        in_core: whether the core is around them, as far as was looked.
    """

    inside: str
    around: str
    apart: str
    depth: int
    in_core: bool


def place_in(parent: Node | None, core: Node | None, elements: Elements, around_core: set[int]) -> Place:
    """The place of the children of an element; `around_core` has the indexes of the core and of what is around it."""
    inside: list[str] = []
    around: list[str] = []
    apart: list[str] = []
    node = parent
    while node is not None and node is not core and len(inside) < ANCESTORS - 1:
        inside.append(" " + node.tag)
        if words := elements.marks_of(node)[0]:
            around.append(words)
            if node.index not in around_core:
                apart.append(words)
        node = node.parent
    return Place("".join(inside), " ".join(around), " ".join(apart), len(inside), node is core)


def context_of(raw: RawBlock, share: float, place: Place | None, own: Marks, cell: Cell | None) -> Context:
    """Where the block stood; without a place it is the core's own."""
    node = raw.node
    chars = len(raw.text)
    words, path, hidden, articles = own
    return Context(
        tag=node.tag,
        classes=words,
        around=place.around if place else "",
        apart=place.apart if place else "",
        inside=node.tag + place.inside if place else "",
        link_share=min(raw.linked / chars, 1.0),
        link_first=raw.link_first,
        href=target(raw.link),
        strong_share=min(raw.strong / chars, 1.0),
        emphasis_share=min(raw.emphasis / chars, 1.0),
        hidden=hidden,
        depth=place.depth + 1 if place else 0,
        in_core=place.in_core if place else True,
        parent=node.parent.index if node.parent is not None else 0,
        path=path,
        articles=articles,
        seed_share=share,
        cell=cell,
    )


def as_element(context: Context, tag: str) -> Context:
    """Where a block stands, as if its element had another name."""
    return replace(context, tag=tag, inside=context.inside.replace(context.tag, tag, 1))


def target(attributes: str) -> str:
    """Where a link leads, by its attributes."""
    found = HREF.search(attributes)
    return found[1] if found else ""
