"""Each step by which an article is found has a page on which it is needed, and says so; none replaces a good body."""

from __future__ import annotations

import html
import json
import time

import pytest

import newsclean
from newsclean.errors import NoArticle
from newsclean.extract import fallback
from newsclean.extract.blocks import read_blocks
from newsclean.extract.body import find_body
from newsclean.extract.document import parse
from newsclean.extract.fallback import is_poor, read_lines, running_chars
from newsclean.extract.page import read_page
from newsclean.extract.paragraphs import long_paragraphs
from newsclean.extract.seeds import Line
from newsclean.model import Draft

STORY = [
    f"The {thing} of the Merrow mill was sold on Friday, and the miller said that he would miss it more than the {other}."
    for thing, other in (
        ("bell", "stove"),
        ("wheel", "cat"),
        ("ladder", "roof"),
        ("lantern", "moon"),
        ("sieve", "flour"),
        ("cart", "horse"),
        ("door", "draught"),
        ("bench", "view"),
    )
]
PARAGRAPHS = "".join(f"<p>{p}</p>" for p in STORY)
COMMENT = "<p>I was at the sale as well, and what they say about the bell is not how anybody there remembers it.</p>"
JSON_LD = "body taken from JSON-LD articleBody: the page does not show it"
SCRIPTS = "body taken from data in the page's scripts: the page does not show it"
SOURCE = "body taken from elements that hold no article as a rule, such as <noscript>"
LONG = "body taken from the page's long paragraphs: nothing marks an article"
FALLBACKS = "little text was found at first: the body extractor's fallbacks were used"


def page(body: str, articles: object = None, state: object = None) -> str:
    linked = f'<script type="application/ld+json">{json.dumps(articles)}</script>' if articles else ""
    scripts = f"<script>window.__S__={json.dumps(state)}</script>" if state else ""
    return f"<html><head><title>Merrow mill sold</title>{linked}</head><body>{body}{scripts}</body></html>"


def article(body: str) -> dict[str, str]:
    return {"@type": "NewsArticle", "headline": "Merrow mill sold", "articleBody": body}


def seeds(draft: Draft) -> list[str]:
    return [b.text for b in draft.blocks if b.seed]


def test_a_page_that_shows_its_article_needs_no_step() -> None:
    draft = read_page(page(f"<article>{PARAGRAPHS}</article>", article("\n".join(STORY)), {"content": PARAGRAPHS}))

    assert (seeds(draft), draft.notes) == (STORY, ())


