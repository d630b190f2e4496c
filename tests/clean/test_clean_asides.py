"""Class words of an aside around the article's own text."""

from __future__ import annotations

import pytest

import newsclean

STORY = [
    f"{who} told the council on {day} that the bridge at Aldermouth would stay closed until the spring, because {why}. "
    "Those who live across the water will have to drive around the whole lake, or wait for the boat at noon."
    for who, day, why in (
        ("The harbour master", "Monday", "the second pillar has moved by the width of a hand"),
        ("An engineer", "Tuesday", "nobody had ordered the steel that the repair needs"),
        ("The mayor", "Wednesday", "the money for it was spent on the new ferry landing"),
        ("A fisherman", "Thursday", "the boats that bring the cranes can't pass in winter"),
        ("A farmer", "Friday", "the fields on the island have to be mown in time"),
        ("The ferryman", "Saturday", "his old boat takes no more than twelve at once"),
    )
]


def text_of(main: str) -> str:
    html = f"<html lang=en><title>The bridge stays closed</title><main><h1>The bridge stays closed</h1>{main}</main>"
    html += "<footer><p>Aldermouth Post, printed at the mill since 1902</p></footer>"
    return newsclean.extract(html).text


def paragraphs(texts: list[str], words: str = "") -> str:
    return "".join(f"<p class='{words}'>{text}</p>" for text in texts)


@pytest.mark.parametrize("words", ["modal-content", "promo", "carousel__item", "related", "swiper-slide"])
def test_half_of_the_text_in_a_named_element_stays(words: str):
    assert text_of(f"{paragraphs(STORY[:3])}<div class='{words}'>{paragraphs(STORY[3:])}</div>") == "\n\n".join(STORY)


@pytest.mark.parametrize("words", ["article__modal", "single-promo"])
def test_paragraphs_that_carry_the_word_themselves_stay(words: str):
    assert text_of(paragraphs(STORY[:3]) + paragraphs(STORY[3:], words)) == "\n\n".join(STORY)


@pytest.mark.parametrize(
    "inside",
    [
        paragraphs(STORY[4:]),
        f"<h3>Read this as well</h3>{paragraphs(STORY[3:])}<p>Ferry</p><p>Lake</p>",
        "".join(f"<p><a href=/story>{text[:110]}</a>{text[110:]}</p>" for text in STORY[3:]),
    ],
    ids=["short", "headed", "links"],
)
def test_an_aside_goes(inside: str):
    assert text_of(f"{paragraphs(STORY[:3])}<div class=promo>{inside}</div>") == "\n\n".join(STORY[:3])


def test_a_legal_notice_goes():
    page = f"{paragraphs(STORY[:3])}<div class=text-disclaimer>{paragraphs(STORY[3:])}</div>"
    assert text_of(page) == "\n\n".join(STORY[:3])


@pytest.mark.parametrize("words", ["newsletter-signup", "author-bio", "donate-box", "advert", "sr-only"])
def test_what_is_never_an_article_goes(words: str):
    page = f"{paragraphs(STORY[:3])}<div class={words}>{paragraphs(STORY[3:])}</div>"
    assert text_of(page) == "\n\n".join(STORY[:3])


def test_a_small_part_of_the_text_goes():
    long = [text.replace("Aldermouth", place) for place in ("Tern", "Weir", "Mill", "Ford") for text in STORY]
    aside = [text.replace("Aldermouth", "Cove") for text in STORY[:3]]
    assert text_of(f"{paragraphs(long)}<div class=promo>{paragraphs(aside)}</div>") == "\n\n".join(long)
