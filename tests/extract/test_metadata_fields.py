"""The plain fields: addresses, section, tags, description, language, site."""

from __future__ import annotations

import json
from urllib.parse import urljoin

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


@pytest.mark.parametrize(
    "href",
    [
        "https://harbourpost.example/",
        "/",
        "https://harbourpost.example/{{slug}}",
        "https://harbourpost.example/town/undefined",
        "http://localhost:3000/town/ferry",
        "undefined",
    ],
)
def test_what_a_template_left_and_the_front_page_are_no_canonical_url(href: str):
    link = f'<link rel="canonical" href="{href}">'
    assert read(link).canonical_url is None
    og = '<meta property="og:url" content="https://harbourpost.example/ferry">'
    assert read(link + og).canonical_url == "https://harbourpost.example/ferry"


@pytest.mark.parametrize(
    "url", ["https://harbourpost.example/?from=mail", "https://harbourpost.example/index.html", None]
)
def test_a_front_page_and_a_saved_one_may_have_the_front_pages_canonical_url(url: str | None):
    link = '<link rel="canonical" href="https://harbourpost.example/">'
    assert read(link, url).canonical_url == "https://harbourpost.example/"


def test_og_url_stands_in_for_the_canonical_link():
    metadata = read('<meta property="og:url" content="https://harbourpost.example/ferry">')
    assert metadata.canonical_url == "https://harbourpost.example/ferry"


@pytest.mark.parametrize(
    "address",
    [
        "https://img.example/a.jpg",
        "http://img.example/a//b/../c.jpg?w=1&h=2",
        "https://img.example/a.jpg?",
        "https://img.example/a.jpg#",
        "https://img.example/a.jpg?#top",
        "https://img.example/a.jpg?w=1#",
        "https://img.example/a.jpg;w=1",
        "HTTPS://img.example/a.jpg",
        "https://img.example",
        "//img.example/a.jpg",
        "https:a.jpg",
    ],
)
def test_an_address_is_what_joining_it_to_the_page_makes_of_it(address: str):
    assert read(f'<meta property="og:image" content="{address}">').image_url == urljoin(URL, address)


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


def article(**fields: object) -> str:
    block = {"@type": "NewsArticle", "headline": "Ferry runs again", **fields}
    return f'<script type="application/ld+json">{json.dumps(block)}</script>'


@pytest.mark.parametrize(
    ("head", "free"),
    [
        pytest.param(article(isAccessibleForFree=True), True, id="true"),
        pytest.param(article(isAccessibleForFree="False"), False, id="string"),
        pytest.param(article(isAccessibleForFree="http://schema.org/True"), True, id="address"),
        pytest.param(article(hasPart={"isAccessibleForFree": "false"}), False, id="a part is not"),
        pytest.param(article(isAccessibleForFree=True, hasPart=[{"isAccessibleForFree": False}]), False, id="both"),
        pytest.param(article(isAccessibleForFree="perhaps"), None, id="no truth"),
        pytest.param('<meta property="article:content_tier" content="free">', True, id="tier free"),
        pytest.param('<meta property="article:content_tier" content="metered">', False, id="tier metered"),
        pytest.param('<meta property="article:content_tier" content="gold">', None, id="no tier"),
        pytest.param("", None, id="nothing said"),
    ],
)
def test_whether_the_article_is_free_to_read_is_what_the_page_says(head: str, free: bool | None):
    assert read(head).free_access is free


@pytest.mark.parametrize(
    ("head", "kind", "source"),
    [
        pytest.param(article(), "NewsArticle", "json-ld @type", id="json-ld"),
        pytest.param(article(**{"@type": ["Thing", "LiveBlogPosting"]}), "LiveBlogPosting", "json-ld @type", id="list"),
        pytest.param(article(**{"@type": "https://schema.org/Report"}), "Report", "json-ld @type", id="address"),
        pytest.param('<meta property="og:type" content="article">', "article", "meta og:type", id="og"),
        pytest.param('<meta property="og:type" content="website">', None, None, id="og website"),
    ],
)
def test_the_kind_of_article_is_the_one_that_the_page_names(head: str, kind: str | None, source: str | None):
    metadata = read(head)
    assert (metadata.article_type, dict(metadata.sources).get("article_type")) == (kind, source)
