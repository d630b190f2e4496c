"""Authors: which of a page's names are those of its writers."""

from __future__ import annotations

import json

import pytest

from newsclean.extract.document import parse
from newsclean.extract.metadata import dom_label, read_metadata
from newsclean.model import Metadata

HEAD = '<meta property="og:site_name" content="The Harbour Post"><title>Ferry runs again</title>'
H1 = "<h1>Ferry runs again</h1>"


def read(body: str = "", head: str = "") -> Metadata:
    html = f"<html><head>{HEAD}{head}</head><body>{body}</body></html>"
    return read_metadata(parse(html, "https://www.harbourpost.example/town/ferry"))


def names(body: str = "", head: str = "") -> list[str]:
    return [p.name for p in read(body, head).authors]


def linked(author: object) -> str:
    block = {"@type": "NewsArticle", "headline": "Ferry runs again", "author": author}
    return f'<script type="application/ld+json">{json.dumps(block)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        pytest.param("Ines Calloway", ["Ines Calloway"], id="string"),
        pytest.param("By Ines Calloway and Otto Brandvold", ["Ines Calloway", "Otto Brandvold"], id="a whole byline"),
        pytest.param(
            [{"name": "Ines Calloway"}, {"name": "Otto Brandvold"}], ["Ines Calloway", "Otto Brandvold"], id="list"
        ),
        pytest.param(["Ines Calloway", "INES CALLOWAY"], ["Ines Calloway"], id="twice"),
        pytest.param({"@type": "Organization", "name": "Ines Calloway"}, ["Ines Calloway"], id="mistyped"),
    ],
)
def test_json_ld_names_the_authors(author: object, expected: list[str]):
    assert names(head=linked(author)) == expected


def test_the_printed_form_is_kept():
    (person,) = read(head=linked("INES CALLOWAY")).authors
    assert (person.name, person.printed) == ("Ines Calloway", "INES CALLOWAY")


@pytest.mark.parametrize(
    "author",
    ["The Harbour Post", "Harbour Post", "harbourpost.example", {"@type": "Organization", "name": "Harbour Post"}],
)
def test_the_site_is_not_a_person(author: object):
    body = f'{H1}<p class="byline">By Ines Calloway</p>'
    assert names(body, linked(author)) == ["Ines Calloway"]


def test_the_site_is_left_out_beside_a_person():
    assert names(head=linked(["The Harbour Post", "Ines Calloway"])) == ["Ines Calloway"]


def test_an_organisation_is_the_author_where_nobody_is_named():
    (author,) = read(head=linked({"@type": "Organization", "name": "Harbour Desk"})).authors
    assert (author.name, author.kind) == ("Harbour Desk", "organization")


def test_a_person_that_is_typed_as_an_organisation_is_a_person():
    (author,) = read(head=linked({"@type": "Organization", "name": "Ines Calloway"})).authors
    assert author.kind == "person"


def test_a_person_counts_more_than_an_organisation():
    desk = linked({"@type": "Organization", "name": "Harbour Desk"})
    assert names(head=desk + meta("author", "Ines")) == ["Ines"]


def test_what_is_no_name_of_a_person_is_an_organisations():
    (author,) = read(head=meta("author", "The Ferry Watchers")).authors
    assert (author.name, author.kind) == ("The Ferry Watchers", "organization")


def test_an_agency_is_an_agency():
    metadata = read(head=linked("Reuters"))
    assert (metadata.authors[0].kind, metadata.agencies) == ("agency", ("Reuters",))


def test_one_word_gives_way_to_a_full_name():
    assert names(f'{H1}<p class="byline">By Ines Calloway</p>', linked("Ines")) == ["Ines Calloway"]


def test_one_word_is_better_than_none():
    assert names(H1, linked("Ines")) == ["Ines"]


@pytest.mark.parametrize("word", ["admin", "Guest", "editor"])
def test_placeholders_are_nobody(word: str):
    assert names(H1, linked(word) + meta("author", word)) == []


def test_a_blogger_may_sign_with_a_nickname():
    assert names(H1, meta("author", "ferrywatcher")) == ["ferrywatcher"]


def test_citation_authors_are_read_surname_first():
    assert names(head=meta("citation_author", "Calloway, Ines") + meta("citation_author", "Brandvold, Otto")) == [
        "Ines Calloway",
        "Otto Brandvold",
    ]


@pytest.mark.parametrize("name", ["parsely-author", "author", "article:author", "byl", "dc.creator"])
def test_meta_tags_are_read(name: str):
    assert names(head=meta(name, "Ines Calloway")) == ["Ines Calloway"]


def test_meta_tags_are_read_on_until_one_names_a_person():
    assert names(head=meta("author", "The Harbour Post") + meta("dc.creator", "Ines Calloway")) == ["Ines Calloway"]


