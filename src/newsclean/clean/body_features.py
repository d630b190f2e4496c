"""What the body model sees of a block: numbers from its text, its place in the page, and its neighbours."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from newsclean.clean.shape import CJK, squash
from newsclean.model import Draft

FEATURES = (
    "words link_share links link_first strong emphasis tag final seed seeds_before seeds_after share_before from_first "
    "from_last path_share parent_share parent_seed depth in_core hidden copy title_alike description author "
    "above_headline below_headline upper digits lower_first quoted_first body_words words_relative words_before "
    "words_after links_before links_after"
).split()
FAMILIES = {  # of class, id and role words; one flat alternation each, which matches fastest
    "related": r"relat|recommend|more-?(?:on|from|stories|news|like)|read-?more|also|teaser|trending|popular|most-"
    r"|outbrain|taboola|onward|sidebar|rail\b|widget|carousel|slider|promo|listing|archive|latest|swiper|next",
    "share": r"share|sharing|social|follow|addthis|whatsapp|facebook|twitter-",
    "newsletter": r"newsletter|subscri|sign-?up|paywall|piano|regwall|offer|membership|donat|\bcta\b|-cta|login"
    r"|register|app-",
    "caption": r"caption|credit|figure|image|photo|gallery|video|slideshow|picture|media|player|thumb|bild",
    "author": r"author|byline|bio\b|contributor|autor",
    "meta": r"meta|date|time|\btags?\b|-tags?|topic|categor|breadcrumb|kicker|label|published|rubri|eyebrow",
    "comments": r"comment|disqus|discussion|respond|reply|kommentar",
    "advertisement": r"\bads?(?:[-_]|$)|advert|sponsor|banner|dfp|anzeige|werbung|publicid|outstream",
    "page": r"nav|menu|header|footer|toolbar|masthead|copyright|legal|disclaimer|cookie|consent|modal|popup|overlay"
    r"|search",
    "tweet": r"tweet|instagram|embed|oembed|fb-post|tiktok",
    "box": r"box|aside|fact|pull-?quote|inset|highlight|callout|info",
    "body": r"article-?_?(?:body|text|content|copy)|story-?_?(?:body|text|content)|entry-content"
    r"|post-?_?(?:content|body|text)|body-?_?(?:text|copy|content)|articlebody|rich-?text|paragraph|content-?body"
    r"|text-?body|main-?content|texto|fliess",
    "standfirst": r"lead|lede|standfirst|summary|intro|deck|dek\b|subtitle|sub-?head|excerpt|chapo|abstract|vorspann"
    r"|teaser-?text|description|kicker-?text|sapo|bajada|entradilla|preamble|ingress",
    "live": r"live|entry-|post-\d|timeline",
}
ANCESTORS = (
    "aside",
    "figure",
    "footer",
    "header",
    "nav",
    "blockquote",
    "table",
    "ul",
    "ol",
    "form",
    "section",
    "article",
)
PATTERNS = tuple(re.compile(pattern) for pattern in FAMILIES.values())
TAGS = {
    "p": 0,
    "h1": 1,
    "h2": 2,
    **dict.fromkeys(("h3", "h4", "h5", "h6"), 3),
    "li": 4,
    **dict.fromkeys(("td", "th"), 5),
    **dict.fromkeys(("div", "section", "article"), 6),
    "blockquote": 7,
    **dict.fromkeys(("figcaption", "caption"), 8),
}
NAMES = (
    *FEATURES,
    *(f"own_{name}" for name in FAMILIES),
    *(f"around_{name}" for name in FAMILIES),
    *(f"in_{name}" for name in ANCESTORS),
)
START_CHARS = 200  # of a block, in which it is compared with title, description and authors
MIN_COPY_CHARS = 30  # shorter lines may well be said twice
LONG_WORDS = 8  # a shorter seed does not mark where the body begins and ends
CAPITALS, DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
FINALS = {".": 0, "。": 0, "!": 1, "?": 1, "！": 1, "？": 1, "…": 1, ":": 2, ";": 2}


@lru_cache(maxsize=16384)
def families_of_word(word: str) -> frozenset[int]:
    """The families that a class word speaks of, by position; words come back more often than whole lists of them."""
    return frozenset(i for i, pattern in enumerate(PATTERNS) if pattern.search(word))


@lru_cache(maxsize=8192)
def families(classes: str) -> tuple[int, ...]:
    """For each family of class words, whether the classes have one."""
    row = [0] * len(PATTERNS)
    for word in classes.split():
        for i in families_of_word(word):
            row[i] = 1
    return tuple(row)


NO_FAMILY = families("")


@lru_cache(maxsize=2048)
def ancestors(inside: str) -> tuple[int, ...]:
    """For each of ANCESTORS, whether the block stands in one."""
    names = set(inside.split())
    return tuple(int(name in names) for name in ANCESTORS)


@lru_cache(maxsize=4096)  # asked by several of the same text
def word_count(text: str) -> int:
    """Words, a Chinese or Japanese character counting half of one."""
    if not text.isascii() and CJK.search(text[:50]):
        return max(1, len(text) // 2)
    return len(text.split())


def body_features(draft: Draft) -> list[tuple[float, ...]]:
    """A row of numbers, in the order of NAMES, for each block of a page's draft."""
    page = PageFeatures(draft)
    return [page.row(i) for i in range(len(draft.blocks))]


