"""Which blocks of a page the chances speak for: what is decided together, and what never happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from newsclean.clean.body_features import model_words
from newsclean.clean.shape import WORD
from newsclean.model import Block

# Probability from which a block is body. F1 with .35, .40, .45, .50, cross-validated: zyte .971 .973 .974 .974,
# fundus-eval .982 .982 .983 .984, fundus .978 .979 .979 .979, segments .946 .946 .943 .944.
KEEP = 0.42
MIN_COPY_WORDS = 15  # shorter lines may well be said twice
MIN_HIDDEN_COPY = 200  # words of a block that repeats what others say, if it is also a quarter of the text
LOWEST_BAR = 0.05  # where even this leaves too little, the seeds stay as they are
MIN_KEPT = 0.3  # of the seeds' words; if less would stay, the bar is lowered
ONLY_LINK = 0.8  # share of link text above which what extraction left stays out
ITEMS = {"li", "dd", "dt"}


def is_link(block: Block) -> bool:
    """Whether a block that extraction left is a link and no more: then it has no chance of its own."""
    return not block.seed and block.context.link_share >= ONLY_LINK


def select(blocks: Sequence[Block], chances: Sequence[float]) -> set[int]:
    """Positions of the blocks that are the body."""
    words = [model_words(b.text) for b in blocks]
    seeds = sum([w for b, w in zip(blocks, words, strict=True) if b.seed])
    together = grouped(blocks, chances, words)
    bar = KEEP
    while True:
        kept = {i for i, chance in enumerate(together) if chance >= bar}
        kept = without_hidden_copies(blocks, without_copies(blocks, kept, chances, words), words)
        if sum([words[i] for i in kept]) >= MIN_KEPT * seeds:
            return kept
        if bar < LOWEST_BAR:
            return {i for i, block in enumerate(blocks) if block.seed}
        bar *= 0.6


def grouped(blocks: Sequence[Block], chances: Sequence[float], words: list[int]) -> list[float]:
    """The chances, those of a list's items and of a table's cells replaced by their mean: they stay or go together."""
    groups: dict[tuple[str, int], list[int]] = {}
    run = 0
    for i, block in enumerate(blocks):
        if block.context.cell:  # of a table of data, whatever it holds
            groups.setdefault(("table", block.context.cell.table), []).append(i)
        elif block.kind == "cell":  # of another, which is a run of cells
            run += i == 0 or blocks[i - 1].kind != "cell"
            groups.setdefault(("cells", run), []).append(i)
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


def without_copies(blocks: Sequence[Block], kept: set[int], chances: Sequence[float], words: list[int]) -> set[int]:
    """Of paragraphs that stand more than once, the likeliest; the first, if they are equally likely."""
    best: dict[str, int] = {}
    left = set(kept)
    for i in sorted(kept):
        if words[i] < MIN_COPY_WORDS:
            continue
        key = blocks[i].text.casefold()
        first = best.setdefault(key, i)
        if first != i:
            worse = first if chances[i] > chances[first] + 0.05 else i
            best[key] = i if worse == first else first
            left.discard(worse)
    return left


def without_hidden_copies(blocks: Sequence[Block], kept: set[int], words: list[int]) -> set[int]:
    """Without a very long block that says again what the others say: a copy for machines."""
    total = sum([words[i] for i in kept])
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
