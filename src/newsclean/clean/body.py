"""Which blocks of a page are the article: the body model's probabilities, and what is decided together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from newsclean.clean.body_features import PageFeatures, word_count
from newsclean.clean.body_model import probability
from newsclean.clean.shape import WORD, is_prose, squash
from newsclean.model import Block, Change, Draft

KEEP = 0.45  # probability from which a block is body; F1 with .35, .45, .55, cross-validated before the cleaners:
# zyte .962 .964 .965, fundus-eval .963 .973 .969, fundus .969 .972 .972
RULE = "body-model"
MIN_COPY_WORDS = 15  # shorter lines may well be said twice
MIN_HIDDEN_COPY = 200  # words of a block that repeats what others say, if it is also a quarter of the text
LOWEST_BAR = 0.05  # where even this leaves too little, the seeds stay as they are
MIN_KEPT = 0.3  # of the seeds' words; if less would stay, the bar is lowered
ONLY_LINK = 0.8  # share of link text above which what extraction left stays out
SHOWN_LINK_SHARE = 0.3
ITEMS = {"li", "dd", "dt"}
KINDS = {"item": "a list item", "cell": "a table cell", "caption": "a caption", "heading": "a heading"}


def decide_body(draft: Draft) -> Iterator[Change]:
    """Propose which seeds to drop and which other blocks to restore.

    Only pages have something to decide: text that came without a page is all seeds, and so is a cleaned article.
    """
    if not all(b.seed for b in draft.blocks):
        page = PageFeatures(draft)
        # a link's chance counts for nothing, and need not be known
        chances = [0.0 if is_link(b) else probability(page.row(i)) for i, b in enumerate(draft.blocks)]
        yield from changes_for(draft, chances)


def is_link(block: Block) -> bool:
    """Whether a block that extraction left is a link and no more: then it has no chance of its own."""
    return not block.seed and block.context.link_share >= ONLY_LINK


def changes_for(draft: Draft, chances: list[float]) -> Iterator[Change]:
    """The changes that follow from the chance of each block to be body."""
    blocks = draft.blocks
    kept = select(blocks, chances)
    inside = [i for i in kept if blocks[i].seed and is_prose(blocks[i].text)]
    first, last = min(inside, default=0), max(inside, default=len(blocks))
    stays = {squash(blocks[i].text) for i in kept}
    for i, block in enumerate(blocks):
        if block.seed == (i in kept):
            continue
        place = "above the body" if i < first else "below the body" if i > last else "between the body's paragraphs"
        if block.seed:
            again = ("stands elsewhere as well",) if squash(block.text) in stays else ()
            yield Change(RULE, block.index, block.text, None, why((place, *again), block, "what is not article"))
        else:
            yield Change(RULE, block.index, None, block.text, why((place,), block, "article text"))


def select(blocks: Sequence[Block], chances: list[float]) -> set[int]:
    """Positions of the blocks that are the body."""
    words = [word_count(b.text) for b in blocks]
    seeds = sum(w for b, w in zip(blocks, words, strict=True) if b.seed)
    chances = [0.0 if is_link(block) else chance for block, chance in zip(blocks, chances, strict=True)]
    together = grouped(blocks, chances, words)
    bar = KEEP
    while True:
        kept = {i for i, chance in enumerate(together) if chance >= bar}
        kept = without_hidden_copies(blocks, without_copies(blocks, kept, chances, words), words)
        if sum(words[i] for i in kept) >= MIN_KEPT * seeds:
            return kept
        if bar < LOWEST_BAR:
            return {i for i, block in enumerate(blocks) if block.seed}
        bar *= 0.6


def grouped(blocks: Sequence[Block], chances: list[float], words: list[int]) -> list[float]:
    """The chances, those of a list's items and of a table's cells replaced by their mean: they stay or go together."""
    groups: dict[tuple[str, int], list[int]] = {}
    table = 0
    for i, block in enumerate(blocks):
        if block.kind == "cell":  # a table is a run of cells, whatever rows they stand in
            table += i == 0 or blocks[i - 1].kind != "cell"
            groups.setdefault(("table", table), []).append(i)
        elif block.context.tag in ITEMS:
            groups.setdefault(("list", block.context.parent), []).append(i)
    together = list(chances)
    for members in groups.values():
        weight = sum(words[i] for i in members)
        if len(members) > 1 and weight:
            mean = sum(words[i] * chances[i] for i in members) / weight
            for i in members:
                together[i] = mean
    return together


def without_copies(blocks: Sequence[Block], kept: set[int], chances: list[float], words: list[int]) -> set[int]:
    """Of paragraphs that stand more than once, the likeliest; the first, if they are equally likely."""
    best: dict[str, int] = {}
    left = set(kept)
    for i in sorted(kept):
        if words[i] < MIN_COPY_WORDS:
            continue
        key = squash(blocks[i].text)
        first = best.setdefault(key, i)
        if first != i:
            worse = first if chances[i] > chances[first] + 0.05 else i
            best[key] = i if worse == first else first
            left.discard(worse)
    return left


def without_hidden_copies(blocks: Sequence[Block], kept: set[int], words: list[int]) -> set[int]:
    """Without a very long block that says again what the others say: a copy for machines."""
    total = sum(words[i] for i in kept)
    suspects = [i for i in kept if words[i] >= max(MIN_HIDDEN_COPY, total / 4)]
    if not suspects:
        return kept
    shingles = {i: five_words(blocks[i].text) for i in kept}
    counts = Counter(shingle for of_block in shingles.values() for shingle in of_block)
    left = set(kept)
    for i in sorted(suspects):
        again = sum(counts[shingle] > 1 for shingle in shingles[i])
        if again > 0.8 * len(shingles[i]):
            left.discard(i)
            counts.subtract(shingles[i])
    return left


def five_words(text: str) -> set[tuple[str, ...]]:
    """Every run of five words."""
    words = WORD.findall(text)
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def why(said: tuple[str, ...], block: Block, like: str) -> str:
    """What speaks for the decision, in words: where the block stands, and what is conspicuous about it."""
    context = block.context
    words = f"{context.classes} {context.around}".split()
    told = (
        *said,
        *([f"{context.link_share:.0%} links"] if context.link_share >= SHOWN_LINK_SHARE else ()),
        *(["hidden in the page"] if context.hidden else ()),
        *([KINDS[block.kind]] if block.kind in KINDS else ()),
        *([f"in “{' '.join(words[:3])}”"] if words else ()),
    )
    return f"{', '.join(told)}: like {like} on labelled pages"
