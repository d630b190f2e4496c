"""What the groups that a block is one of are like, as numbers for the body model.

A group is the blocks of the same kind in the same place of the page (path), those of one element (parent), those from a
heading to the next (section), or the neighbours. A row of teasers shows in its group: many, each as long as the other,
none next to another, each behind a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from operator import eq

from newsclean.model import Block

MOST_BLOCKS = 30.0  # more make no difference
MOST_WORDS = 100.0  # of a block, likewise
LINK = 0.5  # share of links above which what follows a block stands behind a link
NEAR = 6  # blocks before or after one that are near it
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

GROUP_FEATURES = (
    "links_near words_near path_share path_blocks path_words path_links path_seed path_adjacent path_behind_link "
    "parent_share parent_seed parent_links parent_blocks section_seed section_links section_blocks from_heading"
).split()

Columns = list[Iterable[float]]


class BlockGroups:
    """A page's blocks and what sums over their groups need.

    Args:
        blocks: all of the page.
        words: of each.
        seed_words: of what the body extractor took.
    """

    def __init__(self, blocks: Sequence[Block], words: Sequence[int], seed_words: int) -> None:
        self.contexts = [b.context for b in blocks]
        self.words = words
        self.seed_words = seed_words
        self.links = [c.link_share for c in self.contexts]
        self.seeds = [c.seed_share for c in self.contexts]
        self.linked = [n * share for n, share in zip(words, self.links, strict=True)]
        self.of_seeds = [n if b.seed else 0 for n, b in zip(words, blocks, strict=True)]

    def columns(self, at: Sequence[int]) -> dict[str, Iterable[float]]:
        """The numbers of the blocks at these positions, in the order of GROUP_FEATURES."""
        columns = [*self.near(at), *self.paths(at), *self.parents(at), *self.sections(at)]
        return dict(zip(GROUP_FEATURES, columns, strict=True))

    def near(self, at: Sequence[int]) -> Columns:
        """The share of links just before a block, and the words of a block just after it, on the average."""
        words, linked = [0, *accumulate(self.words)], [0.0, *accumulate(self.linked)]
        short = [0, *accumulate([min(MOST_WORDS, n) for n in self.words])]
        short += [short[-1]] * NEAR
        starts = [i - NEAR if i > NEAR else 0 for i in at]
        return [
            [(linked[i] - linked[k]) / (words[i] - words[k] or 1) for i, k in zip(at, starts, strict=True)],
            [(short[i + NEAR + 1] - short[i + 1]) / NEAR for i in at],
        ]

    def paths(self, at: Sequence[int]) -> Columns:
        """What the blocks of one path are like; their averages count each alike."""
        paths = [c.path for c in self.contexts]
        adjacent = [False, *map(eq, paths, paths[1:])]
        behind = [False, *[share > LINK for share in self.links[:-1]]]
        told = {
            path: (
                of_seeds / self.seed_words,
                min(count, MOST_BLOCKS),
                min(words / count, MOST_WORDS),
                links / count,
                seeds / count,
                adjacent / (count - 1 or 1),
                behind / count,
            )
            for path, count, of_seeds, words, links, seeds, adjacent, behind in sums(
                paths, self.of_seeds, self.words, self.links, self.seeds, adjacent, behind
            )
        }
        return [*zip(*[told[paths[i]] for i in at], strict=True)]

    def parents(self, at: Sequence[int]) -> Columns:
        """What the blocks of one element are like."""
        parents = [c.parent for c in self.contexts]
        some = [n or 1 for n in self.words]
        told = {
            parent: (of_seeds / self.seed_words, of_seeds / words, linked / words, min(count, MOST_BLOCKS))
            for parent, count, of_seeds, words, linked in sums(parents, self.of_seeds, some, self.linked)
        }
        return [*zip(*[told[parents[i]] for i in at], strict=True)]

    def sections(self, at: Sequence[int]) -> Columns:
        """What the blocks from a heading to the next are like, the heading among them, and how far it is."""
        sections = [*accumulate([c.tag in HEADINGS for c in self.contexts])]
        seeded = [n * share for n, share in zip(self.words, self.seeds, strict=True)]
        told = {
            section: (seeds / (words or 1), linked / (words or 1), min(count, MOST_BLOCKS))
            for section, count, words, linked, seeds in sums(sections, self.words, self.linked, seeded)
        }
        starts = dict(zip(reversed(sections), reversed(range(len(sections))), strict=True))
        since = [min(float(i - starts[sections[i]]), MOST_BLOCKS) if sections[i] else MOST_BLOCKS for i in at]
        return [*zip(*[told[sections[i]] for i in at], strict=True), since]


def sums(keys: Sequence[int], *columns: Sequence[float]) -> Iterator[tuple[float, ...]]:
    """For each key how often it stands there, and the sum of each column's numbers that stand beside it.

    >>> list(sums([7, 3, 7], [1, 2, 3], [10, 20, 30]))
    [(3, 1.0, 2, 20), (7, 2.0, 4, 40)]
    """
    order = sorted(range(len(keys)), key=keys.__getitem__)
    till = [[0, *accumulate([column[i] for i in order])] for column in columns]
    starts = [i for i, at in enumerate(order) if not i or keys[at] != keys[order[i - 1]]]
    for start, end in pairwise([*starts, len(order)]):
        yield keys[order[start]], float(end - start), *[column[end] - column[start] for column in till]