BODIES = {
    "lines": "\n\n".join(STORY),
    "html": PARAGRAPHS,
    "escaped-html": html.escape(PARAGRAPHS),
    "entities": "\n".join(STORY).replace("sold", "s&#111;ld"),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("teaser", ["", f"<p>{STORY[0]}</p>"], ids=["nothing", "teaser"])
def test_an_article_in_json_ld_alone_is_taken(body: str, teaser: str) -> None:
    draft = read_page(page(f"<main>{teaser}</main>", [{"@type": "Organization"}, article(body)]))

    assert (seeds(draft), draft.notes) == (STORY, (JSON_LD,))


def test_an_article_in_json_ld_is_not_taken_if_it_is_a_summary() -> None:
    summary = (
        "The mill at Merrow is sold, piece by piece, and the miller told our reporter which parts he will miss most."
    )

    assert read_page(page(f"<article>{PARAGRAPHS}</article>", article(summary))).notes == ()


def test_an_article_in_json_ld_is_not_taken_if_the_page_shows_it() -> None:
    """However little of it the body extractor took."""
    draft = read_page(
        page(f"<p>{STORY[0]}</p><aside>{''.join(f'<p>{p}</p>' for p in STORY[1:])}</aside>", article(" ".join(STORY)))
    )

    assert JSON_LD not in draft.notes


SALE = [
    "Merrow mill was sold on Friday for nine thousand crowns, and the rain held off until the last of the bidders left.",
    "Ada Moe, who ground there for forty years, kept the lantern and a sieve, because nobody else could mend either.",
    "Before the war three villages brought their barley; since the bridge opened, lorries take it down to the harbour.",
    "Next spring a school moves in, says the mayor, if the roof is tight by then and somebody finds the missing ladder.",
    "Swallows nest above the sluice and may stay, for the new owner paid extra so that no scaffold goes up before July.",
]
OFFER = (
    "<div class=offer><p>Read on for less: the first three months cost as much as one, and then you decide.</p></div>"
)


@pytest.mark.parametrize("count", [2, 3, 5])
@pytest.mark.parametrize(
    "shown",
    [f"<p>{SALE[0][:90]}…</p>", f"<p>{SALE[0][:90]} [...]</p>", f"<p>{SALE[0]}</p>"],
    ids=["dots", "brackets", "whole"],
)
def test_an_article_in_json_ld_is_taken_where_the_page_shows_only_its_beginning(shown: str, count: int) -> None:
    draft = read_page(page(f"<main><h1>Merrow mill sold</h1>{shown}{OFFER}</main>", article("\n\n".join(SALE[:count]))))

    assert (seeds(draft), draft.notes) == (SALE[:count], (JSON_LD,))


def test_the_beginning_may_be_some_paragraphs_long() -> None:
    shown = f"<p>{SALE[0]}</p><p>{SALE[1]}</p><p>{SALE[2][:60]}…</p>"
    draft = read_page(page(f"<main>{shown}</main>", article("\n\n".join(SALE[:4]))))

    assert (seeds(draft), draft.notes) == (SALE[:4], (JSON_LD,))


REWRITTEN = (
    "<p>The wheel went to a museum in the end, the ladder to a neighbour, and the lantern to nobody in the village.</p>"
    "<p>Nobody bid for the sieve, which the auctioneer then gave to the boy who had carried the chairs out of the rain.</p>"
)


@pytest.mark.parametrize(
    "shown",
    [
        "".join(f"<p>{p}</p>" for p in SALE[:4]),
        "".join(f"<p>{p.replace('the ', '<b>the</b> ').replace(', ', ' – ')}</p>" for p in SALE[:4]),
        f"<p>{SALE[0]}</p><p>{SALE[1]}</p><p>{SALE[2]}</p><p>{SALE[3][:60]}</p>",
        f"<p>{SALE[0]}</p>{REWRITTEN}",
        f"{REWRITTEN}<p>{SALE[0][:90]}…</p>",
        f"<p>{SALE[0]}</p><aside><p>{SALE[2]}</p></aside>",
        f"<p>{SALE[0][:30]}…</p>",
        "".join(f"<p>{p.upper()}</p>" for p in SALE[:4]),
    ],
    ids=["all", "other-signs", "most", "rewritten", "teaser-of-another", "in-an-aside", "few-words", "capitals"],
)
def test_an_article_in_json_ld_is_not_taken_where_the_page_shows_more_or_another(shown: str) -> None:
    text = "\n".join(SALE[:4])
    draft = read_page(
        page(f"<main>{shown}{OFFER * 2}</main>", article(text[: 2 * len(SALE[0])] if "…" in shown else text))
    )

    assert JSON_LD not in draft.notes


@pytest.mark.parametrize(
    "state",
    [{"story": [{"type": "text", "content": p} for p in STORY]}, {"body": PARAGRAPHS}],
    ids=["paragraphs", "html"],
)
def test_an_article_in_a_scripts_data_alone_is_taken(state: object) -> None:
    draft = read_page(page("<div id=app><h1>Merrow mill sold</h1></div>", state=state))

    assert (seeds(draft), draft.notes) == (STORY, (SCRIPTS,))


def test_a_scripts_data_is_not_taken_where_there_is_an_article() -> None:
    other = [
        f"The mill at Merrow, part {i}: it was sold in the rain. Nobody from the village had come." for i in range(30)
    ]

    draft = read_page(page(f"<article>{PARAGRAPHS}</article>", state={"story": [{"content": p} for p in other]}))

    assert (seeds(draft), draft.notes) == (STORY, ())


def test_captions_and_places_of_advertisements_in_a_scripts_data_are_known() -> None:
    extra = '<div class="photo"><div class="caption">The mill on Friday</div></div>$$AD_1$$<h3>What remains</h3>'

    lines = read_lines([f"<p>{STORY[0]}</p>{extra}<p>{STORY[1]}</p>"])

    assert [(line.kind, line.text) for line in lines] == [
        ("paragraph", STORY[0]),
        ("caption", "The mill on Friday"),
        ("heading", "What remains"),
        ("paragraph", STORY[1]),
    ]


def test_an_article_in_noscript_is_taken() -> None:
    draft = read_page(page(f"<noscript>{PARAGRAPHS}</noscript>"))

    assert (seeds(draft), draft.notes) == (STORY, (SOURCE,))


def test_a_request_in_noscript_is_no_article() -> None:
    asked = "This reader works in newer browsers only. Please bring yours up to date, and come back when that is done."

    with pytest.raises(NoArticle) as caught:
        read_page(page(f"<div id=app></div><noscript><p>{asked}</p></noscript>"))

    assert caught.value.reason == "empty_page"


def test_the_extractors_fallbacks_are_used_where_little_was_found_beside_long_paragraphs() -> None:
    intro = "".join(f"<p>{p}</p>" for p in STORY[:6])
    rest = "".join(
        f"<div class=chapter><div>{p} Lot {i}.</div><div>Sold to bidder {i}</div></div>"
        for i in range(12)
        for p in STORY
    )
    draft = read_page(page(f"<div class=article-body>{intro}</div><section>{rest}</section>"))

    assert draft.notes == (FALLBACKS,)
    assert len(seeds(draft)) > 50


@pytest.mark.parametrize(
    "around", ["<figure><p>{}</p></figure>", "<fieldset>{}</fieldset>"], ids=["figure", "fieldset"]
)
def test_long_paragraphs_are_taken_where_a_short_article_hides_them(around: str) -> None:
    teaser = (
        "Merrow is a village of ninety people on the river Ash, and has been in the news twice before, for a flood."
    )
    draft = read_page(page(f"<article><p>{teaser}</p></article>{''.join(map(around.format, STORY))}"))

    assert (seeds(draft), draft.notes) == ([teaser, *STORY], (LONG,))


def test_a_long_footer_is_no_article() -> None:
    with pytest.raises(NoArticle):
        read_page(page(f"<div class=footer-text>{'<br><br>'.join(STORY)}</div>"))


def test_a_page_that_is_named_like_comments_is_not_lost() -> None:
    draft = read_page(page(f"<div class=comment-body>{PARAGRAPHS}</div>"))

    assert (seeds(draft), draft.notes) == (STORY, (LONG,))


def test_a_japanese_page_that_is_named_like_comments_is_not_lost() -> None:
    """Its paragraphs have half as many characters as English ones."""
    story = [
        f"水車小屋の主人は朝の五時まで粉袋の上で眠り、{i}人の村の者は誰もそれを起こそうとはしなかった。その日は雨であった。"
        for i in range(16)
    ]
    draft = read_page(page(f"<div class=comment><div>{''.join(f'<p>{p}</p>' for p in story)}</div></div>"))

    assert (seeds(draft), draft.notes) == (story, (LONG,))


def test_comments_are_no_long_paragraphs() -> None:
    draft = read_page(page(f"<article>{PARAGRAPHS}</article><div id=comments>{COMMENT * 80}</div>"))

    assert (seeds(draft), draft.notes) == (STORY, ())


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (f"<div>{STORY[0]}</div>", 1),
        (f"<p><a href=/x>{STORY[0]}</a></p>", 0),
        (f"<p hidden>{STORY[0]}</p>", 0),
        (f"<p>{STORY[0][:60]}</p>", 0),
        (f"<div class='comment-list'><p>{STORY[0]}</p></div>", 0),
        *((f"<{tag}><p>{STORY[0]}</p></{tag}>", 0) for tag in ("header", "nav", "aside", "footer")),
        (f"<form><p>{STORY[0]}</p></form>", 1),
        (f"<p>{STORY[0]}</p><div class=page-footer>{f'<p>{STORY[0]}</p>' * 3}</div>", 1),
        (f"<p>{STORY[0]}</p><div class=page-footer>{f'<p>{STORY[0]}</p>' * 40}</div>", 41),
        (f"{f'<p>{STORY[0]}</p>' * 45}<div class=page-footer>{f'<p>{STORY[0]}</p>' * 40}</div>", 45),
        (f"<p>{STORY[0]}</p><footer class=page-footer>{f'<p>{STORY[0]}</p>' * 40}</footer>", 1),
    ],
)
def test_long_paragraphs_are_running_text_where_articles_stand(body: str, count: int) -> None:
    assert len(long_paragraphs(read_blocks(parse(page(body)).take_body_html()).blocks)) == count


