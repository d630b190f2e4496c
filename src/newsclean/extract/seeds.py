"""Which blocks of the page the body extractor took: the seeds, and with them those that are to be judged."""

from __future__ import annotations

from dataclasses import dataclass, replace

from newsclean.extract.blocks import Blocks, RawBlock
from newsclean.extract.paragraphs import with_ancestors
from newsclean.extract.surroundings import Elements, Place, as_element, context_of, find_core, near_body, place_in
from newsclean.extract.tables import CELLS, find_cells
from newsclean.model import Block, Kind

SEED_SHARE = 0.5  # of a block's text in the body extractor's, above which the block is a seed
MIN_SEED_CHARS = 15  # of a part of a line, without its spaces; shorter parts stand in many lines
MIN_PROBED_CHARS = 60
PROBE_CHARS = 24
ENOUGH_SHARE = 0.6  # of the extractor's characters that must be found in blocks, else the extractor's lines are taken
SAMPLE_CHARS = 200  # from which the commonest character is told
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


def kind_in(tag: str, inside: str) -> Kind:
    """What a block is, by its element and the names of this and of those around it."""
    if "blockquote" in inside:
        return "quote"
    return "caption" if "figcaption" in inside else KINDS.get(tag, "paragraph")
