"""What the text model sees of a paragraph of a text without a page: numbers from its words, place and neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from newsclean.clean.body_features import model_words
from newsclean.clean.shape import CJK, CLOSING, is_prose
from newsclean.letters import FULL_STOPS
from newsclean.model import Draft

NAMES = tuple(
    "words word_length final lower_words upper digits marks commas linked brackets known_words of_title "
    "from_top words_before words_after from_first from_last from_core_start from_core_end core_share before_core "
    "words_relative prose_near to_prose_before to_prose_after run_length words_1_before words_2_before words_1_after "
    "words_2_after final_1_before final_1_after linked_near "
    "paragraphs text_words usual_words prose_share linked_share short_share lines_above lines_below".split()
)
LINK = re.compile(r"\[[^\[\]]{0,200}\](?:\([^()\s]{0,400}\)|\[\d{1,4}\])|(?:https?://|www\.)[^\s()<>]{3,400}")
MARKS = frozenset("|•·»›→▶►●■◆*#+>=_{}<×✕©")
FINALS = {**dict.fromkeys(".。" + FULL_STOPS, 0), **dict.fromkeys("!?！？؟…", 1), **dict.fromkeys(":;；：", 2)}
NO_FINAL = 3
SEEN_CHARS = 240  # of a paragraph; what comes later tells no more
TOPIC = re.compile(r"[^\W\d_]{6,40}")  # a shorter word tells little of what a text is about
TOPIC_CHARS = 600
SHORT_WORDS = 10
WRAPPED_CHARS = range(50, 101)  # of the lines of a text that was broken at a width
GAP = 6  # what a paragraph that is not running text costs in the search of the core, in words; a link costs the same


class TextFeatures:
    """What is known of a text as a whole, and what follows from it for each of its paragraphs.

    Attributes:
        paragraphs: each a range of positions of blocks; more than one where lines were broken at a width.
    """

    def __init__(self, draft: Draft) -> None:
        lines = [b.text for b in draft.blocks]
        self.paragraphs = unwrapped(lines)
        self.texts = [lines[p.start] if len(p) == 1 else " ".join(lines[p.start : p.stop]) for p in self.paragraphs]
        self.count = len(self.texts)
        self.words = [model_words(t) for t in self.texts]
        self.prose = [is_prose(t) for t in self.texts]
        self.finals = [FINALS.get(t.rstrip(CLOSING)[-1:], NO_FINAL) for t in self.texts]
        self.linked = [link_share(t[:SEEN_CHARS]) for t in self.texts]
        self.before = sums(self.words)
        self.total = max(self.before[-1], 1)
        self.prose_before = sums([int(p) for p in self.prose])
        places = [i for i, prose in enumerate(self.prose) if prose] or [0, self.count - 1]
        self.first, self.last = places[0], places[-1]
        self.usual = max(sorted(self.words[i] for i in places)[len(places) // 2], 1)
        self.core = core(self.values())
        self.to_before, self.to_after = distances(self.prose), distances(self.prose[::-1])[::-1]
        self.runs = run_lengths(self.prose)
        self.topics = [topic_words(t) for t in self.texts]
        self.said_in = Counter(
            word for topic, prose in zip(self.topics, self.prose, strict=True) if prose for word in topic
        )
        self.title = title_words(draft)
        self.whole = self.of_text()

    def values(self) -> list[float]:
        """For each paragraph what it adds to the core: its words, or what it costs."""
        return [
            min(words, 80) if prose and linked < 0.5 else -GAP
            for words, prose, linked in zip(self.words, self.prose, self.linked, strict=True)
        ]

    def of_text(self) -> tuple[float, ...]:
        """The numbers that are the same for all paragraphs."""
        prose = sum(w for w, p in zip(self.words, self.prose, strict=True) if p)
        linked = sum(w * share for w, share in zip(self.words, self.linked, strict=True))
        return (
            min(self.count, 300),
            min(self.total, 3000),
            self.usual,
            prose / self.total,
            linked / self.total,
            sum(w < SHORT_WORDS for w in self.words) / self.count,
            min(self.first, 60),
            min(self.count - 1 - self.last, 60),
        )

    def row(self, i: int) -> tuple[float, ...]:
        """The paragraph's numbers, in the order of NAMES."""
        return self.of_words(i) + self.of_place(i) + self.of_neighbours(i) + self.whole

    def of_words(self, i: int) -> tuple[float, ...]:
        """Those that its own words tell, and whether they are said elsewhere."""
        start = self.texts[i][:SEEN_CHARS]
        words = start.split() or [""]
        size = max(len(start), 1)
        topic = self.topics[i]
        return (
            min(self.words[i], 200),
            size / len(words),
            self.finals[i],
            sum(map(str.islower, words)) / len(words),
            sum(map(str.isupper, start)) / size,
            sum(map(str.isdigit, start)) / size,
            sum(map(MARKS.__contains__, start)) / len(words),
            (start.count(",") + start.count("、") + start.count("，")) / len(words),
            self.linked[i],
            start.count("["),
            self.known_words(i),
            len(topic & self.title) / len(topic) if topic else -1.0,
        )

    def of_place(self, i: int) -> tuple[float, ...]:
        """Those that tell where it stands."""
        core_start, core_end = self.core
        core_words = self.before[core_end + 1] - self.before[core_start]
        return (
            min(i, 60),
            self.before[i] / self.total,
            1 - self.before[i + 1] / self.total,
            max(min(i - self.first, 40), -20),
            max(min(self.last - i, 40), -20),
            max(min(i - core_start, 40), -40),
            max(min(core_end - i, 40), -40),
            core_words / self.total,
            (self.before[i] - self.before[core_start]) / max(core_words, 1),
            self.words[i] / self.usual,
        )

    def of_neighbours(self, i: int) -> tuple[float, ...]:
        """Those that tell what stands around it."""
        low, high = max(i - 4, 0), min(i + 5, self.count)
        after, before = i + 1 < self.count, i > 0
        return (
            (self.prose_before[high] - self.prose_before[low] - int(self.prose[i])) / max(high - low - 1, 1),
            self.to_before[i],
            self.to_after[i],
            min(self.runs[i], 40),
            min(self.words[i - 1], 200) if before else -1,
            min(self.words[i - 2], 200) if i > 1 else -1,
            min(self.words[i + 1], 200) if after else -1,
            min(self.words[i + 2], 200) if i + 2 < self.count else -1,
            self.finals[i - 1] if before else -1,
            self.finals[i + 1] if after else -1,
            (self.linked[i - 1] if before else 0.0) + (self.linked[i + 1] if after else 0.0),
        )

    def known_words(self, i: int) -> float:
        """Share of its longer words that other running text has; -1 if it has none."""
        topic, own = self.topics[i], int(self.prose[i])
        return sum(self.said_in[word] > own for word in topic) / len(topic) if topic else -1.0