@pytest.mark.parametrize("value", ["https://social.example/harbour", "@harbourpost", "/people/7"])
def test_addresses_and_handles_are_no_names(value: str):
    assert names(head=meta("author", value)) == []


def test_the_twitter_label_tells_what_the_value_is():
    label = meta("twitter:label1", "Written by") + meta("twitter:data1", "Ines Calloway")
    other = meta("twitter:label1", "Price") + meta("twitter:data1", "Ines Calloway")
    assert (names(head=label), names(head=other)) == (["Ines Calloway"], [])


@pytest.mark.parametrize(
    "byline",
    [
        '<a rel="author" href="/p/7">Ines Calloway</a>',
        '<span itemprop="author">Ines Calloway</span>',
        '<p class="byline">By Ines Calloway</p>',
        '<p class="by">Ines Calloway, harbour editor</p>',
        '<p class="article-author">Ines Calloway</p>',
        '<div class="byline"><span>By</span>\n<span>Ines Calloway</span><span>Staff Writer</span></div>',
        '<div class="byline"><div>By</div><div>INES\nCALLOWAY</div></div>',
        '<div class="author-box"><b>Ines Calloway</b><p>Ines has covered the harbour since she could swim.</p></div>',
        "<p>By Ines Calloway</p>",
        "<p>By <b>Ines Calloway</b></p>",
        "<p>16.09.2018 - Ines Calloway</p>",
        "<div><h4>Autorin</h4><p><a>Ines Calloway</a></p></div>",
    ],
)
def test_the_byline_below_the_title_is_read(byline: str):
    assert names(f"{H1}{byline}<p>The ferry between the harbours runs again.</p>") == ["Ines Calloway"]


@pytest.mark.parametrize(
    "element",
    [
        '<figure><figcaption>The pier <span class="by">Ines Calloway</span></figcaption></figure>',
        '<div class="sponsored by">Ines Calloway</div>',
        '<a class="sort by" href="/popular">Ines Calloway</a>',
        '<blockquote>We sail. <span class="by">Ines Calloway</span></blockquote>',
    ],
    ids=["caption", "sponsor", "order", "quote"],
)
def test_the_class_by_counts_alone_and_on_a_line_of_its_own(element: str):
    assert names(f"{H1}{element}<p>The ferry between the harbours runs again.</p>") == []


def test_two_authors_side_by_side_are_both_read():
    byline = '<div><a rel="author">Ines Calloway</a><a rel="author">Otto Brandvold</a></div>'
    assert names(H1 + byline) == ["Ines Calloway", "Otto Brandvold"]


def test_a_byline_over_two_lines_is_joined():
    byline = '<div class="byline"><div>By Ines Calloway and</div><div>Otto Brandvold</div></div>'
    assert names(H1 + byline) == ["Ines Calloway", "Otto Brandvold"]


def test_other_words_in_the_bylines_box_are_no_names():
    box = '<div class="byline"><p>By Ines Calloway</p><p>Text Size</p><p>Small</p><p>Bookmark</p></div>'
    assert names(H1 + box) == ["Ines Calloway"]


@pytest.mark.parametrize(
    "around",
    [
        "<aside>{}</aside>",
        "<footer>{}</footer>",
        '<div class="comments">{}</div>',
        '<div class="related-stories">{}</div>',
    ],
)
@pytest.mark.parametrize("byline", ['<span class="author">Otto Brandvold</span>', "<p>By Otto Brandvold</p>"])
def test_names_of_other_things_are_not_read(around: str, byline: str):
    assert names(H1 + around.format(byline)) == []


def test_the_byline_is_not_searched_where_json_ld_names_a_person():
    assert names(f'{H1}<p class="byline">By Otto Brandvold</p>', linked("Ines Calloway")) == ["Ines Calloway"]


def test_a_sentence_is_no_byline():
    assert names(f"{H1}<p>By Ines Calloway the ferry was never forgotten.</p>") == []


def test_the_source_is_told():
    assert dict(read(H1 + '<p class="byline">By Ines Calloway</p>').sources)["authors"] == "dom p.byline"


def test_a_byline_in_a_link_to_another_story_is_not_the_articles():
    teaser = '<a href="/other"><h3>The pier was sold to a bakery for one crown</h3><p>By Otto Brandvold</p></a>'
    assert names(H1 + teaser) == []


def test_bylines_of_one_kind_with_many_people_are_those_of_other_stories():
    teasers = "".join(f'<div><span class="autor">Von {n}</span></div>' for n in ("Jo Ahl", "Ed Beck", "Al Cox"))
    assert names(teasers + H1 + "<p>Text: Ines Calloway</p>") == ["Ines Calloway"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Posted by Tern", ["Tern"], id="nickname"),
        pytest.param("Gespeichert von tern am 24. Juli 2017 - 18:55", ["tern"], id="small letters and a date"),
        pytest.param("Redaktion: Ines Calloway", ["Ines Calloway"], id="editor"),
        pytest.param("Foto von tern", [], id="photographer"),
        pytest.param("By Tern", [], id="a label that begins sentences"),
    ],
)
def test_where_nobody_else_is_named_a_nickname_or_an_editor_stands_in(line: str, expected: list[str]):
    assert names(f"{H1}<p>{line}</p>") == expected