def shares_of_capitals_and_digits(start: str) -> tuple[float, float]:
    """Shares of a text's characters."""
    chars = max(len(start), 1)
    if start.isascii():  # C does the counting, in a tenth of the time
        plain = start.encode()
        without_digits = plain.translate(None, DIGITS)
        capitals = len(without_digits) - len(without_digits.translate(None, CAPITALS))
        return capitals / chars, (len(plain) - len(without_digits)) / chars
    return sum(map(str.isupper, start)) / chars, sum(map(str.isdigit, start)) / chars


class PageFeatures:
    """What is known of the page as a whole, and what follows from it for each block."""

    def __init__(self, draft: Draft) -> None:
        self.blocks = draft.blocks
        self.words = [word_count(b.text) for b in draft.blocks]
        self.shares = [b.context.seed_share for b in draft.blocks]
        self.starts = [squash(b.text[:START_CHARS]) for b in draft.blocks]
        seeds = [i for i, b in enumerate(draft.blocks) if b.seed]
        long = [i for i in seeds if self.words[i] >= LONG_WORDS] or seeds or [0]
        self.first, self.last = long[0], long[-1]
        self.seed_words = max(sum(self.words[i] for i in seeds), 1)
        self.usual_words = max(sorted(self.words[i] for i in long)[len(long) // 2], 1) if seeds else 1
        self.by_path = self.sums(seeds, path=True)
        self.by_parent = self.sums(seeds, path=False)
        self.all_by_parent = self.sums(range(len(draft.blocks)), path=False)
        self.before = [0]
        for i, block in enumerate(draft.blocks):
            self.before.append(self.before[-1] + (self.words[i] if block.seed else 0))
        self.places: dict[str, list[int]] = {}
        for i, block in enumerate(draft.blocks):
            self.places.setdefault(block.text, []).append(i)
        metadata = draft.metadata
        self.title = squash((metadata.title or "")[:START_CHARS])
        self.title_words = frozenset((metadata.title or "").casefold().split())
        self.description = squash(metadata.description or "")[:400]
        self.authors = tuple(filter(None, (squash(p.name) for p in metadata.authors)))
        top = range(min(self.first + 4, len(draft.blocks)))
        is_headline = (i for i in top if draft.blocks[i].context.tag == "h1" or self.starts[i] == self.title != "")
        self.headline = max(is_headline, default=-1)

    def sums(self, positions: list[int] | range, *, path: bool) -> Counter[int]:
        """Words of the blocks at these positions, by path or by parent."""
        counts: Counter[int] = Counter()
        for i in positions:
            context = self.blocks[i].context
            counts[context.path if path else context.parent] += self.words[i]
        return counts

    def row(self, i: int) -> tuple[float, ...]:
        """The block's numbers, in the order of NAMES."""
        context = self.blocks[i].context
        own = families(context.classes) if context.classes else NO_FAMILY
        around = families(context.around) if context.around else NO_FAMILY
        return self.of(i) + own + around + ancestors(context.inside)

    def of(self, i: int) -> tuple[float, ...]:
        """The block's numbers, in the order of FEATURES."""
        block, words = self.blocks[i], self.words[i]
        context = block.context
        text = block.text
        previous = self.blocks[i - 1] if i else None
        following = self.blocks[i + 1] if i + 1 < len(self.blocks) else None
        parent_words = max(self.all_by_parent[context.parent], 1)
        return (
            min(words, 200),
            context.link_share,
            min(context.links, 6),
            context.link_first,
            context.strong_share,
            context.emphasis_share,
            TAGS.get(context.tag, 9),
            FINALS.get(text.rstrip("\"'”»’)]」』")[-1:], 3),
            context.seed_share,
            sum(self.shares[i - 3 if i > 3 else 0 : i]),
            sum(self.shares[i + 1 : i + 4]),
            self.before[i] / self.seed_words,
            max(min(i - self.first, 40), -20),
            max(min(self.last - i, 40), -20),
            self.by_path[context.path] / self.seed_words,
            self.by_parent[context.parent] / self.seed_words,
            self.by_parent[context.parent] / parent_words,
            context.depth,
            context.in_core,
            context.hidden,
            self.copy(i),
            self.title_alike(text) if words < 40 else 0.0,
            self.describes(self.starts[i]),
            words < 40 and bool(self.authors) and self.names_author(self.starts[i]),
            i < self.headline,
            min(i - self.headline, 15) if self.headline >= 0 else 15,
            *shares_of_capitals_and_digits(text[:120]),
            text[:1].islower(),
            text[:1] in "\"'“«„‚‘([",
            min(self.seed_words, 2000),
            words / self.usual_words,
            self.words[i - 1] if previous else 0,
            self.words[i + 1] if following else 0,
            previous.context.link_share if previous else 0.0,
            following.context.link_share if following else 0.0,
        )

    def copy(self, i: int) -> int:
        """0: stands once, or is short; 1: the first of several; 2: a later one."""
        text = self.blocks[i].text
        places = self.places[text]
        return 0 if len(places) == 1 or len(text) <= MIN_COPY_CHARS else 1 if places[0] == i else 2

    def names_author(self, start: str) -> bool:
        """Whether a squashed line names one of the page's authors."""
        return any(author in start for author in self.authors)

    def title_alike(self, text: str) -> float:
        """Share of words that a line and the title have in common, of all words of both."""
        words = frozenset(text.casefold().split())
        either = len(words | self.title_words)
        return len(words & self.title_words) / either if self.title_words and either else 0.0

    def describes(self, squashed: str) -> int:
        """2: begins as the page's description does; 1: one holds the other's beginning; 0: neither."""
        if len(squashed) <= 20 or not self.description:
            return 0
        if squashed[:60] == self.description[:60]:
            return 2
        return int(squashed[:50] in self.description or self.description[:50] in squashed)
