"""The article's blocks, their kinds and their order."""

from __future__ import annotations

import pytest
from lxml import etree

from newsclean.extract.blocks import read_blocks
from newsclean.extract.body import find_body, find_in_source, read_lines
from newsclean.extract.document import parse
from newsclean.extract.reduced import reduced

SENTENCE = "Boat number {} was mended on the quay that morning, and its crew waited for calm water and a coat of paint."
URL = "https://news.example/story"


def body_of(html: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in find_body(reduced(read_blocks(parse(html, URL).take_body_html())))]


def test_the_blocks_keep_their_kinds_and_order() -> None:
    one, two, three = map(SENTENCE.format, ("one", "two", "three"))
    html = (
        f"<article><h1>Boats mended</h1><p>{one}</p><h2>Later</h2><blockquote>{two}</blockquote>"
        f"<ul><li>Nets and floats for the autumn</li><li>Paint, two cans of it</li></ul><p>{three}</p></article>"
    )

    found = body_of(html)

    assert [pair for pair in found if pair[1] != "Boats mended"] == [
        ("paragraph", one),
        ("heading", "Later"),
        ("quote", two),
        ("item", "Nets and floats for the autumn"),
        ("item", "Paint, two cans of it"),
        ("paragraph", three),
    ]


def test_the_page_is_not_measured_again_where_little_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """That takes half as long as to find the article; newsclean knows the page's long paragraphs."""
    monkeypatch.setattr("trafilatura.core.html2txt", lambda _: pytest.fail("measured"))
    line = SENTENCE.format("one")

    assert body_of(f"<article><p>{line}</p></article>") == [("paragraph", line)]


def test_what_is_no_article_is_left_out() -> None:
    story = "".join(f"<p>{SENTENCE.format(i)}</p>" for i in range(12))
    html = (
        "<html><body><nav><a href=/>Home</a> <a href=/sport>Sport</a></nav>"
        f"<article>{story}<script>var boat = 'script';</script><style>p {{ color: red }}</style></article>"
        "<footer>All rights reserved by the Lindvik paper</footer></body></html>"
    )

    assert body_of(html) == [("paragraph", SENTENCE.format(i)) for i in range(12)]


def test_the_source_has_what_stands_in_noscript() -> None:
    story = "".join(f"<p>{SENTENCE.format(i)}</p>" for i in range(12))
    html = f"<html><body><div id=app></div><noscript>{story}</noscript></body></html>"

    assert body_of(html) == []
    assert [line.text for line in find_in_source(html)] == [SENTENCE.format(i) for i in range(12)]


@pytest.mark.parametrize("html", ["", "<title>x</title>", "<frameset><frame src=a></frameset>", "<svg/>"])
def test_a_page_without_text_has_no_blocks(html: str) -> None:
    assert body_of(html) == []


@pytest.mark.parametrize(
    ("xml", "lines"),
    [
        ("<p>a<hi>b</hi>c</p>", [("paragraph", "abc")]),
        ("<p>a<lb/>b</p>", [("paragraph", "a"), ("paragraph", "b")]),
        ("<list><item>a <ref>b</ref></item><item>c</item></list>", [("item", "a b"), ("item", "c")]),
        ("<quote><p>a</p>b</quote>", [("quote", "a"), ("quote", "b")]),
        ("<head>a</head>b<p>  </p>", [("heading", "a"), ("paragraph", "b")]),
        ("<table><row><cell>a</cell><cell>b</cell></row></table>", [("cell", "a"), ("cell", "b")]),
        ("<p>a\n  b\u00a0c</p>", [("paragraph", "a b c")]),
    ],
    ids=["inline", "line-break", "list", "quote", "tail", "table", "white-space"],
)
def test_a_tree_is_read_line_by_line(xml: str, lines: list[tuple[str, str]]) -> None:
    assert [(line.kind, line.text) for line in read_lines(etree.fromstring(f"<body>{xml}</body>"))] == lines
