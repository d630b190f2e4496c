"""Which blocks of the page the body extractor took, and which of the others stand near enough to be judged."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from newsclean.extract.blocks import Blocks, Node, RawBlock, marks
from newsclean.extract.paragraphs import is_long, is_outside, long_paragraphs, with_ancestors
from newsclean.extract.tables import CELLS, find_cells
from newsclean.model import Block, Cell, Context, Kind

SEED_SHARE = 0.5  # of a block's text in the body extractor's, above which the block is a seed
MIN_SEED_CHARS = 15  # of a part of a line, without its spaces; shorter parts stand in many lines
MIN_PROBED_CHARS = 60
PROBE_CHARS = 24
NEAR_BEFORE, NEAR_AFTER = 14, 10  # blocks around the body: at most .1 % of a collection's body words are farther off
BESIDE_FAR = range(-2, 3)  # of a long paragraph that stands far from the body: its heading and what follows it
SAME_PATH_SHARE = 0.15  # of the seeds' words, above which an element's place in the page is one of the body's
CORE_SHARE = 0.85  # of the seeds' words; the deepest element with it is the body's container
ENOUGH_SHARE = 0.6  # of the extractor's characters that must be found in blocks, else the extractor's lines are taken
MIN_SEED_WORDS = 8  # shorter seeds do not mark where the body begins and ends
ANCESTORS = 8
SAMPLE_CHARS = 200  # from which the commonest character is told
HREF = re.compile(r'(?:^| )href="([^"]{0,2000})"')
PROSE_CHARS = 100  # of a block in a cell, which is there for the layout then; or of a paragraph, which is no link
MIN_PROSE = 3  # paragraphs that are nearly all links: then a link tells nothing
LINKED_SHARE = 0.75  # of their text
KINDS: dict[str, Kind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "summary"), "heading"),  # that of details
    **dict.fromkeys(("li", "dd", "dt"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body extractor."""

    kind: Kind
    text: str


def seeded(page: Blocks, lines: tuple[Line, ...]) -> tuple[Block, ...]:
    """The page's blocks near the body, those that the extractor took marked as seeds.

    Where the page's blocks don't have the extractor's text (it came from scripts), its lines are the blocks, all seeds.
    """
    raw = page.blocks
    shares = seed_shares(raw, lines)
    seeds = {i: raw[i].text.count(" ") + 1 for i, share in enumerate(shares) if share > SEED_SHARE}
    if sum([len(raw[i].text) for i in seeds]) < ENOUGH_SHARE * sum([len(line.text) for line in lines]):
        return tuple([Block(i, line.kind, line.text) for i, line in enumerate(lines)])
    core = find_core(raw, seeds)
    elements = Elements(raw)
    around_core = {node.index for node in with_ancestors(core)}
    layout = {
        b.node.index for b in raw if b.node.tag in CELLS and len(b.text) >= PROSE_CHARS and 2 * b.linked < len(b.text)
    }
    is_linked = is_all_links([raw[i] for i in seeds])
    cells = find_cells(page)
    blocks: list[Block] = []
    places: dict[int, Place] = {}  # by the index of the element whose children stand there
    for i in near_body(raw, seeds, elements):
        node = raw[i].node
        above = node.parent.index if node.parent is not None else -1
        if above not in places:
            places[above] = place_in(node.parent, core, elements, around_core)
        place = None if node is core else places[above]
        block = replace(raw[i], linked=0, link_first=False, link="") if is_linked else raw[i]
        context = context_of(block, shares[i], place, elements.marks_of(node), cells.get(node.index))
        if node.index in elements.loose:
            context = as_element(context, "p")
        elif node.tag == "summary":  # no model has seen one
            context = as_element(context, "h3")
        kind = kind_in("p" if node.index in layout else node.tag, context.inside)
        blocks.append(Block(len(blocks), kind, raw[i].text, i in seeds, context))
    return tuple(blocks)


def is_all_links(taken: list[RawBlock]) -> bool:
    """Whether the paragraphs that the extractor took are links, nearly from end to end: in an encyclopedia, say."""
    prose = [block for block in taken if len(block.text) >= PROSE_CHARS]
    return len(prose) >= MIN_PROSE and all(block.linked >= LINKED_SHARE * len(block.text) for block in prose)


def without_spaces(text: str) -> str:
    """The text without white space, folded: equal for what two parsers made of one page."""
    return printable("".join(text.casefold().split()))


def printable(text: str) -> str:
    """The text without what trafilatura leaves out: soft hyphens, joiners of Persian and Hindi, marks of direction."""
    return text if text.isprintable() else "".join(filter(str.isprintable, text))


class Taken:
    """The extractor's text, squashed, which is asked of nearly every block of the page whether it holds its text.

    Most have nothing to do with it, and to search for one takes 4 us. So the text is cut at its commonest character: of
    a text that it holds, what stands between two of these must be among the pieces.
    """

    __slots__ = ("cut", "pieces", "text")

    def __init__(self, text: str) -> None:
        start = text[:SAMPLE_CHARS]
        self.text = text
        self.cut = max(sorted(set(start)), key=start.count, default=" ")
        self.pieces = frozenset(text.split(self.cut))

    def __contains__(self, text: str) -> bool:
        """Whether it holds a squashed text."""
        return self.pieces.issuperset(text.split(self.cut)[1:-1]) and text in self.text


def seed_shares(raw: list[RawBlock], lines: tuple[Line, ...]) -> list[float]:
    """How much of each block the extractor has: 1 for a whole line or a part of one, else by three probes."""
    squashed = [without_spaces(line.text) for line in lines]
    whole = set(squashed)
    taken = Taken("".join(squashed))  # without a break: what is two lines there may be one block here
    texts = [printable(block.text.replace(" ", "").casefold()) for block in raw]  # squashed: they have single spaces
    return [1.0 if text in whole else seed_share(text, taken) if len(text) >= MIN_SEED_CHARS else 0.0 for text in texts]


def seed_share(text: str, taken: Taken) -> float:
    """How much of a squashed text the extractor has."""
    if text in taken:
        return 1.0
    if len(text) < MIN_PROBED_CHARS:
        return 0.0
    probes = (0, len(text) // 2 - PROBE_CHARS // 2, len(text) - PROBE_CHARS)
    return sum([text[at : at + PROBE_CHARS] in taken for at in probes]) / len(probes)


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
        self.known = {0: ("", 0, False, 0)}  # the root's

    def marks_of(self, node: Node) -> tuple[str, int, bool, int]:
        """The element's words, its path, whether the page hides it, and the article around it; as in Context."""
        known = self.known.get(node.index)
        if known is None:
            _, above, is_inside_hidden, article = (
                self.marks_of(node.parent) if node.parent is not None else self.known[0]
            )
            words, first, is_hidden = marks(node.attributes)
            tag = "p" if node.index in self.loose else node.tag
            path = self.paths.setdefault((above, tag, first), len(self.paths) + 1)
            if node.tag == "article" and not article:
                article = node.index
            known = self.known[node.index] = (words, path, is_hidden or is_inside_hidden, article)
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


def context_of(
    raw: RawBlock, share: float, place: Place | None, own: tuple[str, int, bool, int], cell: Cell | None
) -> Context:
    """Where the block stood; without a place it is the core's own."""
    node = raw.node
    chars = len(raw.text)
    words, path, hidden, article = own
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
        article=article,
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


def kind_in(tag: str, inside: str) -> Kind:
    """What a block is, by its element and the names of this and of those around it."""
    if "blockquote" in inside:
        return "quote"
    return "caption" if "figcaption" in inside else KINDS.get(tag, "paragraph")
