"""JSON-LD: a page's blocks in, what they say about its article out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsclean.extract.document import Document
from newsclean.extract.metadata.jsonld_article import ARTICLE, Subject, find_article, own_nodes
from newsclean.extract.metadata.jsonld_blocks import read_blocks
from newsclean.extract.metadata.jsonld_nodes import (
    Index,
    Node,
    as_bool,
    first_text,
    has_type,
    listed,
    resolved,
    text_of,
    walk,
)
from newsclean.extract.metadata.text import tidy

MAX_PEOPLE = 20

SITE = ("Organization", "NewsMediaOrganization", "WebSite", "Corporation")
EDGES = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")


@dataclass(frozen=True, slots=True)
class Author:
    """An author as a node names it.

    Attributes:
        printed: the name, or a whole byline: sites put both there.
        organization: the node says that it is one; people are typed so by mistake.
    """

    printed: str
    organization: bool = False


@dataclass(frozen=True, slots=True)
class LinkedData:
    """What the page's JSON-LD says about its article; empty where it says nothing.

    Attributes:
        headline: of an article or page node.
        authors: in order.
        published, modified: as printed.
        site_names: of publishers, organisations and the site, as printed; the publisher's first.
        section, description, language, image, url: as printed.
        free_access: whether everybody may read all parts of the article.
        article_type: of the article's node, as printed.
        keywords: split at commas.
    """

    headline: str | None = None
    authors: tuple[Author, ...] = ()
    published: str | None = None
    modified: str | None = None
    site_names: tuple[str, ...] = ()
    section: str | None = None
    description: str | None = None
    language: str | None = None
    image: str | None = None
    url: str | None = None
    free_access: bool | None = None
    article_type: str | None = None
    keywords: tuple[str, ...] = ()


def read_jsonld(document: Document) -> LinkedData:
    """What the page's JSON-LD blocks say, read from the node that is most likely its article."""
    blocks = tuple(read_blocks(document))
    if not blocks:
        return LinkedData()
    index = Index(blocks)
    nodes = list(walk(blocks, EDGES))
    own = own_nodes(nodes, subject := Subject(document))
    best = find_article(own, subject)
    articles = [best, *(n for n in own if n is not best and has_type(n, ARTICLE))]
    return LinkedData(
        headline=first_text([best], "headline") or (first_text([best], "name") if has_type(best, ARTICLE) else None),
        authors=tuple(read_authors(best, index))[:MAX_PEOPLE],
        published=first_text(articles, "datePublished"),
        modified=first_text([best], "dateModified"),
        site_names=tuple(dict.fromkeys(read_site_names(best, nodes, index))),
        section=first_text([best], "articleSection"),
        description=first_text([best], "description"),
        language=first_text([best], "inLanguage"),
        image=read_image(best, index),
        url=first_text([best], "url"),
        free_access=read_access(best, index),
        article_type=read_type(best),
        keywords=read_keywords(best.get("keywords")),
    )


def read_type(node: Node) -> str | None:
    """The first of the node's types that means an article, without the vocabulary's address."""
    types = node.get("@type")
    named = (t for t in (types if isinstance(types, list) else [types]) if isinstance(t, str) and t.endswith(ARTICLE))
    return next((t.rpartition("/")[2] or None for t in named), None)


def read_access(node: Node, index: Index) -> bool | None:
    """Whether the node and all of its parts are free to read; None if none of them says so."""
    parts = [node, *(p for p in resolved(node.get("hasPart"), index) if isinstance(p, dict))]
    said = [s for part in parts if (s := as_bool(part.get("isAccessibleForFree"))) is not None]
    return all(said) if said else None


def read_authors(node: Node, index: Index) -> Iterator[Author]:
    """The node's authors, else its creators; URLs are no names."""
    for key in ("author", "creator"):
        found = False
        for item in listed(node.get(key), index):
            names = item.get("name") or full_name(item) if isinstance(item, dict) else item
            organization = isinstance(item, dict) and has_type(item, SITE)
            for name in names if isinstance(names, list) else [names]:
                printed = text_of(name, "name", "@value")
                if printed and not printed.startswith(("http:", "https:", "/", "#")):
                    found = True
                    yield Author(printed, organization)
        if found:
            return


def full_name(person: Node) -> str | None:
    """Given and family name of a node without a name; None if it lacks either."""
    parts = [text_of(person.get(key)) for key in ("givenName", "familyName")]
    return " ".join(filter(None, parts)) if all(parts) else None


def read_site_names(best: Node, nodes: list[Node], index: Index) -> Iterator[str]:
    """Names of the article's publisher, then of every organisation and site among the nodes."""
    owners = [o for key in ("publisher", "sourceOrganization") for o in resolved(best.get(key), index)]
    sites = [n for n in nodes if has_type(n, SITE)]
    for owner in [*owners, *sites, *(o for n in nodes for o in resolved(n.get("publisher"), index))]:
        for key in ("name", "alternateName", "legalName"):
            if isinstance(owner, dict) and (name := text_of(owner.get(key), "@value")):
                yield name


def read_image(node: Node, index: Index) -> str | None:
    """The URL of the node's first image."""
    for item in resolved(node.get("image"), index):
        if url := text_of(item, "url", "contentUrl", "@id"):
            return url
    return None


def read_keywords(value: object) -> tuple[str, ...]:
    """Keywords, from a list or a string with commas."""
    parts = value if isinstance(value, list) else str(value).split(",") if isinstance(value, str) else []
    return tuple(dict.fromkeys(t for p in parts[:50] if isinstance(p, str) and (t := tidy(p))))