def test_a_full_name_is_taken_before_a_nickname_above_it():
    assert names(f"{H1}<p>Posted by Tern</p><p>By Ines Calloway</p>") == ["Ines Calloway"]


def test_a_given_name_is_replaced_by_the_full_name_behind_a_label():
    assert names(H1 + "<p>By Ines Calloway</p>", linked("Ines")) == ["Ines Calloway"]


def test_a_given_name_is_not_replaced_by_somebody_elses_name():
    assert names(H1 + "<p>By Otto Brandvold</p>", linked("Ines")) == ["Ines"]


def test_the_site_behind_a_label_does_not_hide_the_writer_behind_another():
    assert names(H1 + "<p>By The Harbour Post</p><p>Written by: Ines Calloway</p>") == ["Ines Calloway"]


def test_who_took_the_picture_did_not_write():
    picture = '<div class="photo-caption"><p>By Otto Brandvold</p></div>'
    assert names(H1 + picture + "<p>By Ines Calloway</p>") == ["Ines Calloway"]


def test_a_name_in_small_letters_is_a_name_in_a_field_for_names():
    assert names(H1, meta("author", "ines calloway")) == ["Ines Calloway"]


def test_a_club_that_bears_the_hosts_name_is_the_site():
    page = parse(f'<head>{meta("author", "FC Harbourpost Bay")}</head>{H1}<p>By Otto Brandvold</p>',
                 "https://www.harbourpost.example/ferry")  # fmt: skip
    assert [p.name for p in read_metadata(page).authors] == ["Otto Brandvold"]


def test_a_frame_around_the_headline_is_no_sidebar_whatever_its_name():
    page = f'<div class="layout sidebar-main">{H1}<p>By Ines Calloway</p></div>'
    assert names(page) == ["Ines Calloway"]


def test_a_name_in_a_sidebar_is_not_the_authors():
    page = f'{H1}<div class="sidebar"><p>By Otto Brandvold</p></div>'
    assert names(page) == []


@pytest.mark.parametrize("line", ["晨河日报记者 周子墨", "（本报记者 周子墨）", "著者：周子墨"])
def test_a_line_in_chinese_or_japanese_names_its_writer(line: str):
    assert names(f"{H1}<p>渡船今天恢复了。</p><p>{line}</p>") == ["周子墨"]


def test_the_rest_of_a_long_page_is_not_searched(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dom_label, "MAX_TRAVERSED", 3)
    assert names(f"{H1}<p>One.</p><p>Two.</p><p>Three.</p><p>By Ines Calloway</p>") == []


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("By Ines Calloway<span>Published 3 hours ago</span><b>Share</b>", "Ines Calloway"),
        ("By Ines Calloway<span>Harbour desk</span>", "Ines Calloway"),
        ("By Ines Mc<b>Calloway</b>", "Ines McCalloway"),
        ("By <i>I</i>nes Cal<i>loway</i>", "Ines Calloway"),
    ],
)
def test_a_name_ends_where_another_element_begins_with_a_capital(byline: str, expected: str):
    assert expected in names(f'{H1}<div class="byline">{byline}</div>')[:1]


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        (
            (
                '<ul class="authors"><li><a href="/author/i">Ines Calloway</a></li><li><a href="/author/o">Otto Brandvold</a></li>'
                '<li><a href="/author/m">Mira Tolland</a></li></ul>'
            ),
            ["Ines Calloway", "Otto Brandvold", "Mira Tolland"],
        ),
        (
            (
                '<div class="byline"><div>By</div><div><a rel="author">Ines Calloway</a></div><div>Reporter</div>'
                '<div><a rel="author">Otto Brandvold</a></div></div>'
            ),
            ["Ines Calloway", "Otto Brandvold"],
        ),
        (
            (
                '<div class="byline"><p>By Ines Calloway</p><p><a href="/people/">Our people</a></p>'
                '<p><a href="/people/o">Otto Brandvold</a></p><p><a href="/people/m">Mira Tolland</a></p></div>'
            ),
            ["Ines Calloway"],
        ),
    ],
    ids=["list", "boxes", "links of others"],
)
def test_all_whose_profiles_stand_in_the_byline_are_its_authors(byline: str, expected: list[str]):
    assert names(H1 + byline) == expected


def test_a_name_that_the_page_types_as_an_organisations_gives_way_to_a_shown_byline():
    typed = linked({"@type": "Organization", "name": "Fenwick Tools"})
    assert names(f'{H1}<p class="byline">By Ines Calloway</p>', typed) == ["Ines Calloway"]
    assert names(H1, typed) == ["Fenwick Tools"]
