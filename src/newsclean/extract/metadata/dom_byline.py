"""The byline that a page shows beside its headline, told from the names in teasers, comments and author boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from selectolax.lexbor import LexborNode

from newsclean.dates import parse_date
from newsclean.extract.document import Document
from newsclean.extract.metadata.people import is_writer, opens_with_label, parse_lines, parse_nickname
from newsclean.extract.metadata.place import is_elsewhere, is_teaser, words_of
from newsclean.extract.metadata.text import node_lines, node_text, squash
from newsclean.model import Person

QUERY = (  # each further selector costs 0.04 ms a page; "reporter", "redact" and "credit" brought no page
    'h1, [rel~="author"], [itemprop~="author"], [class*="byline" i], [id*="byline" i], [class*="aut" i], '
    '[class*="writer" i], [href*="/author"], .vcard, .fn, p[class="by" i], div[class="by" i]'
)
PROFILE = 'a[rel~="author"], a[href*="/auth"], a[href*="/profil"], a[href*="/people/"], a[href*="/staff/"]'
MAX_PROFILES = 8
MAX_NODES = 60
MAX_PARSED = 10
LISTED = 3.0  # what a place in such a list takes from the score
LIST_SPREAD = 1.0  # of the scores in such a list
LIST = 3  # so many elements of one kind with different people are a list of other articles
MIN_SCORE = 1.9
MIN_BASE = 0.0
NAMED = 3.0  # of an element that says that it holds an author
NO_BYLINE = frozenset({"h1", "body", "html", "main", "article", "meta", "link", "script", "form", "img", "input"})
AUTOMATIC = re.compile(r"aut(?!h?or|eur)", re.IGNORECASE)  # "auto-play": one selector costs less than the three words
BYLINE = re.compile(r"by-?line", re.IGNORECASE)
AUTHOR = re.compile(r"aut(?:h?or|eur)|writer", re.IGNORECASE)
HREF = re.compile(r"/(?:auth?or|auteur|people|profil|staff)[a-z-]{0,6}/", re.IGNORECASE)
WRONG = re.compile(
    r"(?<![a-z])(?:share|social|follow|captions?|credits?|photo|image|bio|about|avatar|description|newsletter|more|"
    r"subscribe|comments?|related|footer|teaser|widget|sidebar)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class ShownByline:
    """A byline that the page shows.

    Attributes:
        people: as parsed; not empty.
        score: how likely it is the article's.
        place: the element: "a.author".
        order: its position among the candidates.
        box: the element that it stands in.
    """

    people: tuple[Person, ...]
    score: float
    place: str
    order: int
    box: int

    def is_beside(self, other: ShownByline) -> bool:
        """Whether it is another item of the same list of authors."""
        return self.place == other.place and self.box == other.box


def read_shown_byline(document: Document, title: str | None) -> tuple[tuple[Person, ...], str] | None:
    """The people of the element that is likeliest the byline, with those beside it in a list, and what it is."""
    shown = discounted(read_candidates(document, squash(title or "")))
    best = max(shown, key=lambda s: s.score, default=None)
    if best is None or best.score < MIN_SCORE:
        return None
    beside = sorted((s for s in shown if s is best or s.is_beside(best)), key=lambda s: s.order)
    return tuple(p for s in beside for p in s.people), f"dom {best.place}"


def discounted(shown: list[ShownByline]) -> list[ShownByline]:
    """The bylines with a lower score where many elements of one kind have one, each another: teasers or comments."""
    boxes: dict[str, set[int]] = {}
    names: dict[str, set[tuple[str, ...]]] = {}
    best: dict[str, float] = {}
    for s in sorted(shown, key=lambda s: -s.score):
        if best.setdefault(s.place, s.score) - s.score > LIST_SPREAD:
            continue
        boxes.setdefault(s.place, set()).add(s.box)
        names.setdefault(s.place, set()).add(tuple(p.name for p in s.people))
    lists = {place for place in boxes if len(boxes[place]) >= LIST and len(names[place]) >= LIST}
    return [replace(s, score=s.score - LISTED) if s.place in lists else s for s in shown]


def read_candidates(document: Document, title: str) -> list[ShownByline]:
    """The bylines among the elements that are named or placed like one; `title` is squashed."""
    nodes = list(islice((node for node in document.tree.css(QUERY) if not is_automatic(node)), MAX_NODES))
    headings = [i for i, n in enumerate(nodes) if n.tag == "h1"]
    titles = [i for i in headings if title and title in squash(node_text(nodes[i]))] or headings
    start = titles[0] if titles else -1
    scored = [
        (base_score(node) + (1.0 if i > start else -0.7) - 0.08 * i, i)
        for i, node in enumerate(nodes)
        if node.tag not in NO_BYLINE
    ]
    scored.sort(reverse=True)
    found = (read_shown(nodes[i], i, score) for score, i in scored[:MAX_PARSED] if score > MIN_BASE)
    return [shown for shown in found if shown]


def is_automatic(node: LexborNode) -> bool:
    """Whether an element is only a candidate because of a class such as "auto-play"."""
    name = node.attributes.get("class") or ""
    return bool(AUTOMATIC.search(name)) and not AUTHOR.search(name) and not BYLINE.search(name)


def base_score(node: LexborNode) -> float:
    """How likely an element is the byline, by its attributes and what it stands in."""
    attributes = node.attributes
    own = words_of(node)
    score = 0.0
    if "author" in (attributes.get("rel") or "").split():
        score += 4.0
    if "author" in (attributes.get("itemprop") or "").split():
        score += 4.0
    if BYLINE.search(own) or own.split() == ["by"]:
        score += 3.0
    elif AUTHOR.search(own):
        score += 2.5
    if HREF.search((attributes.get("href") or "")[:300]):
        score += 2.0
    if {"vcard", "fn"} & set(own.split()):
        score += 1.5
    score -= 1.5 * len(set(WRONG.findall(own)))
    return score - 3.0 if is_elsewhere(node, headed=True) else score


def read_shown(node: LexborNode, order: int, score: float) -> ShownByline | None:
    """The byline that an element holds, if it holds one."""
    lines = node_lines(node)
    people = parse_lines(lines) or (parse_nickname(lines[0]) if len(lines) == 1 and score > NAMED else ())
    people = with_linked(node, people)
    writers = [p for p in people if p.role in {"author", "reporter"}]
    if not writers or is_teaser(node, sum(map(len, lines))):
        return None
    if opens_with_label(lines[0]):
        score += 2.0
    if parse_date("\n".join(lines)):
        score += 1.2
    if all(is_one_word(p) for p in writers if p.kind == "person"):
        score -= 1.5
    place = ".".join([node.tag or "", *(node.attributes.get("class") or "")[:40].split()[:2]])
    return ShownByline(people, score, place, order, node.parent.mem_id if node.parent is not None else 0)


def with_linked(node: LexborNode, people: tuple[Person, ...]) -> tuple[Person, ...]:
    """The people of an element, with those whose profiles it links to as it does theirs: a list of authors.

    Where one of the people has no such link, the links are something else than the byline.
    """
    known = {squash(p.name) for p in people}
    linked: dict[str, Person] = {}
    for link in node.css(PROFILE)[:MAX_PROFILES] if people else ():
        named = parse_lines(node_lines(link))
        if len(named) == 1 and named[0].kind == "person" and is_writer(named[0]):
            linked.setdefault(squash(named[0].name), named[0])
    if len(linked) < 2 or not known <= linked.keys():
        return people
    return (*people, *(p for name, p in linked.items() if name not in known))


def is_one_word(person: Person) -> bool:
    """Whether a name is a single word, in a script that writes spaces."""
    return " " not in person.name and person.name.isascii()
