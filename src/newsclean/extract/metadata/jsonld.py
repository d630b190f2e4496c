"""JSON-LD: a page's script blocks in, what they say about its article out.

Sites break this format in every way, so a block that can't be read is mended or skipped, never fatal, and nothing is
believed to have the type that the vocabulary gives it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from newsclean.extract.document import Document
from newsclean.extract.metadata.text import tidy
from newsclean.urls import parts_of

MAX_BLOCK_CHARS = 512_000  # 1 of 1,583 labelled blocks is longer: a gallery
MAX_BLOCKS = 40
MAX_NODES = 2_000
MAX_DEPTH = 8
MAX_PEOPLE = 20

ARTICLE = ("Article", "Posting", "Report", "Review")  # how types that mean an article end
PAGE = ("WebPage", "ItemPage", "MediaObject", "VideoObject", "Recipe", "PodcastEpisode", "CreativeWork")
SITE = ("Organization", "NewsMediaOrganization", "WebSite", "Corporation")
EDGES = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")
WRAPPERS = ("<!--", "-->", "//<![CDATA[", "//]]>", "<![CDATA[", "]]>", "/*", "*/", ";")
TRAILING_COMMA = re.compile(r",(?=\s{0,200}[\]}])")
STRAY_BACKSLASH = re.compile(r"\\(?![\"\\/bfnrtu])")

Node: TypeAlias = dict[str, object]


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
    path = parts_of(document.url).path.rstrip("/")
    best = max(nodes, key=lambda node: rank(node, path), default=Node())
    articles = [best, *(n for n in nodes if n is not best and has_type(n, ARTICLE))]
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


class Index:
    """The nodes by their "@id", collected when the first is asked for: most pages refer to none."""

    def __init__(self, blocks: tuple[object, ...]) -> None:
        self.blocks = blocks
        self.nodes: dict[str, Node] | None = None

    def get(self, name: str, default: Node) -> Node:
        """The node of this name that says most, or the default."""
        if self.nodes is None:
            self.nodes = {str(n["@id"]): n for n in walk(self.blocks, None) if "@id" in n and len(n) > 2}
        return self.nodes.get(name, default)


def read_blocks(document: Document) -> Iterator[object]:
    """The values of the blocks that can be read."""
    for script in document.tree.css('script[type*="ld+json" i]')[:MAX_BLOCKS]:
        text = script.text()
        if 2 < len(text) <= MAX_BLOCK_CHARS:
            yield parse_block(text)


def parse_block(text: str) -> object:
    """The block's value; mended if it breaks the format in a common way, None if in another."""
    for attempt in (str, mend):
        try:
            return json.loads(attempt(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def mend(text: str) -> str:
    """The block without comment wrappers, trailing commas and stray backslashes."""
    text = text.strip("\ufeff \t\r\n")
    for _ in range(3):  # they nest: a comment around CDATA
        for wrapper in WRAPPERS:
            text = text.removeprefix(wrapper).removesuffix(wrapper).strip()
    text = STRAY_BACKSLASH.sub("", TRAILING_COMMA.sub("", text))
    return f"[{text.replace('}{', '},{')}]" if "}{" in text else text


def walk(values: object, edges: tuple[str, ...] | None) -> Iterator[Node]:
    """The nodes under a value, along these keys (None: all), breadth first and at most MAX_NODES."""
    level = [values]
    left = MAX_NODES
    for _ in range(MAX_DEPTH):
        below: list[object] = []
        for value in level:
            if isinstance(value, dict):
                left -= 1
                if left < 0:
                    return
                yield value
                below += value.values() if edges is None else (value[e] for e in edges if e in value)
            elif isinstance(value, (list, tuple)):
                below += value
        level = below


def has_type(node: Node, endings: tuple[str, ...]) -> bool:
    """Whether one of the node's types ends so."""
    types = node.get("@type")
    return any(isinstance(t, str) and t.endswith(endings) for t in (types if isinstance(types, list) else [types]))


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


def as_bool(value: object) -> bool | None:
    """True or false as sites print them: as such, or as "True", "false", "http://schema.org/False"."""
    if isinstance(value, bool):
        return value
    word = value.strip().rpartition("/")[2].casefold() if isinstance(value, str) else ""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(word)


def rank(node: Node, path: str) -> float:
    """How likely this node is the page's article; `path` is that of the page's URL."""
    points = 10.0 if has_type(node, ARTICLE) else 3.0 if has_type(node, PAGE) else 0.0
    points += 3 * ("headline" in node) + 2 * ("datePublished" in node) + 2 * ("author" in node)
    points += 2 * ("articleBody" in node)
    url = first_text([node], "url", "@id", "mainEntityOfPage")
    if url and path:
        own = parts_of(url[:2000]).path.rstrip("/") if "://" in url or url.startswith("/") else ""
        points += 4 if own == path else -2 if own else 0
    return points


def text_of(value: object, *keys: str) -> str | None:
    """The first text in a value: itself, of a list's first item, of a node's `keys`."""
    if isinstance(value, str):
        return tidy(value) or None
    if isinstance(value, list):
        return next((t for v in value[:10] if (t := text_of(v, *keys))), None)
    if isinstance(value, dict):
        return next((t for k in keys if isinstance(v := value.get(k), (str, list)) and (t := text_of(v))), None)
    return None


def first_text(nodes: list[Node], *names: str) -> str | None:
    """The first text that one of the nodes has under one of the names."""
    return next((t for n in nodes for k in names if (t := text_of(n.get(k), "@value", "@id", "name"))), None)


def resolved(value: object, index: Index) -> Iterator[object]:
    """The items of a value, with references replaced by what they refer to."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and "name" not in item and "@id" in item:
            yield index.get(str(item["@id"]), item)
        else:
            yield item


def read_authors(node: Node, index: Index) -> Iterator[Author]:
    """The node's authors, else its creators; URLs are no names."""
    for key in ("author", "creator"):
        found = False
        for item in resolved(node.get(key), index):
            names = item.get("name") if isinstance(item, dict) else item
            organization = isinstance(item, dict) and has_type(item, SITE)
            for name in names if isinstance(names, list) else [names]:
                printed = text_of(name, "name", "@value")
                if printed and not printed.startswith(("http:", "https:", "/", "#")):
                    found = True
                    yield Author(printed, organization)
        if found:
            return


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
