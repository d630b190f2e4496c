"""Which blocks of the page the body extractor took, and which of the others stand near enough to be judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from newsclean.extract.blocks import Node, RawBlock
from newsclean.model import Block, Context, Kind

SEED_SHARE = 0.5  # of a block's text in the body extractor's, above which the block is a seed
MIN_SEED_CHARS = 15  # of a part of a line, without its spaces; shorter parts stand in many lines
MIN_PROBED_CHARS = 60
PROBE_CHARS = 24
NEAR_BEFORE, NEAR_AFTER = 14, 10  # blocks around the body: at most .1 % of a collection's body words are farther off
SAME_PATH_SHARE = 0.15  # of the seeds' words, above which an element's place in the page is one of the body's
CORE_SHARE = 0.85  # of the seeds' words; the deepest element with it is the body's container
ENOUGH_SHARE = 0.6  # of the extractor's characters that must be found in blocks, else the extractor's lines are taken
MIN_SEED_WORDS = 8  # shorter seeds do not mark where the body begins and ends
ANCESTORS = 8
CELLS = frozenset({"td", "th"})
PROSE_CHARS = 100  # of a block in a cell, which is there for the layout then
KINDS: dict[str, Kind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dd", "dt"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body extractor."""

    kind: Kind
    text: str


def seeded(raw: list[RawBlock], lines: tuple[Line, ...]) -> tuple[Block, ...]:
    """The page's blocks near the body, those that the extractor took marked as seeds.

    Where the page's blocks don't have the extractor's text (it came from scripts), its lines are the blocks, all seeds.
    """
    shares = seed_shares(raw, lines)
    found = sum([len(b.text) for b, share in zip(raw, shares, strict=True) if share > SEED_SHARE])
    if found < ENOUGH_SHARE * sum([len(line.text) for line in lines]):
        return tuple([Block(i, line.kind, line.text) for i, line in enumerate(lines)])
    words = [b.text.count(" ") + 1 for b in raw]
    core = find_core(raw, words, shares)
    near = near_body(raw, words, shares)
    layout = {
        b.node.index for b in raw if b.node.tag in CELLS and len(b.text) >= PROSE_CHARS and 2 * b.linked < len(b.text)
    }
    blocks: list[Block] = []
    places: dict[int, Place] = {}  # by the index of the element whose children stand there
    for i in near:
        node = raw[i].node
        above = node.parent.index if node.parent is not None else -1
        if above not in places:
            places[above] = place_in(node.parent, core)
        blocks.append(to_block(len(blocks), raw[i], shares[i], None if node is core else places[above], layout))
    return tuple(blocks)


def squash(text: str) -> str:
    """The text without white space, folded: equal for what two parsers made of one page."""
    return "".join(text.casefold().split())


def seed_shares(raw: list[RawBlock], lines: tuple[Line, ...]) -> list[float]:
    """How much of each block the extractor has: 1 for a whole line or a part of one, else by three probes."""
    squashed = [squash(line.text) for line in lines]
    whole = set(squashed)
    everything = "".join(squashed)  # without a break: what is two lines there may be one block here
    texts = [block.text.replace(" ", "").casefold() for block in raw]  # squashed: they have single spaces
    return [
        1.0 if text in whole else seed_share(text, everything) if len(text) >= MIN_SEED_CHARS else 0.0 for text in texts
    ]


def seed_share(text: str, everything: str) -> float:
    """How much of a squashed text the extractor has."""
    if text in everything:
        return 1.0
    if len(text) < MIN_PROBED_CHARS:
        return 0.0
    probes = (0, len(text) // 2 - PROBE_CHARS // 2, len(text) - PROBE_CHARS)
    return sum([text[at : at + PROBE_CHARS] in everything for at in probes]) / len(probes)


def find_core(raw: list[RawBlock], words: list[int], shares: list[float]) -> Node | None:
    """The deepest element that holds nearly all seeds."""
    total = 0
    seen: dict[int, Node] = {}
    for block, count, share in zip(raw, words, shares, strict=True):
        if share > SEED_SHARE:
            total += count
            node: Node | None = block.node
            while node is not None:
                node.seed_words += count
                seen[node.index] = node
                node = node.parent
    inside = (n for n in seen.values() if n.seed_words >= CORE_SHARE * total)
    return max(inside, key=lambda n: n.depth, default=None)


def near_body(raw: list[RawBlock], words: list[int], shares: list[float]) -> list[int]:
    """Positions of the blocks that are seeds, stand near them, or in elements like theirs."""
    seeds = [i for i, share in enumerate(shares) if share > SEED_SHARE]
    long = [i for i in seeds if words[i] >= MIN_SEED_WORDS] or seeds
    if not long:
        return []
    total = sum(words[i] for i in seeds)
    by_path: dict[int, int] = {}
    for i in seeds:
        by_path[raw[i].node.path] = by_path.get(raw[i].node.path, 0) + words[i]
    alike = {path for path, count in by_path.items() if count > SAME_PATH_SHARE * total}
    first, last = long[0] - NEAR_BEFORE, long[-1] + NEAR_AFTER
    return [i for i, b in enumerate(raw) if first <= i <= last or shares[i] > SEED_SHARE or b.node.path in alike]


class Place(NamedTuple):
    """Where the children of an element stand, without themselves: computed once for all of them.

    Attributes:
        inside, around: as in Context.
        depth: how many elements around them are below the core; not counted beyond ANCESTORS.
        in_core: whether the core is around them, as far as was looked.
    """

    inside: str
    around: str
    depth: int
    in_core: bool


def place_in(parent: Node | None, core: Node | None) -> Place:
    """The place of the children of an element."""
    inside: list[str] = []
    around: list[str] = []
    node = parent
    while node is not None and node is not core and len(inside) < ANCESTORS - 1:
        inside.append(" " + node.tag)
        if node.words:
            around.append(node.words)
        node = node.parent
    return Place("".join(inside), " ".join(around), len(inside), node is core)


def to_block(index: int, raw: RawBlock, share: float, place: Place | None, layout: set[int]) -> Block:
    """The block with its context; without a place it is the core's own. `layout` are the cells that hold paragraphs."""
    node = raw.node
    chars = len(raw.text)
    context = Context(
        tag=node.tag,
        classes=node.words,
        around=place.around if place else "",
        inside=node.tag + place.inside if place else "",
        link_share=min(raw.linked / chars, 1.0),
        link_first=raw.link_first,
        links=raw.links,
        strong_share=min(raw.strong / chars, 1.0),
        emphasis_share=min(raw.emphasis / chars, 1.0),
        hidden=node.hidden,
        depth=place.depth + 1 if place else 0,
        in_core=place.in_core if place else True,
        parent=node.parent.index if node.parent is not None else 0,
        path=node.path,
        seed_share=share,
    )
    inside = context.inside
    own: Kind = "paragraph" if node.index in layout else KINDS.get(node.tag, "paragraph")
    kind: Kind = "quote" if "blockquote" in inside else "caption" if "figcaption" in inside else own
    return Block(index, kind, raw.text, share > SEED_SHARE, context)
