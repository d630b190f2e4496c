"""Who wrote the article: the first of the page's sources that names a person, in the order of their precision.

The site is never a person. Organisations count only when nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsclean.extract.document import Document
from newsclean.extract.metadata.dom_byline import read_shown_byline
from newsclean.extract.metadata.dom_label import WEAK, read_labelled
from newsclean.extract.metadata.jsonld import LinkedData
from newsclean.extract.metadata.people import MAX_PEOPLE, is_placeholder, parse_named, unique
from newsclean.extract.metadata.site import SiteNames
from newsclean.model import Person

ORGANIZATION, NICKNAME, AGENCY, ONE_WORD, FULL_NAME = 1, 2, 3, 4, 5
LINKED = "json-ld author"
CITATION = ("citation_author", "citation_authors", "dc.creator.personalname")
PUBLISHING = ("parsely-author", "sailthru.author")
METAS = (
    "author",
    "article:author",
    "byl",
    "cxenseparse:author",
    "article:author_name",
    "dc.creator",
    "dcterms.creator",
    "article.author",
    "og:article:author",
    "og:author",
    "creator",
    "authors",
)
WRITTEN_BY = ("written by", "verfasst von", "geschrieben von", "écrit par", "escrito por", "scritto da", "by", "author")


@dataclass(frozen=True, slots=True)
class Authors:
    """The people of the byline, in order, and where they were named."""

    people: tuple[Person, ...]
    source: str


def read_authors(document: Document, linked: LinkedData, site: SiteNames, title: str | None) -> Authors | None:
    """The article's authors; None if the page names nobody."""
    best: tuple[int, Authors] | None = None
    for reading in readings(document, linked, title):
        people = without_site(reading.people, site)
        rank, found = rank_of(people), Authors(people or reading.people, reading.source)
        if reading.source == LINKED and linked.authors and all(author.organization for author in linked.authors):
            rank = min(rank, AGENCY)  # it looks like a name, and may be one: another source's comes first
        if rank == FULL_NAME:
            return found
        if found.people and (best is None or rank > best[0]):
            best = (rank, found)
    if best is None or best[0] < AGENCY or best[0] == ONE_WORD:
        labelled = read_labelled(document, title, site)
        if labelled and (best is None or (labelled[1] != WEAK and may_replace(best, labelled[0]))):
            return Authors(*labelled)
    return best[1] if best else None


def may_replace(known: tuple[int, Authors], people: tuple[Person, ...]) -> bool:
    """Whether these people tell more than the known ones: nobody was named, or `Ann` who is `Ann Bell`."""
    rank, before = known
    words = {word for p in people for word in p.name.split()}
    return rank < AGENCY or (len(people) == len(before.people) and {p.name for p in before.people} <= words)


def rank_of(people: tuple[Person, ...]) -> int:
    """How much a source tells that names these people; 0 if it names nobody but the site."""
    if any(is_full_name(p) for p in people):
        return FULL_NAME
    if any(p.kind == "person" and p.name[:1].isupper() for p in people):
        return ONE_WORD
    if any(p.kind == "agency" for p in people):
        return AGENCY
    if any(p.kind == "person" for p in people):
        return NICKNAME
    return ORGANIZATION if people else 0


def readings(document: Document, linked: LinkedData, title: str | None) -> Iterator[Authors]:
    """What each source says, the most precise first; a later one is read only if it is asked for."""
    yield Authors(read_linked(linked), LINKED)
    yield from read_metas(document, CITATION)
    yield from read_metas(document, PUBLISHING)
    if shown := read_shown_byline(document, title):
        yield Authors(unique(list(shown[0])), shown[1])
    yield from read_metas(document, METAS)
    if (document.meta("twitter:label1") or "").casefold().strip(": ") in WRITTEN_BY:
        yield from read_metas(document, ("twitter:data1",))


def read_linked(linked: LinkedData) -> tuple[Person, ...]:
    """The authors of the JSON-LD."""
    people: list[Person] = []
    for author in linked.authors:
        parsed = parse_named(author.printed)
        is_other = not parsed or (author.organization and len(parsed) == 1 and not is_likely_person(parsed))
        if is_other and is_organization(author.printed):
            parsed = (Person(author.printed, author.printed, "organization"),)
        people += parsed
    return unique(people)


def is_organization(printed: str) -> bool:
    """Whether a text that is no name can be that of an organisation: a few words, one of them with a capital."""
    words = printed.split()
    return len(words) <= 6 and len(printed) <= 60 and not is_placeholder(printed) and not printed.islower()


def is_likely_person(people: tuple[Person, ...]) -> bool:
    """Whether what a page types as an organisation is a name of two or three words: publishers mistype."""
    return any(p.kind == "person" and len(p.name.split()) in {2, 3} for p in people)


def read_metas(document: Document, names: tuple[str, ...]) -> Iterator[Authors]:
    """The people that each of these meta tags names."""
    for name in names:
        people: list[Person] = []
        for content in document.metas.get(name, ())[:MAX_PEOPLE]:
            if not content.startswith(("http:", "https:", "@", "/", "#")):
                people += parse_named(content)
        if people:
            yield Authors(unique(people), f"meta {name}")


def without_site(people: tuple[Person, ...], site: SiteNames) -> tuple[Person, ...]:
    """The people without the site itself, and without it as their agency."""
    kept = [p for p in people if not site.is_site(p.name) and not site.is_in(p.name)]
    return tuple(replace(p, agency=None) if p.agency and site.is_site(p.agency) else p for p in kept)


def is_full_name(person: Person) -> bool:
    """Whether it is a person with given and family name, or one in a script without spaces."""
    return person.kind == "person" and (" " in person.name or not person.name.isascii())
