"""The date that an element beside the headline shows, told from all the others that the page shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from selectolax.lexbor import LexborNode

from newsclean.dates import FIRST_YEAR, parse_stamp
from newsclean.dates.published import PrintedDate, is_change_label, parse_published, says_change
from newsclean.extract.document import Document
from newsclean.extract.metadata.found import Found
from newsclean.extract.metadata.place import is_elsewhere, is_masthead, words_of
from newsclean.extract.metadata.text import node_text, squash

QUERY = (
    'h1, time, [itemprop*="date" i], [pubdate], [class*="date" i], [class*="time" i], [class*="publish" i], '
    '[class*="posted" i], [class*="submitted" i], [class*="byline" i], [class*="meta" i], [id*="date" i], '
    '[property*="date" i]'
)
PUBLISHED = re.compile(
    r"publish|posted|submitted|entry-?date|pub-?date|created|(?:post|article)-{0,2}date", re.IGNORECASE
)
MODIFIED = re.compile(r"modif|updat|lastmod|edited", re.IGNORECASE)
DATED = re.compile(r"date|time|publish|posted|submitted", re.IGNORECASE)
MAX_NODES = 80
MAX_TEXT = 200
MAX_LABEL = 40
OF_CHANGE = 0.3  # what a word such as "Updated" takes from the score: it loses to another date, not to none
Reader = Callable[[str | None], PrintedDate | None]
StampReader = Callable[[str | None], str | None]
LIST = 3  # so many elements of one name with different dates are a list of articles or comments


@dataclass(frozen=True, slots=True)
class DateSpot:
    """An element with a date.

    Attributes:
        stamp: ISO 8601.
        score: how likely it is the article's.
        kind: the element's tag and class, the same for all items of a list.
    """

    stamp: str
    score: float
    kind: str


def read_dom_date(
    document: Document, title: str | None, *, month_before_day: bool, first_year: int = FIRST_YEAR
) -> Found | None:
    """The date of the best-placed element, and what element that is; None if none is well placed."""
    read = partial(parse_published, month_before_day=month_before_day, first_year=first_year)
    read_said = partial(parse_stamp, month_before_day=month_before_day, first_year=first_year)
    spots = list(read_spots(document, squash(title or ""), read, read_said))
    stamps: defaultdict[str, set[str]] = defaultdict(set)
    for spot in spots:
        stamps[spot.kind].add(spot.stamp[:10])
    scored = [(s.score - (1.0 if len(stamps[s.kind]) >= LIST else 0.0), -i, s) for i, s in enumerate(spots)]
    score, _, best = max(scored, default=(0.0, 0, None))
    return Found(best.stamp, f"dom {best.kind}") if best and score > 0 else None


def read_spots(document: Document, title: str, read: Reader, read_said: StampReader) -> Iterator[DateSpot]:
    """Every element with a date in its text or an attribute (`read_said`), in document order; `title` is squashed."""
    after_title = False
    for order, node in enumerate(document.tree.css(QUERY)[:MAX_NODES]):
        if node.tag == "h1":
            after_title = after_title or is_title(node, title)
            continue
        attributes = node.attributes
        said = read_said(attributes.get("datetime") or attributes.get("content"))
        text = node_text(node)
        printed = read(text) if len(text) <= MAX_TEXT else None
        stamp = said or (printed.stamp if printed else None)
        if stamp:
            place = 0.6 if after_title else -1.1 if is_masthead(node) else -0.1
            changed = printed.of_change if printed else says_change(text[:MAX_LABEL])
            if changed or is_change_label(text_before(node)):
                place -= OF_CHANGE
            kind = ".".join([node.tag or "", *(attributes.get("class") or "")[:60].split()])
            yield DateSpot(stamp, name_score(node, attributes) + place - 0.02 * order, kind)


def text_before(node: LexborNode) -> str:
    """What is printed directly before an element."""
    before = node.prev
    while before is not None and before.tag == "-text" and not (before.text_content or "").strip():
        before = before.prev
    return before.text().strip() if before is not None else ""


def is_title(heading: LexborNode, title: str) -> bool:
    """Whether a heading holds the title, or a part of it; `title` is squashed."""
    text = squash(node_text(heading))
    return title in text or (len(text) > 12 and text in title)


def name_score(node: LexborNode, attributes: dict[str, str | None]) -> float:
    """How likely an element holds the date of publication, by its names and those of what it stands in."""
    own = f"{words_of(node)} {attributes.get('itemprop') or ''} {attributes.get('property') or ''}"
    score = 1.0 if node.tag == "time" else 0.6 if DATED.search(own) else 0.2
    if PUBLISHED.search(own) or "pubdate" in attributes:
        score += 1.0
    if "datepublished" in own.lower():
        score += 2.0
    if MODIFIED.search(own):
        score -= 1.2
    if node.tag == "li" or (node.parent is not None and node.parent.tag == "li"):
        score -= 0.3
    return score - 2.0 if is_elsewhere(node) else score
