"""JSON-LD: what pages say of their article, however they break the format."""

from __future__ import annotations

import json
import time
from itertools import permutations

import pytest

from newsclean.extract.document import parse
from newsclean.extract.metadata import jsonld_blocks, jsonld_nodes
from newsclean.extract.metadata.jsonld import Author, LinkedData, read_jsonld
from newsclean.extract.metadata.jsonld_article import Subject, find_article, rank, rank_title, rank_url

URL = "https://harbourpost.example/town/ferry"


def read(*blocks: object, title: str = "") -> LinkedData:
    scripts = "".join(
        f'<script type="application/ld+json">{b if isinstance(b, str) else json.dumps(b)}</script>' for b in blocks
    )
    return read_jsonld(parse(f"<html><head><title>{title}</title>{scripts}</head><body></body></html>", URL))


def article(**fields: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": "Ferry runs again", **fields}


def test_a_page_without_blocks_says_nothing():
    assert read() == LinkedData()


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        pytest.param("Ines Calloway", ["Ines Calloway"], id="string"),
        pytest.param({"@type": "Person", "name": "Ines Calloway"}, ["Ines Calloway"], id="node"),
        pytest.param([{"name": "Ines Calloway"}, "Otto Brandvold"], ["Ines Calloway", "Otto Brandvold"], id="list"),
        pytest.param({"name": ["Ines Calloway", "Otto Brandvold"]}, ["Ines Calloway", "Otto Brandvold"], id="names"),
        pytest.param({"@id": "#ines"}, ["Ines Calloway"], id="reference"),
        pytest.param(
            {"@list": ["Ines Calloway", {"name": "Otto Brandvold"}]}, ["Ines Calloway", "Otto Brandvold"], id="@list"
        ),
        pytest.param([["Ines Calloway"], "Otto Brandvold"], ["Ines Calloway", "Otto Brandvold"], id="list of lists"),
        pytest.param(
            {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {"name": "Ines Calloway"}}]},
            ["Ines Calloway"],
            id="ItemList",
        ),
        pytest.param({"givenName": "Ines", "familyName": "Calloway"}, ["Ines Calloway"], id="given and family name"),
        pytest.param({"givenName": "Ines"}, [], id="given name"),
        pytest.param("https://harbourpost.example/people/7", [], id="a URL is no name"),
        pytest.param({"name": None}, [], id="null"),
        pytest.param(7, [], id="number"),
    ],
)
def test_authors_are_read_from_any_shape(author: object, expected: list[str]):
    person = {"@type": "Person", "@id": "#ines", "name": "Ines Calloway"}
    linked = read({"@graph": [article(author=author), person]})
    assert [a.printed for a in linked.authors] == expected


def test_the_creator_counts_where_there_is_no_author():
    assert read(article(creator="Ines Calloway")).authors == (Author("Ines Calloway"),)


def test_an_organisation_is_marked():
    linked = read(article(author={"@type": "Organization", "name": "Harbour Desk"}))
    assert linked.authors == (Author("Harbour Desk", organization=True),)


def test_the_article_is_found_in_a_graph():
    page = {"@type": "WebPage", "name": "Harbour Post", "datePublished": "2001-01-01"}
    linked = read({"@graph": [page, article(datePublished="2019-03-02")]})
    assert (linked.headline, linked.published) == ("Ferry runs again", "2019-03-02")


def test_the_article_of_this_address_wins_over_a_related_one():
    related = article(headline="Lighthouse sold", url="https://harbourpost.example/town/lighthouse")
    assert read([related, article(url=URL)]).headline == "Ferry runs again"


