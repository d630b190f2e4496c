"""Where an element stands: in the article, or among the page's other things, as the names of what is around it tell."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from newsclean.extract.metadata.text import node_text

MAX_CLIMB = 7
MAX_LINK_CLIMB = 5
LINK_SURPLUS = 20  # characters that a link around a byline may have besides
OUTSIDE = frozenset({"aside", "nav", "footer", "noscript"})
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
TOPIC = re.compile(r"(?<!\S)(?:tag|category|cat)-\S{1,80}|\S{0,80}\[\S{0,80}")  # topics of a post; style rules
MASTHEAD = re.compile(r"(?<![a-z])(?:masthead|top-?(?:bar|date|line)|(?:site|page|main)-?header)(?![a-z])")
CAPTION = re.compile(r"(?<![a-z])(?:captions?|photo-?credits?|image-?credits?|bildunterschrift)(?![a-z])")
OTHER = re.compile(
    r"(?<![a-z])(?:comments?|related|recommend(?:ed|ations?)?|sidebar|widget|footer|archives?|events?|calendar"
    r"|ticker|popular|trending|latest|recent|promo|modal|newsletter|copyright|read-?more|more-?(?:from|on|news|stories)"
    r"|outbrain|taboola|mostread|most-?read)(?![a-z])"
)


def is_masthead(node: LexborNode) -> bool:
    """Whether an element stands in the site's header, which prints the day of the visit, not in the article's."""
    at: LexborNode | None = node
    for _ in range(MAX_CLIMB):
        if at is None or at.tag in {"body", "main", "article"}:
            return False
        if at.tag == "header" or MASTHEAD.search(words_of(at)):
            return at.css_first("h1") is None
        at = at.parent
    return False


def is_teaser(node: LexborNode, chars: int) -> bool:
    """Whether a text of so many characters is part of a longer link: it tells of the page that the link leads to."""
    at: LexborNode | None = node
    for _ in range(MAX_LINK_CLIMB):
        if at is None or at.tag == "body":
            return False
        if at.tag == "a":
            return len(node_text(at)) > chars + LINK_SURPLUS
        at = at.parent
    return False


def is_caption(node: LexborNode) -> bool:
    """Whether an element belongs to a picture: it names who took that."""
    at: LexborNode | None = node
    for _ in range(MAX_LINK_CLIMB):
        if at is None or at.tag in {"body", "main", "article"}:
            return False
        if at.tag in {"figure", "figcaption"} or CAPTION.search(words_of(at)):
            return True
        at = at.parent
    return False


def words_of(node: LexborNode) -> str:
    """The element's class and id, lower case, words of compounds apart, without topics and style rules."""
    return words_in(names_of(node))


def names_of(node: LexborNode) -> str:
    """The element's class and id, as printed."""
    attributes = node.attributes
    if "class" not in attributes and "id" not in attributes:
        return ""
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:400]


@lru_cache(maxsize=4096)  # a page's elements stand in one another and in lists, so the same names come again
def words_in(names: str) -> str:
    """The words of an element's names."""
    return TOPIC.sub("", CAMEL.sub("-", names).lower()) if len(names) > 2 else ""


@lru_cache(maxsize=4096)
def is_other(names: str) -> bool:
    """Whether the element of these names holds what is beside an article."""
    return bool(OTHER.search(words_in(names)))


def is_elsewhere(node: LexborNode, *, headed: bool = False) -> bool:
    """Whether an element stands in a comment, a list of other articles, a sidebar or a footer.

    Args:
        node: the element.
        headed: what holds a first-level heading too is the page's frame, whatever its name: "archive-main",
            "with-sidebar". That is right for bylines; of headings themselves it took more wrong ones.
    """
    at: LexborNode | None = node
    for _ in range(MAX_CLIMB):
        if at is None or at.tag in {"body", "main"}:
            return False
        if at.tag in OUTSIDE:
            return True
        if is_other(names_of(at)) and not (headed and at.css_first("h1") is not None):
            return True
        at = at.parent
    return False
