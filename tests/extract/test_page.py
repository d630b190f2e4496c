"""A page to a Draft, and what may go wrong: nothing but typed errors."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newsclean
from newsclean.errors import NewscleanError, NoArticle
from newsclean.extract.page import read_page

PARAGRAPHS = [
    f"Pier {name} of the harbour in Lindvik was closed for nine days, and its crew painted sheds and mended the nets."
    for name in ("one", "two", "three", "four", "five", "six")
]
PAGE = (
    '<html lang=de><head><meta property="og:title" content="Piers open"></head><body><article>'
    "<h1>Piers open</h1>" + "".join(f"<p class=story>{p}</p>" for p in PARAGRAPHS) + "</article></body></html>"
)
MARKUP = """
<p> </p> <div> </div> <ul><li> </li></ul> <table><tr><td> </td></table> <b> </i> </a> <!-- --> <![CDATA[ <script>
<style>
</script> </style> <svg><path/> </svg> <title> </title> <body> </body> <h1> </h1> <select><option> <template> <br/> <img
&#12; &#xD800; &amp <
"""
FRAGMENTS = [
    *MARKUP.split(),
    *("\x00", "\ud800", "\u200b", "\xa0"),
    *("<a href='/x'>", "<html lang=x>", "<time datetime='2019-02-30'>"),
    '<meta name="author" content="By A and B">',
    '<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":{}}]}</script>',
    '<script type="application/ld+json">{"@graph":[[[',
    "By Ann Marsh and Per Dahl, Reuters",
    "LINDVIK, May 3 (Reuters) - ",
    "Share this article",
    *PARAGRAPHS[:3],
]


def test_a_page_becomes_a_draft() -> None:
    draft = read_page(PAGE, "https://news.example/story")

    assert draft.url == "https://news.example/story"
    assert (draft.metadata.title, draft.metadata.language) == ("Piers open", "de")
    assert [b.text for b in draft.blocks if b.kind == "paragraph"] == PARAGRAPHS
    assert [b.index for b in draft.blocks] == list(range(len(draft.blocks)))
    assert all(b.seed for b in draft.blocks)
    assert draft.notes == ()


def test_a_url_that_cannot_be_parsed_is_no_url_to_resolve_links_by() -> None:
    article = newsclean.extract(PAGE.replace("<head>", "<head><link rel=canonical href=/a>"), url="http://[::1")

    assert (article.url, article.metadata.canonical_url) == ("http://[::1", None)
    assert article.title == "Piers open"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:url" content="http://[::1">',
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","url":"http://[::1"}</script>',
    ],
    ids=["og-url", "json-ld"],
)
@pytest.mark.parametrize("url", [None, "https://news.example/story"], ids=["no-url", "url"])
def test_a_url_in_the_page_that_cannot_be_parsed_says_nothing(head: str, url: str | None) -> None:
    draft = read_page(PAGE.replace("<head>", f"<head>{head}"), url)

    assert draft.metadata.canonical_url is None


def test_bytes_and_text_give_the_same_draft() -> None:
    assert read_page(PAGE.encode()) == read_page(PAGE)


def test_the_header_encoding_is_used() -> None:
    html = PAGE.replace("painted", "gemälde").encode("cp1252")

    assert "gemälde" in read_page(html, encoding="iso-8859-1").blocks[-1].text


def test_an_error_carries_the_url() -> None:
    with pytest.raises(NoArticle) as caught:
        read_page(b"", "https://news.example/empty")

    assert caught.value.url == "https://news.example/empty"


def try_to_extract(html: bytes | str) -> None:
    """Let nothing but typed errors pass, and no text that can't be written."""
    try:
        newsclean.extract(html, "https://news.example/story").text.encode()
    except NewscleanError as error:
        str(error)  # fails if the reason is not one of the list


bounded = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@bounded
@given(st.binary(max_size=2_000))
def test_bytes_of_any_kind_raise_nothing_but_typed_errors(data: bytes) -> None:
    try_to_extract(data)


@bounded
@given(
    st.binary(max_size=300),
    st.sampled_from([b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1b$B", b"<meta charset=gb2312>"]),
)
def test_a_page_with_noise_in_it_raises_nothing_but_typed_errors(noise: bytes, start: bytes) -> None:
    html = PAGE.encode()

    try_to_extract(start + html[:400] + noise + html[400:])


@settings(bounded, max_examples=250)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60))
def test_shuffled_markup_raises_nothing_but_typed_errors(fragments: list[str]) -> None:
    try_to_extract(" ".join(fragments))


def test_a_path_is_no_page(tmp_path):
    with pytest.raises(TypeError, match="not its path"):
        newsclean.extract(tmp_path / "page.html")  # type: ignore[arg-type]