@pytest.mark.parametrize("nodes", list(permutations(range(6), 2)))
def test_urls_and_titles_that_can_not_change_the_order_are_not_needed_for_it(nodes: tuple[int, int]):
    kinds: list[dict[str, object]] = [
        {"@type": "NewsArticle", "headline": "a", "datePublished": "b", "url": "/other"},
        {"@type": "NewsArticle", "headline": "Ferry runs again", "url": "/other"},
        {"@type": "NewsArticle", "url": "/other"},
        {"@type": "NewsArticle"},
        {"@type": "WebPage", "headline": "a", "datePublished": "b", "url": "/town/ferry"},
        {"@type": "WebPage", "headline": "Ferry runs again", "url": "/town/ferry"},
    ]
    chosen = [kinds[i] for i in nodes]
    subject = Subject(parse("<title>Ferry runs again</title>", URL))

    def points(node: dict[str, object]) -> int:
        return rank(node) + rank_url(node, subject.path) + rank_title(node, subject)

    assert find_article(chosen, subject) is max(chosen, key=points)


OTHER = {"author": "Otto Brandvold", "datePublished": "2011-05-04"}


@pytest.mark.parametrize(
    "node",
    [
        pytest.param(article(headline="Lighthouse sold", url="/town/lighthouse", **OTHER), id="related article"),
        pytest.param({"@type": "VideoObject", "name": "Goats in the orchard", **OTHER}, id="video"),
        pytest.param({"@type": "Book", "name": "The Long Field", **OTHER}, id="book"),
        pytest.param({"@type": "Review", "reviewBody": "Great tools", **OTHER}, id="review of a product"),
        pytest.param({"@type": "JobPosting", "title": "Deckhand", **OTHER}, id="job"),
        pytest.param({"@type": "DiscussionForumPosting", "headline": "Comments", **OTHER}, id="forum"),
    ],
)
@pytest.mark.parametrize("shape", ["alone", "before the article", "in a list"])
def test_what_is_about_something_else_names_nobody_and_has_no_date(node: dict[str, object], shape: str):
    if shape == "before the article":
        own = article(author="Ines Calloway", datePublished="2019-03-02")
        linked = read(node, own, title="Ferry runs again | Harbour Post")
        assert (linked.authors, linked.published) == ((Author("Ines Calloway"),), "2019-03-02")
        return
    block = (
        node if shape == "alone" else {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": node}]}
    )
    linked = read(block, title="Ferry runs again | Harbour Post")
    assert (linked.headline, linked.authors, linked.published) == (None, (), None)


def test_scripts_without_spaces_are_compared_by_pairs_of_characters():
    node = {"@type": "NewsArticle", "headline": "港口渡轮周一恢复航行", "url": "/n/7", **OTHER}
    assert read(node, title="港口渡轮恢复 - Harbour Post").headline == "港口渡轮周一恢复航行"
    assert read(node, title="灯塔已经出售给镇上 - Harbour Post").headline is None


@pytest.mark.parametrize(
    ("node", "title"),
    [
        pytest.param(article(url="https://mirror.example/a/77"), "Ferry runs again - Harbour Post", id="mirror"),
        pytest.param(article(url="/amp/town/ferry"), "The ferry sails on Monday", id="worded anew"),
        pytest.param(article(url="/n/7"), "渡轮再次启航", id="translated"),
        pytest.param(article(url="/n/7"), "", id="page without a title"),
        pytest.param({**article(url=URL), "@type": "VideoObject"}, "Watch now", id="video with the page's address"),
        pytest.param({**article(), "@type": "Review"}, "Ferry runs again", id="review with the page's title"),
    ],
)
def test_what_may_be_the_page_s_own_counts(node: dict[str, object], title: str):
    assert read(node, title=title).headline == "Ferry runs again"


def test_the_publisher_is_a_site_name():
    linked = read(article(publisher={"@type": "Organization", "name": "Harbour Post"}))
    assert linked.site_names == ("Harbour Post",)


def test_keywords_may_be_a_string():
    assert read(article(keywords="ferry, harbour ,ferry")).keywords == ("ferry", "harbour")


def test_entities_that_were_escaped_twice_are_resolved():
    assert read(article(headline="Crew &amp;amp; cargo")).headline == "Crew & cargo"


@pytest.mark.parametrize(
    "block",
    [
        pytest.param('<!-- {"@type": "Article", "headline": "Ferry runs again"} -->', id="comment"),
        pytest.param('//<![CDATA[\n{"@type": "Article", "headline": "Ferry runs again"}\n//]]>', id="cdata"),
        pytest.param('{"@type": "Article", "headline": "Ferry runs again",}', id="trailing comma"),
        pytest.param('{"@type": "Article", "headline": "Ferry runs again"};', id="semicolon"),
        pytest.param('{"@type": "Article", "headline": "Ferry\nruns again"}', id="line break in a string"),
        pytest.param(r'{"@type": "Article", "headline": "Ferry\ runs again"}', id="stray backslash"),
        pytest.param('{"@type": "Thing"}{"@type": "Article", "headline": "Ferry runs again"}', id="two values"),
    ],
)
def test_common_breakage_is_mended(block: str):
    assert read(block).headline == "Ferry runs again"


@pytest.mark.parametrize(
    "block",
    [
        pytest.param('{"headline": "Ferry', id="cut short"),
        pytest.param("[" * 100_000, id="deep"),
        pytest.param('"just a string"', id="string"),
        pytest.param("null", id="null"),
    ],
)
def test_a_block_that_can_not_be_read_is_skipped(block: str):
    assert read(block, article()).headline == "Ferry runs again"


BROKEN = (
    '{"@type": "NewsArticle", "headline": "Ferry runs again", "author": {"@type": "Person", "name": "Ines Calloway"}, '
)
BROKEN += '"datePublished": "2019-03-02"}'


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(BROKEN.replace('", "author"', '" "author"'), id="comma forgotten"),
        pytest.param(BROKEN.replace(', "author"', ',, "author"'), id="comma twice"),
        pytest.param(BROKEN.replace(', "author"', ', "wordCount": , "author"'), id="no value"),
        pytest.param(BROKEN.replace(', "author"', ', "wordCount": undefined, "author"'), id="undefined"),
        pytest.param(BROKEN.replace(', "author"', ', /* who */ "author"'), id="comment"),
        pytest.param("var data = " + BROKEN, id="script"),
        pytest.param("// of the article\n" + BROKEN, id="comment before it"),
        pytest.param(BROKEN[:-1], id="cut short"),
        pytest.param(BROKEN.replace('"author":', "author:"), id="key without quotes"),
        pytest.param(BROKEN.replace('"', "&quot;"), id="escaped"),
    ],
)
def test_what_is_whole_in_a_broken_block_is_read(block: str):
    linked = read(block)
    assert linked.headline == "Ferry runs again"
    assert (linked.authors, linked.published) == ((Author("Ines Calloway"),), "2019-03-02")


