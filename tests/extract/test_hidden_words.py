"""Which words of a paragraph a page does not show, and which only look like them."""

from __future__ import annotations

import time

import pytest

from newsclean.extract.blocks import read_blocks
from newsclean.extract.document import parse

HIDDEN = "A weir is a low dam across a river"


def texts(body: str) -> list[str]:
    return [b.text for b in read_blocks(parse(f"<body>{body}").take_body_html()).blocks]


@pytest.mark.parametrize(
    "word",
    [
        f'<span class="tooltip">weir<span class="tooltiptext">{HIDDEN}</span></span>',
        f'<span class="term"><a href="/weir">weir</a><span class="rollover-block"><b>{HIDDEN}</b></span></span>',
        f'weir<span class="_definition_16k26_140">{HIDDEN}</span>',
        f'weir<i class="icon"></i><small class="popover hide">{HIDDEN}</small>',
        f'weir<sup>[1]</sup><span class="footnote_tooltip">{HIDDEN}</span>',
        f'weir <em class="tip" role="tooltip">{HIDDEN}</em>',
        f'weir<span class="hovercard">{HIDDEN} <span class="popover">and</span><span class="popover">a fall</span></span>',
    ],
)
def test_what_is_hidden_behind_a_word_goes(word: str) -> None:
    assert texts(f"<p>The {word} at Ashmill was mended in a week.</p>")[0].startswith("The weir")
    assert "low dam" not in texts(f"<p>The {word} at Ashmill was mended in a week.</p>")[0]


@pytest.mark.parametrize(
    "name",
    ["sr-only", "visually-hidden", "link__visuallyhidden", "u-hidden-visually", "a screen-reader-text", "show-for-sr"],
)
def test_words_for_screen_readers_go(name: str) -> None:
    page = (
        f'<p>The <a href="/w">weir<span class="{name}"> (opens in a new window)</span></a> at Ashmill was mended.</p>'
    )

    assert texts(page) == ["The weir at Ashmill was mended."]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (
            'The Bundes<span class="tooltip-term">gericht in Karlsruhe</span> ruled.',
            "The Bundesgericht in Karlsruhe ruled.",
        ),
        ('<b>T</b><span class="tooltip">he old weir</span> fell.', "The old weir fell."),
        ('<b>T</b><span class="sr-only">T</span>he old weir fell.', "TThe old weir fell."),
        ('The weir fell.<br><span class="tooltip">then the bridge</span>', "The weir fell. then the bridge"),
        ('<sup>1</sup><span class="footnote">Interview with the miller.</span>', "1Interview with the miller."),
        ('The weir <span class="sr-only md:not-sr-only">at Ashmill</span> fell.', "The weir at Ashmill fell."),
        ('The weir <span class="print:sr-only">at Ashmill</span> fell.', "The weir at Ashmill fell."),
        ('<span class="sr-only">The weir at Ashmill fell.</span>', "The weir at Ashmill fell."),
        ('The weir <span class="not-sr-only">at Ashmill</span> fell.', "The weir at Ashmill fell."),
        ('The weir <span class="sr-only-focusable">at Ashmill</span> fell.', "The weir at Ashmill fell."),
        ('The <span class="tooltip">low dam at Ashmill</span> was mended.', "The low dam at Ashmill was mended."),
        ('Some say “<span class="tooltip">a very low dam</span>” of it.', "Some say “a very low dam” of it."),
        ('It is un<span class="tooltip">believable</span>.', "It is unbelievable."),
        ('<span class="definition">A weir is a low dam.</span>', "A weir is a low dam."),
        ('At the weir <span class="footnote">the water fell</span>.', "At the weir the water fell."),
        ('The weir<span class="highlight"> at Ashmill</span> fell.', "The weir at Ashmill fell."),
        ('堰は<span class="tooltip">Ashmill の 低いダム</span>です。', "堰はAshmill の 低いダムです。"),
    ],
)
def test_words_of_the_sentence_stay(sentence: str, text: str) -> None:
    assert texts(f"<p>{sentence}</p>") == [text]


@pytest.mark.parametrize("tag", ["li", "dd", "blockquote"])
def test_hidden_words_go_from_other_blocks_too(tag: str) -> None:
    page = f'<{tag}>The weir<span role="tooltip">{HIDDEN}</span> fell<i class="sr-only"> (opens in a new window)</i>.</{tag}>'

    assert texts(page) == ["The weir fell."]


def test_many_explanations_take_no_more_time_each() -> None:
    def cpu_s(times: int) -> float:
        page = f"<p>{f'weir<span class=tooltip>{HIDDEN}</span>, ' * times}</p>"
        began_s = time.process_time()
        texts(page)
        return time.process_time() - began_s

    cpu_s(100)
    assert cpu_s(20_000) < 2
