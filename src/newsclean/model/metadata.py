"""What a page says about its article."""

from __future__ import annotations

from dataclasses import dataclass

from newsclean.model.person import Dateline, Person


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about its article.

    Attributes:
        title: without the site's name.
        authors: people, agencies and desks of the byline, in order.
        credits: people named in credit lines, with their roles.
        date_published: ISO 8601 as printed, offset kept: "2018-09-16" or "2018-09-16T09:30:00+02:00".
        date_modified: likewise.
        dateline: the opening of an agency story.
        agencies: usual names, in order of appearance.
        language: BCP 47, as the page names it ("de", "pt-BR").
        canonical_url: as the page names it, absolute.
        site: the publication's name.
        section, tags, description, image_url: as the page names them.
        free_access: whether the page says that everybody may read the whole article; None if it says nothing.
        article_type: the schema.org type of the article, as the page names it ("NewsArticle"), else "article".
        sources: (field, where its value was found) pairs.
    """

    title: str | None = None
    authors: tuple[Person, ...] = ()
    credits: tuple[Person, ...] = ()
    date_published: str | None = None
    date_modified: str | None = None
    dateline: Dateline | None = None
    agencies: tuple[str, ...] = ()
    language: str | None = None
    canonical_url: str | None = None
    site: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    description: str | None = None
    image_url: str | None = None
    free_access: bool | None = None
    article_type: str | None = None
    sources: tuple[tuple[str, str], ...] = ()
