"""The plain fields: addresses, section, tags, description, language, site."""

from __future__ import annotations

import pytest

from newsclean.extract.document import parse
from newsclean.extract.metadata import read_metadata
from newsclean.model import Metadata

URL = "https://www.harbourpost.example/town/ferry?ref=feed"


def read(head: str, url: str | None = URL) -> Metadata:
    return read_metadata(parse(f"<html><head>{head}</head><body></body></html>", url))


def test_the_canonical_url_is_absolute():
    assert (
        read('<link rel="canonical" href="/town/ferry">').canonical_url == "https://www.harbourpost.example/town/ferry"
    )


@pytest.mark.parametrize("href", ["", "javascript:void(0)", "http://[broken", "mailto:desk@harbourpost.example"])
def test_what_is_no_address_is_not_taken(href: str):
    assert read(f'<link rel="canonical" href="{href}">', None).canonical_url is None


def test_og_url_stands_in_for_the_canonical_link():
    metadata = read('<meta property="og:url" content="https://harbourpost.example/ferry">')
    assert metadata.canonical_url == "https://harbourpost.example/ferry"


def test_the_image_is_absolute():
    image = read('<meta property="og:image" content="/img/ferry.jpg">').image_url
    assert image == "https://www.harbourpost.example/img/ferry.jpg"


def test_tags_of_several_meta_tags_are_joined_once_each():
    head = '<meta property="article:tag" content="Ferry"><meta property="article:tag" content="Harbour, Ferry">'
    assert read(head).tags == ("Ferry", "Harbour")


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ('<meta property="og:description" content="It runs.">', "description", "It runs."),
        ('<meta property="article:section" content="Town">', "section", "Town"),
        ('<meta property="og:site_name" content="The Harbour Post">', "site", "The Harbour Post"),
        ('<meta property="og:locale" content="pt_BR">', "language", "pt-BR"),
        ('<script type="application/ld+json">{"@type":"Article","inLanguage":"nl"}</script>', "language", "nl"),
    ],
)
def test_a_field_is_read(head: str, field: str, value: str):
    assert getattr(read(head), field) == value


def test_every_field_that_was_found_has_a_source():
    metadata = read('<meta property="og:description" content="It runs."><meta name="keywords" content="ferry">')
    assert dict(metadata.sources) == {"description": "meta og:description", "tags": "meta keywords"}


def test_an_empty_page_says_nothing():
    assert read_metadata(parse("", None)) == Metadata()
