"""What the body model sees of a block: numbers from its text, its place in the page, and its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from newsclean.clean.block_groups import GROUP_FEATURES, BlockGroups
from newsclean.clean.class_words import FAMILIES, meaning
from newsclean.clean.shape import CJK, THAI
from newsclean.clean.trees import Row
from newsclean.letters import FULL_STOPS, SPACELESS_CHARS, beyond_ascii, squash, squash_lines
from newsclean.model import Block, Draft

FEATURES = (
    "words link_share strong emphasis tag final seed seeds_before seeds_after share_before from_first from_last depth "
    "in_core hidden copy title_alike description author below_headline upper digits body_words words_relative "
    "words_after links_after"
).split()
ANCESTORS = "figure header nav table ul ol form section article".split()
NAMES = (*FEATURES, *GROUP_FEATURES, *(f"says_{name}" for name in FAMILIES), *(f"in_{name}" for name in ANCESTORS))
TAGS = {
    "p": 0.0,
    "h1": 1.0,
    "h2": 2.0,
    **dict.fromkeys(("h3", "h4", "h5", "h6"), 3.0),
    "li": 4.0,
    **dict.fromkeys(("td", "th"), 5.0),
    **dict.fromkeys(("div", "section", "article"), 6.0),
    "blockquote": 7.0,
    **dict.fromkeys(("figcaption", "caption"), 8.0),
}
OTHER_TAG = 9.0
FINALS = {**dict.fromkeys(".。" + FULL_STOPS, 0.0), **dict.fromkeys("!?！？؟…", 1.0), **dict.fromkeys(":;", 2.0)}
NO_FINAL = 3.0
CLOSING = "\"'”’»)]）」』"
START_CHARS = 200  # of a block, in which it is compared with title, description and authors
SHORT_WORDS = 40  # only what is shorter can be a title or a byline
MIN_COPY_CHARS = 30  # shorter lines may well be said twice
LONG_WORDS = 8  # a shorter seed does not mark where the body begins and ends
SIGN_CHARS = 120  # of a block, in which capitals and digits are counted
KINDS = bytes(65 if 65 <= i <= 90 else 48 if 48 <= i <= 57 else 32 for i in range(256))  # A, 0 and blank, in ASCII


@lru_cache(maxsize=2048)
def ancestors(inside: str) -> Row:
    """For each of ANCESTORS 1.0 if the block stands in one, else 0.0."""
    names = set(inside.split())
    return tuple([1.0 if name in names else 0.0 for name in ANCESTORS])


@lru_cache(maxsize=4096)  # asked by several of the same text
def model_words(text: str) -> int:
    """Words as the model has learned to count them: by spaces; a Chinese or Japanese character is half of one."""
    if not text.isascii():
        if CJK.search(text[:50]):
            return max(1, len(text) // 2)
        if THAI.search(text[:50]):
            return max(1, len(text) // SPACELESS_CHARS)
    return len(text.split())


def words_by_path(blocks: Sequence[Block], positions: Iterable[int]) -> Counter[int]:
    """How many words the blocks at these positions have in each place of the page."""
    words = Counter[int]()
    for i in positions:
        words[blocks[i].context.path] += model_words(blocks[i].text)
    return words


def body_features(draft: Draft, at: Sequence[int] | None = None) -> list[Row]:
    """A row of numbers, in the order of NAMES, for each block of a page's draft, or for those at some positions.

    All are floats, which is what the trees compare fastest.
    """
    at = range(len(draft.blocks)) if at is None else at
    if not at:
        return []
    columns = PageFeatures(draft).columns(at)
    rows = zip(*columns.values(), strict=True)
    contexts = [draft.blocks[i].context for i in at]
    return [row + families(c.classes, c.around) + ancestors(c.inside) for row, c in zip(rows, contexts, strict=True)]


@lru_cache(maxsize=4096)  # neighbours stand among the same words
def families(classes: str, around: str) -> Row:
    """For each of FAMILIES 1.0 if class words of a block or around it are of it, else 0.0."""
    return tuple(map(max, meaning(classes).families, meaning(around).families))


def shares_of_capitals_and_digits(start: str) -> tuple[float, float]:
    """Shares of a text's characters."""
    kinds = start.encode("utf-8", "surrogatepass").translate(KINDS)  # C does the counting, in a tenth of the time
    capitals, digits = kinds.count(b"A"), kinds.count(b"0")
    if len(kinds) > len(start):
        others = beyond_ascii(start)
        capitals += sum(map(str.isupper, others))
        digits += sum(map(str.isdigit, others))
    chars = len(start) or 1
    return capitals / chars, digits / chars


def between(low: int, number: int, high: int) -> float:
    """The number, or the bound that it is beyond; a fifth of the time of min and max."""
    if number < low:
        return float(low)
    return float(number) if number < high else float(high)