@pytest.mark.parametrize(
    "texts", [[], [""], [" \n "], ["<p> </p>"], ["\ud800"], ["<div>" * 3_000 + "x"], ["&#12;<p>a"], ["</p></html>"]]
)
def test_no_text_breaks_the_reading_of_lines(texts: list[str]) -> None:
    "\n".join(line.text for line in read_lines(texts)).encode()


def test_deep_html_in_a_text_is_read_in_bounded_time() -> None:
    start = time.thread_time()

    read_lines(["<div>" * 100_000 + STORY[0]])

    assert time.thread_time() - start < 3


@pytest.mark.parametrize(
    ("found", "long", "poor"),
    [(300, 0, True), (700, 0, False), (700, 3_000, False), (700, 4_000, True), (3_200, 40_000, False)],
    ids=["little", "enough", "a-fifth", "less", "an-article-with-comments"],
)
def test_a_text_is_poor_if_it_is_little_or_little_beside_long_paragraphs(found: int, long: int, poor: bool) -> None:
    raw = read_blocks(parse(page(f"<p>{'x' * long}</p>")).take_body_html()).blocks

    assert is_poor((Line("paragraph", "x" * found),), raw) is poor


@pytest.mark.parametrize(
    "articles",
    [
        {"articleBody": ["x"] * 9},
        {"articleBody": {"@value": "x"}},
        {"articleBody": ""},
        [[{"articleBody": "\ud800" + "x" * 900}]],
        {"@type": "NewsArticle", "articleBody": "The mill. " * 50, "x": '{"a":' * 2_000},
    ],
)
def test_no_json_ld_breaks_a_page(articles: object) -> None:
    newsclean.extract(page(f"<article>{PARAGRAPHS[:600]}</article>", articles)).text.encode()


