"""A parsed page in, what it says about its article out, each field with the place that it was found at."""

from __future__ import annotations

from newsclean.extract.document import Document
from newsclean.extract.metadata.authors import read_authors
from newsclean.extract.metadata.dates import read_modified, read_published
from newsclean.extract.metadata.fields import (
    read_access,
    read_canonical,
    read_description,
    read_image,
    read_language,
    read_section,
    read_tags,
    read_type,
)
from newsclean.extract.metadata.found import Found
from newsclean.extract.metadata.jsonld import read_jsonld
from newsclean.extract.metadata.site import read_site
from newsclean.extract.metadata.title import read_title
from newsclean.model import Metadata

__all__ = ["read_metadata"]


def read_metadata(document: Document) -> Metadata:
    """What the page says about its article: title, people, dates and the fields of its head."""
    linked = read_jsonld(document)
    site = read_site(document, linked)
    title = read_title(document, linked, site)
    headline = title.value if title else None
    authors = read_authors(document, linked, site, headline)
    people = authors.people if authors else ()
    tags, access = read_tags(document, linked), read_access(document, linked)
    found = {
        "title": title,
        "site": site.name,
        "date_published": read_published(document, linked, headline),
        "date_modified": read_modified(document, linked),
        "canonical_url": read_canonical(document, linked),
        "language": read_language(document, linked),
        "section": read_section(document, linked),
        "description": read_description(document, linked),
        "image_url": read_image(document, linked),
        "article_type": read_type(document, linked),
    }
    sources = {name: field.source for name, field in found.items() if field}
    sources |= {
        name: field.source for name, field in (("authors", authors), ("tags", tags), ("free_access", access)) if field
    }
    return Metadata(
        title=value_of(found["title"]),
        authors=people,
        date_published=value_of(found["date_published"]),
        date_modified=value_of(found["date_modified"]),
        agencies=tuple(dict.fromkeys(p.name for p in people if p.kind == "agency")),
        language=value_of(found["language"]),
        canonical_url=value_of(found["canonical_url"]),
        site=value_of(site.name),
        section=value_of(found["section"]),
        tags=tags.values if tags else (),
        description=value_of(found["description"]),
        image_url=value_of(found["image_url"]),
        free_access=access.free if access else None,
        article_type=value_of(found["article_type"]),
        sources=tuple(sources.items()),
    )


def value_of(found: Found | None) -> str | None:
    """The value alone."""
    return found.value if found else None
