"""What trafilatura is shown of a page: all that may be article, and little else."""

from __future__ import annotations

import time

import pytest

from newsclean.extract.blocks import read_blocks
from newsclean.extract.body import find_body
from newsclean.extract.document import parse
from newsclean.extract.reduced import MAX_LINKS, reduced

SENTENCE = (
    "Lantern number {} was hung on the north pier that evening, and the keeper wrote its number in his green book."
)
STORY = "".join(f"<p>{SENTENCE.format(i)}</p>" for i in range(12))
LINKS = "".join(f"<li><a href=/{i}>Another story about lantern {i}</a></li>" for i in range(30))


def shown(html: str) -> str:
    return reduced(read_blocks(parse(f"<body>{html}</body>").take_body_html()))


@pytest.mark.parametrize(
    "part",
    [
        f"<ul>{LINKS}</ul>",
        f"<div class=footer-links><ul>{LINKS}</ul></div>",
        "<nav><p>All sections of the paper, from harbour to weather</p></nav>",
        "<aside><p>What else has happened on the pier this week</p></aside>",
        "<div><div>Menu</div></div>",
        "<div><img src=x></div>",
    ],
)
def test_what_has_no_text_outside_links_is_left_out(part: str) -> None:
    assert shown(f"<article>{STORY}</article><div>{part}</div>") == shown(f"<article>{STORY}</article>")


@pytest.mark.parametrize(
    "part",
    [
        "<h2>At noon</h2>",
        "<p>No.</p>",
        "<ul><li>Oil</li><li>Wicks</li></ul>",
        "<table><tbody><tr><td>North</td><td>12</td></tr></tbody></table>",
        "<blockquote><p>Not I.</p></blockquote>",
        "<figure><figcaption>a.b.</figcaption></figure>",
    ],
)
def test_what_stands_beside_paragraphs_stays_however_short(part: str) -> None:
    assert part in shown(f"<article>{STORY}{part}{STORY}</article>")


def test_a_list_of_links_beside_paragraphs_goes() -> None:
    assert "Another story" not in shown(f"<article>{STORY}<ul>{LINKS}</ul></article>")


def test_links_and_emphasis_inside_running_text_go_and_their_words_stay() -> None:
    html = shown(f"<article>{STORY}<p>The <b>keeper</b> of the <a href=/pier>pier</a> {SENTENCE}</p></article>")

    assert f"<p>The keeper of the pier {SENTENCE}</p>" in html


def test_a_line_of_links_keeps_them() -> None:
    assert shown(f"<article>{STORY}<p><a href=/x>Read how it was</a> here</p></article>").count("<a>") == 1


@pytest.mark.parametrize("story", [STORY, ""], ids=["beside paragraphs", "on a page of little text"])
def test_of_more_links_in_a_block_than_a_page_can_mean_only_the_words_stay(story: str) -> None:
    crowd = "".join(f"<a href=/{i}>Lantern {i}</a> and " for i in range(MAX_LINKS + 1))
    html = shown(f"<article>{story}<p>{crowd}</p><p>By <a href=/k>a keeper</a></p></article>")

    assert "Lantern 7 and Lantern 8 and" in html
    assert html.count("<a>") == 1


def test_twelve_thousand_links_in_a_paragraph_take_no_square_of_their_time() -> None:
    crowd = "".join(f"<a href=/{i}>Lantern {i}</a> and " for i in range(12_000))
    page = read_blocks(parse(f"<body><article>{STORY}<p>{crowd}</p></article>").take_body_html())
    start = time.thread_time()

    find_body(reduced(page))

    assert time.thread_time() - start < 3


def test_a_wrapper_that_tells_nothing_goes_and_one_that_does_stays() -> None:
    html = shown(f'<div class="row x7"><div class="related">{STORY}</div></div>')

    assert "row" not in html
    assert '<div class="related">' in html


def test_a_page_of_little_text_stays_whole_but_for_menus() -> None:
    html = shown("<nav>Menu</nav><div><div>Call us</div></div><p>The pier office is open from nine.</p>")

    assert "Call us" in html
    assert "Menu" not in html


@pytest.mark.parametrize("sentence", ["灯塔看守人把第十二盏灯挂在北码头上。", "Сторож повесил фонарь на пирсе"])
def test_text_in_other_scripts_says_as_much_in_fewer_characters(sentence: str) -> None:
    assert sentence in shown(f"<article>{STORY}</article><div><div>{sentence}</div></div>")


def test_attributes_that_trafilatura_does_not_read_are_left_out() -> None:
    html = shown(f'<article class="story" data-x="1" style="y">{STORY.replace("<p>", "<p onclick=z>", 1)}</article>')

    assert '<article class="story">' in html
    assert "onclick" not in html