class PageFeatures:
    """What is known of the page as a whole, and what follows from it for its blocks."""

    def __init__(self, draft: Draft) -> None:
        self.blocks = blocks = draft.blocks
        self.words = [model_words(b.text) for b in blocks]
        seeds = [i for i, b in enumerate(blocks) if b.seed]
        long = [i for i in seeds if self.words[i] >= LONG_WORDS] or seeds or [0]
        self.first, self.last = long[0], long[-1]
        self.seed_words = max(sum([self.words[i] for i in seeds]), 1)
        self.usual_words = max(sorted([self.words[i] for i in long])[len(long) // 2], 1) if seeds else 1
        metadata = draft.metadata
        self.title = squash((metadata.title or "")[:START_CHARS])
        self.title_words = frozenset((metadata.title or "").casefold().split())
        self.description = squash(metadata.description or "")[:400]
        self.authors = tuple(filter(None, [squash(p.name) for p in metadata.authors]))
        self.headline = next((i for i in reversed(range(min(self.first + 4, len(blocks)))) if self.is_headline(i)), -1)

    def is_headline(self, i: int) -> bool:
        """Whether a block is marked as the page's headline, or says the title."""
        block = self.blocks[i]
        return block.context.tag == "h1" or (self.title != "" and squash(block.text[:START_CHARS]) == self.title)

    def columns(self, at: Sequence[int]) -> dict[str, Iterable[float]]:
        """For each of FEATURES and GROUP_FEATURES, in their order, the numbers of the blocks at these positions."""
        blocks = [self.blocks[i] for i in at]
        contexts, texts = [b.context for b in blocks], [b.text for b in blocks]
        starts = squash_lines([text[:START_CHARS] for text in texts])
        signs = [shares_of_capitals_and_digits(text[:SIGN_CHARS]) for text in texts]
        shares = [0.0] * 3 + [b.context.seed_share for b in self.blocks] + [0.0] * 3
        links = [b.context.link_share for b in self.blocks] + [0.0]
        lengths = [float(count) for count in self.words] + [0.0]
        words = [lengths[i] for i in at]
        before = list(accumulate([n if b.seed else 0 for b, n in zip(self.blocks, self.words, strict=True)], initial=0))
        size, usual = self.seed_words, self.usual_words
        authors, first, last, headline = self.authors, self.first, self.last, self.headline
        copies = self.copies()
        return {
            "words": [min(count, 200.0) for count in words],
            "link_share": [c.link_share for c in contexts],
            "strong": [c.strong_share for c in contexts],
            "emphasis": [c.emphasis_share for c in contexts],
            "tag": [TAGS.get(c.tag, OTHER_TAG) for c in contexts],
            "final": [FINALS.get(text.rstrip(CLOSING)[-1:], NO_FINAL) for text in texts],
            "seed": [c.seed_share for c in contexts],
            "seeds_before": [shares[i] + shares[i + 1] + shares[i + 2] for i in at],
            "seeds_after": [shares[i + 4] + shares[i + 5] + shares[i + 6] for i in at],
            "share_before": [before[i] / size for i in at],
            "from_first": [between(-20, i - first, 40) for i in at],
            "from_last": [between(-20, last - i, 40) for i in at],
            "depth": [float(c.depth) for c in contexts],
            "in_core": [1.0 if c.in_core else 0.0 for c in contexts],
            "hidden": [1.0 if c.hidden else 0.0 for c in contexts],
            "copy": [copies[i] for i in at],
            "title_alike": [
                self.title_alike(text) if n < SHORT_WORDS else 0.0 for text, n in zip(texts, words, strict=True)
            ],
            "description": [self.describes(start) for start in starts],
            "author": [
                1.0 if n < SHORT_WORDS and any(author in start for author in authors) else 0.0
                for start, n in zip(starts, words, strict=True)
            ],
            "below_headline": [15.0 if headline < 0 or i - headline > 15 else float(i - headline) for i in at],
            "upper": [capitals for capitals, _ in signs],
            "digits": [digits for _, digits in signs],
            "body_words": [float(min(size, 2000))] * len(texts),
            "words_relative": [count / usual for count in words],
            "words_after": [lengths[i + 1] for i in at],
            "links_after": [links[i + 1] for i in at],
            **BlockGroups(self.blocks, self.words, size).columns(at),
        }

    def copies(self) -> list[float]:
        """For each block 0: stands once, or is short; 1: the first of several; 2: a later one."""
        texts = [b.text for b in self.blocks]
        if len(set(texts)) == len(texts):
            return [0.0] * len(texts)
        last = {text: i for i, text in enumerate(texts)}
        first = dict(zip(reversed(texts), reversed(range(len(texts))), strict=True))
        return [
            0.0 if len(text) <= MIN_COPY_CHARS or first[text] == last[text] else 1.0 if first[text] == i else 2.0
            for i, text in enumerate(texts)
        ]

    def title_alike(self, text: str) -> float:
        """Share of words that a line and the title have in common, of all words of both."""
        words = text.casefold().split()
        both = len(self.title_words.intersection(words))
        return both / (len(set(words)) + len(self.title_words) - both) if both else 0.0

    def describes(self, squashed: str) -> float:
        """2: begins as the page's description does; 1: one holds the other's beginning; 0: neither."""
        if len(squashed) <= 20 or not self.description:
            return 0.0
        if squashed[:60] == self.description[:60]:
            return 2.0
        return 1.0 if squashed[:50] in self.description or self.description[:50] in squashed else 0.0