def test_a_headline_with_quotation_marks_that_are_not_escaped_is_left_out():
    linked = read(BROKEN.replace("runs again", '"runs" again'))
    assert (linked.headline, linked.authors) == (None, (Author("Ines Calloway"),))


def test_a_key_that_stands_twice_in_a_broken_block_says_nothing():
    image = '"image": {"author": "Otto Brandvold"},, "author"'
    assert read(BROKEN.replace('"author"', image)).authors == ()


def test_a_broken_block_of_several_articles_says_nothing():
    assert read(f"[{BROKEN} {BROKEN}]") == LinkedData()


@pytest.mark.parametrize(
    "part", ['{"@type": "Article" ', '"author": ', '"author": [', '"headline": "', "@type:" + " " * 9]
)
def test_a_long_broken_block_takes_no_time(part: str):
    start = time.process_time()
    read('{"@type": "NewsArticle", ' + part * (400_000 // len(part)))
    assert time.process_time() - start < 2.0


def test_a_huge_block_is_skipped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jsonld_blocks, "MAX_BLOCK_CHARS", 40)
    assert read(article()) == LinkedData()


def test_nodes_that_refer_to_themselves_end():
    assert read(article(**{"@id": "#a", "author": {"@id": "#a"}})).headline == "Ferry runs again"


def test_only_so_many_nodes_are_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jsonld_nodes, "MAX_NODES", 2)
    assert read([{"@type": "Thing"}, {"@type": "Thing"}, article()]).headline is None