def unwrapped(lines: Sequence[str]) -> list[range]:
    """The paragraphs of a text as ranges of lines: one line each, unless the lines were broken at a width.

    >>> unwrapped(["One paragraph.", "Another."])
    [range(0, 1), range(1, 2)]
    """
    single = [range(i, i + 1) for i in range(len(lines))]
    long = sorted(len(line) for line in lines if len(line) >= WRAPPED_CHARS.start)
    width = long[int(0.9 * len(long))] if len(long) >= 4 else 0
    if width not in WRAPPED_CHARS:
        return single
    full = [len(line) + 1 + len(following.partition(" ")[0]) > width for line, following in pairwise(lines)]
    if sum(full) < 0.6 * len(long):
        return single
    starts = [0, *(i + 1 for i, goes_on in enumerate(full) if not goes_on or lines[i + 1][:1] in MARKS), len(lines)]
    return [range(a, b) for a, b in pairwise(starts)]


def link_share(text: str) -> float:
    """Share of a text's characters that are an address, or a link with its address."""
    if "[" not in text and "http" not in text and "www." not in text:
        return 0.0
    return sum(m.end() - m.start() for m in LINK.finditer(text)) / len(text)


def topic_words(text: str) -> frozenset[str]:
    """The longer words, folded; none where words are written without spaces."""
    return frozenset() if CJK.search(text[:50]) else frozenset(TOPIC.findall(text[:TOPIC_CHARS].casefold()))


def title_words(draft: Draft) -> frozenset[str]:
    """The longer words of the title, or of the URL where no title is known."""
    path = (draft.url or "").split("//", 1)[-1].partition("/")[2]
    return topic_words(draft.metadata.title or path.replace("_", " "))


def sums(numbers: Sequence[int]) -> list[int]:
    """For each position the sum of what stands before it; one longer than the numbers."""
    result = [0]
    for number in numbers:
        result.append(result[-1] + number)
    return result


def core(values: Sequence[float]) -> tuple[int, int]:
    """First and last position of the stretch with the greatest sum; all, if nothing has a value."""
    best, best_start, best_end = 0.0, 0, len(values) - 1
    total, start = 0.0, 0
    for i, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, i
        total += value
        if total > best:
            best, best_start, best_end = total, start, i
    return best_start, best_end


def distances(prose: Sequence[bool]) -> list[int]:
    """For each paragraph how many further up the last one of running text stands, at most 20."""
    result, far = [], 20
    for is_one in prose:
        result.append(min(far, 20))
        far = 1 if is_one else far + 1
    return result


def run_lengths(prose: Sequence[bool]) -> list[int]:
    """For each paragraph the length of the run that it stands in, of running text or of other lines."""
    result: list[int] = []
    start = 0
    for i in range(1, len(prose) + 1):
        if i == len(prose) or prose[i] != prose[start]:
            result += [i - start] * (i - start)
            start = i
    return result
