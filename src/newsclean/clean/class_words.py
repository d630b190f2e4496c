"""What class words say: which families of places and purposes they speak of, and which part of an article they name."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from newsclean.clean.trees import Row
from newsclean.rules.places import places

FAMILIES = {  # of class, id and role words; one flat alternation each, which matches fastest
    "related": r"relat|recommend|more-?(?:on|from|stories|news|like)|read-?more|also|teaser|trending|popular|most-"
    r"|outbrain|taboola|onward|sidebar|rail\b|widget|carousel|slider|promo|listing|archive|latest|swiper|next",
    "share": r"share|sharing|social|follow|addthis|whatsapp|facebook|twitter-",
    "newsletter": r"newsletter|subscri|sign-?up|paywall|piano|regwall|offer|membership|donat|\bcta\b|(?<=-)cta|login"
    r"|register|app-",
    "caption": r"caption|credit|figure|image|photo|gallery|video|slideshow|picture|media|player|thumb|bild",
    "author": r"author|byline|bio\b|contributor|autor",
    "meta": r"meta|date|time|\btags?\b|(?<=-)tags?|topic|categor|breadcrumb|kicker|label|published|rubri|eyebrow",
    "comments": r"comment|disqus|discussion|respond|reply|kommentar",
    "advertisement": r"\bads?[-_ ]|advert|sponsor|banner|dfp|anzeige|werbung|publicid|outstream",
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


NAMES = tuple(FAMILIES)
NOT_ARTICLE = NAMES[: NAMES.index("box") + 1]


class Meaning(NamedTuple):
    """What class words say.

    Attributes:
        families: for each of FAMILIES 1.0 if a word is of it, else 0.0.
        part: what the first kind of place that a word names is: one of newsclean.parts.PARTS, or "asides" for what is
            never a part of an article; None for most.
    """

    families: Row
    part: str | None

    def says(self, *names: str) -> bool:
        """Whether a word is of one of these families."""
        return any(self.families[NAMES.index(name)] for name in names)


@lru_cache(maxsize=8192)  # the elements around a block are those around its neighbours
def meaning(classes: str) -> Meaning:
    """What class words say, in any order.

    >>> meaning("twitter-tweet").part, meaning("block promo-description").part, meaning("article-body").part
    ('tweets', 'asides', None)
    """
    return meaning_of(frozenset().union(*map(patterns_in, classes.split())))


@lru_cache(maxsize=16384)  # words come back more often than whole lists of them
def patterns_in(word: str) -> frozenset[int]:
    """Positions of the patterns that find something in a word, which they see with a space behind it."""
    text = f"{word} "
    return frozenset([i for i, pattern in enumerate(patterns()) if pattern.search(text)])


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """The patterns of the families, and behind them of the places: one look at a word for both."""
    return (*map(re.compile, FAMILIES.values()), *(place.pattern for place in places()))


@lru_cache(maxsize=1024)  # other words often mean the same
def meaning_of(found: frozenset[int]) -> Meaning:
    """What words mean in which the patterns at these positions find something."""
    named = min((i for i in found if i >= len(FAMILIES)), default=None)
    part = places()[named - len(FAMILIES)].part if named is not None else None
    return Meaning(tuple([1.0 if i in found else 0.0 for i in range(len(FAMILIES))]), part)
