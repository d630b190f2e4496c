"""Pages that stand in front of an article are told from short articles that use their words."""

from __future__ import annotations

import pytest

import newsclean
from newsclean.errors import NoArticle
from newsclean.rules.walls import wall_of, walls

HITS = [pytest.param(w.reason, text, id=f"{w.reason}-{i}") for w in walls() for i, text in enumerate(w.hits)]
MISSES = [pytest.param(text, id=f"{w.reason}-{i}") for w in walls() for i, text in enumerate(w.misses)]
COOKIES = """
<p>The data protection office in Lindvik fined a ferry line on Tuesday because its site set cookies before anybody had
agreed to them.</p>
<p>Passengers who wished to book a cabin met a box with one large button and no second one, the office said. Whoever
looked for a way round it had to open four pages.</p>
<p>The line has changed the box since then and will pay the fine, a speaker said, and asked its guests to be patient
while old bookings are moved.</p>
"""


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>Lindvik</title></head><body><main>{body}</main></body></html>"


def refusal(html: str) -> NoArticle:
    with pytest.raises(NoArticle) as caught:
        newsclean.extract(html, "https://news.example/story")
    return caught.value


def test_every_wall_proves_itself() -> None:
    assert all(w.hits and w.misses for w in walls())


@pytest.mark.parametrize(("reason", "text"), HITS)
def test_a_wall_is_known_by_its_text(reason: str, text: str) -> None:
    assert wall_of(text) == reason


@pytest.mark.parametrize("text", MISSES)
def test_a_text_that_uses_the_words_is_no_wall(text: str) -> None:
    assert wall_of(text) is None


@pytest.mark.parametrize("paragraphs", [False, True], ids=["one-paragraph", "paragraph-a-sentence"])
@pytest.mark.parametrize(("reason", "text"), HITS)
def test_a_page_with_a_wall_is_refused_by_its_name(reason: str, text: str, paragraphs: bool) -> None:
    body = text.replace(". ", ".</p><p>") if paragraphs else text

    error = refusal(page(f"<p>{body}</p>"))

    assert (error.reason, error.url) == (reason, "https://news.example/story")
    assert error.detail


@pytest.mark.parametrize("text", MISSES)
def test_a_page_with_a_text_that_uses_the_words_is_an_article(text: str) -> None:
    assert text in newsclean.extract(page(f"<p>{text}</p>")).text


def test_a_short_article_about_cookies_stays() -> None:
    assert "set cookies before anybody" in newsclean.extract(page(COOKIES)).text


def test_a_long_article_that_quotes_a_wall_stays() -> None:
    quoted = "<p>It read: We and our 612 partners use cookies. Accept all. Manage preferences.</p>"

    assert "612 partners" in newsclean.extract(page(COOKIES * 4 + quoted)).text


def test_a_wall_without_a_body_is_a_wall() -> None:
    text = "Before you continue. We value your privacy and our partners. Accept all"

    assert refusal(page(f"<svg><text>{text}</text></svg>")).reason == "consent_wall"


@pytest.mark.parametrize(
    "html",
    [
        "<html><head><title>x</title></head><frameset cols='*'><frame src=a></frameset></html>",
        "<title>Only a title</title>",
        "<!-- nothing -->",
        page("<script>draw()</script><style>p {}</style>"),
    ],
    ids=["frameset", "no-body", "comment", "scripts"],
)
def test_a_page_without_text_is_empty(html: str) -> None:
    assert refusal(html).reason == "empty_page"


def test_a_page_with_text_and_no_article_has_no_body() -> None:
    error = refusal(page("<script>draw()</script><svg><text>Quay 1</text></svg>"))

    assert (error.reason, error.detail) == ("no_body", "Quay 1")


def test_a_few_words_are_no_article() -> None:
    with pytest.raises(NoArticle) as caught:
        newsclean.extract("<html><body><h1>Hi</h1><p>nothing</p></body></html>")

    assert caught.value.reason == "no_body"


@pytest.mark.parametrize("tag", ["div", "noscript"])
def test_a_page_that_only_asks_for_scripts_is_no_article(tag: str) -> None:
    asked = "Please switch JavaScript on in your browser, or this reader can not show you anything."

    assert refusal(f"<html><body><{tag}>{asked}</{tag}><script>draw()</script></body></html>").reason in {
        "no_body",
        "empty_page",
    }


def test_an_article_about_scripts_stays() -> None:
    html = page(COOKIES + "<p>The new box does without JavaScript.</p>")

    assert "without JavaScript" in newsclean.extract(html).text


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("<frameset cols='20%,*'><frame src=menu.html><frame src=story.html></frameset>", "menu.html, story.html"),
        ("<frameset><frame src=a.html><noframes>Your browser shows no frames.</noframes></frameset>", "a.html"),
        ("<body><iframe src=/inner.html width=100%></iframe></body>", "/inner.html"),
        ("<body>" + "".join(f"<iframe src=/{i}></iframe>" for i in range(9)) + "</body>", "/0, /1, /2"),
        (f"<body><iframe src=/{'x' * 500}></iframe></body>", "/" + "x" * 199),
    ],
    ids=["frameset", "noframes", "iframe", "many", "long"],
)
def test_a_page_of_frames_is_empty_and_says_what_they_show(html: str, named: str) -> None:
    error = refusal(f"<html><head><title>Lindvik</title></head>{html}</html>")

    assert (error.reason, error.detail) == ("empty_page", f"only frames, which show {named}")


@pytest.mark.parametrize(
    "frame",
    [
        "<noscript><iframe src=https://count.example/ns></iframe></noscript>",
        "<iframe src=https://count.example/ns width=0 height=0></iframe>",
        "<iframe src=about:blank></iframe>",
        "<iframe src=/x hidden></iframe>",
        "<iframe></iframe>",
    ],
    ids=["noscript", "no-size", "blank", "hidden", "no-source"],
)
def test_a_frame_that_nobody_sees_is_not_named(frame: str) -> None:
    assert refusal(f"<html><body><div id=app></div>{frame}</body></html>").detail == "no text outside scripts"


def test_a_wall_in_noscript_is_a_wall() -> None:
    text = "Just a moment... Checking your browser before accessing the site. Ray ID: 0"

    assert refusal(f"<html><body><noscript>{text}</noscript></body></html>").reason == "bot_wall"