def test_a_wall_is_no_article_whatever_its_scripts_hold() -> None:
    wall = "<p>Before you continue. We and our 612 partners use cookies. Accept all. Manage preferences.</p>"
    labels = {f"label{i}": f"Text number {i} of the box. Some of it is quite long and ends here." for i in range(90)}

    with pytest.raises(NoArticle) as caught:
        newsclean.extract(page(wall, state=labels))

    assert caught.value.reason == "consent_wall"


def asked(monkeypatch: pytest.MonkeyPatch, body: str) -> list[bool]:
    """For each time that the body extractor is asked for a page's article, whether its fallbacks run."""
    times: list[bool] = []

    def find(shown: str, *, thorough: bool = False) -> tuple[Line, ...]:
        times.append(thorough)
        return find_body(shown, thorough=thorough)

    monkeypatch.setattr(fallback, "find_body", find)
    read_page(page(body))
    return times


TEASERS = "".join(f"<li><a href=/{i}>The bell of Merrow, lot {i}, is back in its tower</a></li>" for i in range(30))


@pytest.mark.parametrize(
    ("body", "times"),
    [
        (f"<article>{PARAGRAPHS}</article>", [False]),
        (f"<article><p>{STORY[0]}</p></article><ul>{TEASERS}</ul>", [False]),
        (f"<article><p>{STORY[0]}</p></article><footer>{TEASERS}</footer>", [False]),
        (f"<div class=article-body><p>{STORY[0]}</p></div><div class=outro>{PARAGRAPHS}</div>", [False]),
        (f"<p>{STORY[0]}</p><div class=comments>{COMMENT * 30}</div>", [False, True]),
    ],
    ids=["much", "little-among-links", "little-above-a-footer", "in-two-parts", "little-beside-other-text"],
)
def test_the_fallbacks_run_where_the_page_has_much_more_text(
    monkeypatch: pytest.MonkeyPatch, body: str, times: list[bool]
) -> None:
    assert asked(monkeypatch, body) == times


def test_a_page_of_short_lines_alone_is_not_put_to_the_fallbacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """4,000 of them cost 5 s there."""
    assert True not in asked(monkeypatch, "".join(f"<h2>Lot {i}</h2>" for i in range(50)))


def test_running_text_is_counted_in_languages_that_need_few_characters() -> None:
    texts = {
        "水車小屋の鐘は金曜日に売られ、粉屋は鐘がなくなると寂しくなると話した。": True,
        "물레방앗간의 종은 금요일에 팔렸고 주인은 종이 그리울 것이라고 말했다.": True,
        "水車小屋の鐘。": False,
        "The bell of the mill was sold.": False,
    }
    for text, is_counted in texts.items():
        assert running_chars(read_blocks(f"<body><p>{text}</p></body>").blocks) == is_counted * len(text)
