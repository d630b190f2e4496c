"""A value of the page together with the place that it was found at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newsclean.extract.document import Document
from newsclean.extract.metadata.text import tidy


@dataclass(frozen=True, slots=True)
class Found:
    """A value and its source: "json-ld headline", "meta og:title", "dom h1"."""

    value: str
    source: str


def first_meta(document: Document, names: Iterable[str]) -> Found | None:
    """The first content that meta tags of these names have, in the order of the names."""
    for name in names:
        for content in document.metas.get(name, ()):
            if value := tidy(content):
                return Found(value, f"meta {name}")
    return None
