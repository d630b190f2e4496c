"""The views of the one parse that several readers share."""

from __future__ import annotations

import pytest

from newsclean.extract.document import MAX_META_CHARS, parse


def test_meta_tags_are_found_by_any_of_their_names_in_order() -> None:
    document = parse(
        '<meta property="OG:Title" content=" First "><meta name=author content=Marsh><meta itemprop=author value=Dahl>'
        '<meta name=empty content=""><meta content=nameless>'
    )

    assert document.metas == {"og:title": ("First",), "author": ("Marsh", "Dahl")}


def test_the_first_name_that_has_a_content_is_taken() -> None:
    document = parse("<meta name=b content=second><meta name=a content=first>")

    assert (document.meta("none", "a", "b"), document.meta("none")) == ("first", None)


def test_a_meta_tag_too_long_for_any_field_is_passed_over() -> None:
    assert parse(f"<meta name=description content='{'x' * (MAX_META_CHARS + 1)}'>").metas == {}


def test_the_headings_are_those_of_the_first_level_in_order() -> None:
    document = parse("<h1>Ferry back</h1><div><h2>Harbour</h2><h1>Weather</h1></div>")

    assert [heading.text() for heading in document.headings] == ["Ferry back", "Weather"]


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<html lang=de>", "de"),
        ("<html lang=pt_BR>", "pt-BR"),
        ("<html xml:lang=fr>", "fr"),
        ('<html lang=""><meta http-equiv=content-language content="nl, en">', "nl"),
        ('<meta property="og:locale" content="pl_PL">', "pl-PL"),
        ("<html lang='{{ page.language }}'>", None),
        ("<html>", None),
        ("", None),
    ],
    ids=["lang", "underscore", "xml-lang", "http-equiv", "locale", "template", "unnamed", "nothing"],
)
def test_the_language_that_a_page_names(html: str, language: str | None) -> None:
    assert parse(html).language == language


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://mill.example/a", "https://mill.example/a"),
        ("saved/a.html", "saved/a.html"),
        ("http://[::1", None),
        (None, None),
    ],
    ids=["url", "path", "cut", "none"],
)
def test_a_url_that_cannot_be_parsed_is_not_known(url: str | None, known: str | None) -> None:
    assert parse("<p>", url).url == known


def test_the_body_is_given_without_what_holds_no_text() -> None:
    page = "<body><nav>Menu</nav><!-- a > b --><p>The <span>mill</span> turns.<script>1</script></p><aside>More</aside>"

    assert parse(page).take_body_html() == "<body><nav>Menu</nav><p>The mill turns.</p><aside>More</aside></body>"


def test_the_whole_page_can_be_read_after_its_body_was_given() -> None:
    document = parse("<title>Mill</title><script type='application/LD+json'>{}</script><p>It <span>turns</span>.")
    body = document.take_body_html()

    assert document.tree.css_first("span").text() == "turns"
    assert document.linked_data == ("{}",)
    assert document.take_body_html() == body == "<body><p>It turns.</p></body>"


def test_a_page_without_a_body_has_none_to_give() -> None:
    assert parse("<html><frameset><frame src=a></frameset></html>").take_body_html() == ""
