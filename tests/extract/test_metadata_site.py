"""The names that a site gives itself."""

from __future__ import annotations

import pytest

from newsclean.extract.document import parse
from newsclean.extract.metadata.jsonld import LinkedData
from newsclean.extract.metadata.site import SiteNames, read_site

HEAD = '<meta property="og:site_name" content="The Morning Gazette"><meta name="publisher" content="Tidewater Media">'


def read(head: str = HEAD, url: str | None = "https://www.tmg-online.example/a") -> SiteNames:
    return read_site(parse(head, url), LinkedData())


@pytest.mark.parametrize(
    "text",
    [
        "The Morning Gazette",
        "MORNING GAZETTE",
        "the morning-gazette",
        "Tidewater Media",
        "The Tidewater Media",
        "tmg-online",
        "www.tmg-online.example",
        "otherpaper.example",
    ],
)
def test_a_name_of_the_site_is_known(text: str):
    assert read().is_site(text)


@pytest.mark.parametrize("text", ["Ines Calloway", "Morning", "The Evening Gazette", "Gazette reporter Otto Brandvold"])
def test_other_names_are_not(text: str):
    assert not read().is_site(text)


def test_initials_in_the_host_name_are_the_site():
    assert read("", "https://www.hp.example/").is_site("Harbour Post")


@pytest.mark.parametrize("text", ["Morning Gazette Online", "News", "28.04.2023", "2023-04-28", "港日報"])
def test_a_label_says_no_more_than_the_site(text: str):
    assert read().is_label(text)


@pytest.mark.parametrize("text", ["Ferry runs again", "The morning gazette that changed the whole harbour for ever"])
def test_a_headline_is_no_label(text: str):
    assert not read().is_label(text)


def test_a_handle_is_not_printed():
    head = '<meta name="twitter:site" content="@gazette"><meta name="publisher" content="Tidewater Media">'
    name = read(head).name
    assert name is not None
    assert (name.value, name.source) == ("Tidewater Media", "meta publisher")


def test_a_headline_that_is_a_link_home_names_the_site_and_a_broken_link_names_nothing():
    assert read('<h1><a href="../">The Bay Courier</a></h1>', "https://x.example/a/").is_site("Bay Courier")
    assert not read('<h1><a href="http://[bay]/">The Bay Courier</a></h1>', "https://x.example/a").is_site(
        "Bay Courier"
    )
