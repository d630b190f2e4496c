"""Short items whose text stands in no paragraph elements are found above the row of teasers that the extractor prefers."""

from __future__ import annotations

import pytest

import newsclean
from newsclean.extract.below_headline import below_headline
from newsclean.extract.blocks import read_blocks
from newsclean.extract.document import parse
from newsclean.extract.seeds import Line

NOTE = "teasers were found at first: the text below the headline was taken"
STORY = {
    "en": "The ferry to Aldermouth was stopped at noon on Friday because a goat had eaten the rope of the second anchor.",
    "ko": "앨더머스로 가는 나룻배가 금요일 정오에 염소가 닻줄을 먹어 멈춰 섰다고 항만 소장이 밝혔다.",
    "ja": "金曜日の正午、ヤギが二つ目の錨の綱を食べたため、港へ向かう渡し船が止まったと港長が述べた。",
}
TEASERS = [
    ("Mill sold to a baker", "The mill at Overwater was sold on Monday, and the baker wants to live in it."),
    ("Bell found in the moat", "Divers found the bell in the moat on Tuesday, and it still rings a little."),
    ("Choir sings at the quay", "The choir sang at the quay on Wednesday, until the rain drove it away."),
    ("Orchard loses its wall", "The wall of the orchard fell on Thursday, and nobody was walking below it."),
]
CARDS = "".join(
    f'<div><h3><a href="/s/{i}">{title}</a></h3><p>{text}</p></div>' for i, (title, text) in enumerate(TEASERS)
)


def page(body: str, cards: str = CARDS) -> str:
    return f"<title>Goat stops ferry</title><div><h1>Goat stops ferry</h1><div>{body}</div><div>{cards}</div></div>"


@pytest.mark.parametrize("language", STORY)
def test_a_sentence_below_the_headline_is_the_article_and_not_the_teasers(language: str) -> None:
    text = STORY[language]
    article = newsclean.extract(page(f"{text}<br><br>"), url="https://post.example/a/7")

    assert text in article.text
    assert NOTE in article.warnings
    assert "sold on Monday" not in article.text


def test_short_sentences_beside_a_paragraph_come_along() -> None:
    article = newsclean.extract(page(f"<div>{STORY['en']}</div><div>Nobody was hurt, not even the goat.</div>"))

    assert article.text.endswith("not even the goat.")


def test_a_long_row_of_short_sentences_is_the_article_as_well() -> None:
    rows = "".join(f"<div>The goat was seen at the lock at {hour} o'clock.</div>" for hour in range(1, 24))
    article = newsclean.extract(page(f"<div>{STORY['en']}</div>{rows}"), url="https://post.example/a/7")

    assert article.text.count("seen at the lock") == 23
    assert "sold on Monday" not in article.text


def taken(html: str, *lines: str) -> list[str]:
    raw = read_blocks(parse(html).take_body_html()).blocks
    return [raw[i].text for i in below_headline(raw, [Line("paragraph", line) for line in lines])]


TEXTS = [text for _, text in TEASERS]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        (page(STORY["en"]), (STORY["en"], *TEXTS[:1])),
        (page(STORY["en"]), TEXTS[:2]),
        (page("A goat."), TEXTS),
        (page(f'<a href="/s/9">{STORY["en"]}</a>'), TEXTS),
        (page(f"<aside>{STORY['en']}</aside>"), TEXTS),
        (page(f"<div hidden>{STORY['en']}</div>"), TEXTS),
        (page(STORY["en"]).replace("h1", "b"), TEXTS),
        (page(STORY["en"]).replace("<div>", "<article>", 1) + "</article>", TEXTS),
        (f"<main><h1>Goat stops ferry</h1><p>{STORY['en']}</p>{CARDS}</main>", TEXTS),
        (page(STORY["en"], "".join(f"<p>{text}</p>" for text in TEXTS)), TEXTS),
    ],
    ids=[
        "article-found",
        "two",
        "too-short",
        "link",
        "aside",
        "hidden",
        "no-headline",
        "round-up-in-an-article",
        "round-up",
        "without-links",
    ],
)
def test_else_what_was_found_stays(html: str, lines: tuple[str, ...]) -> None:
    assert taken(html, *lines) == []


def test_the_rest_of_a_text_may_be_hidden() -> None:
    rest = "What the goat did then is told in the book of the lock, on the page of that day."

    assert taken(page(f"{STORY['en']}<div style='display: none'>{rest}</div>"), *TEXTS) == [STORY["en"], rest]


def test_the_texts_between_headline_and_teasers_are_taken() -> None:
    assert taken(page(STORY["en"]), *TEXTS) == [STORY["en"]]
