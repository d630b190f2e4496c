"""The next story on a page goes; an article's own parts stay, however they are marked up."""

from __future__ import annotations

import pytest

import newsclean

FIRST = [
    f"The ferry left Aldermouth on {day} with nobody aboard, and came back with a goat."
    for day in ("Monday", "Friday", "Sunday", "Easter")
]
NEXT = [
    f"The mill at Overwater was sold for the {n} time, to a baker who wants to live in it."
    for n in ("second", "third", "fourth", "fifth")
]


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def text_of(main: str) -> str:
    """The text that is extracted from a page about the ferry."""
    return newsclean.extract(f"<html lang=en><title>A goat comes home</title><main>{main}</main>").text


def story(title: str, texts: list[str], tag: str = "article", heading: str = "h1", by: str = "By Ada Moe") -> str:
    return f"<{tag} class=story><header><{heading}>{title}</{heading}><p>{by}</p></header><div class=text>{paragraphs(texts)}</div></{tag}>"


def test_the_next_story_on_the_page_goes() -> None:
    assert text_of(story("A goat comes home", FIRST) + story("Mill sold again", NEXT)) == "\n\n".join(FIRST)


def test_the_next_story_goes_if_the_page_has_an_article_around_both() -> None:
    both = story("A goat comes home", FIRST) + story("Mill sold again", [*NEXT, "<article>A card</article>"])

    assert text_of(f"<article>{both}</article>") == "\n\n".join(FIRST)


def test_a_story_above_the_page_s_own_goes() -> None:
    assert text_of(story("Mill sold again", NEXT) + story("A goat comes home", FIRST)) == "\n\n".join(FIRST)


def test_it_can_be_kept() -> None:
    html = (
        f"<html lang=en><title>A goat comes home</title>{story('A goat comes home', FIRST)}{story('Mill sold', NEXT)}"
    )

    text = newsclean.extract(html, keep=["posts"]).text
    assert all(paragraph in text for paragraph in FIRST + NEXT)


@pytest.mark.parametrize(
    "main",
    [
        story("A goat comes home", FIRST) + story("12:30 The mill", NEXT, heading="h2"),
        f"<header><h1>A goat comes home</h1></header>{story('A ferry', FIRST)}{story('A mill', NEXT)}",
        f"<article><h1>A goat comes home</h1><p>By Ada Moe</p>{paragraphs(FIRST)}{story('The mill', NEXT)}</article>",
        f"<article><h1>A goat comes home</h1>{paragraphs(FIRST)}<h1>The mill</h1>{paragraphs(NEXT)}</article>",
        f"<article>{story('A goat comes home', FIRST, heading='h2')}{story('A voice', NEXT, heading='h2')}</article>",
        story("A goat comes home", []) + story("The mill", FIRST + NEXT),
        story("A goat comes home", FIRST) + story("2. The mill", NEXT, by=""),
    ],
    ids=[
        "lower-headings",
        "chapters",
        "in-the-article",
        "headings-of-one-rank",
        "parts-of-an-article",
        "no-text-of-its-own",
        "chapters-without-bylines",
    ],
)
def test_parts_of_one_article_stay(main: str) -> None:
    text = text_of(main)

    assert all(paragraph in text for paragraph in FIRST + NEXT)
