"""What a page declares as a shadow root is shown by browsers, and read; other templates hold nothing."""

from __future__ import annotations

import time

import pytest

import newsclean
from newsclean.extract.shadow import open_shadow_roots

STORY = [
    f"The keeper of the {n} lock let the barge through at dawn, and asked for no more than a loaf." for n in "abcd"
]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in STORY)


def test_an_article_in_a_shadow_root_is_found() -> None:
    html = f'<title>The lock</title><news-text><template shadowrootmode="open"><div>{PARAGRAPHS}</div></template></news-text>'

    assert newsclean.extract(html).text == "\n\n".join(STORY)


def test_other_templates_hold_nothing() -> None:
    inner = b"<template><b>x</b></template>"
    page = b'<a-b><template class="t" shadowrootmode="open">' + inner + b"<p>y</p></TEMPLATE></a-b>" + inner

    assert open_shadow_roots(page) == b"<a-b><span>" + inner + b"<p>y</p></span></a-b>" + inner
    assert open_shadow_roots(inner) is inner


def test_tags_without_their_end_or_beginning_do_no_harm() -> None:
    assert open_shadow_roots(b"</template><template shadowrootmode=open>x") == b"</template><span>x"


@pytest.mark.parametrize(
    "page",
    [
        b"<template><!-- was <template shadowrootmode=open> --><b>card</b></template><p>It rained.",
        b"<template><script>'<template shadowrootmode=open>'</script></template><p>It rained.",
        b'<template data-x="<template shadowrootmode=open>"></template><p>It rained.',
        b'<template shadowrootmode="none"><p>x</p></template>',
    ],
    ids=["comment", "script", "attribute", "no-mode"],
)
def test_what_only_looks_like_a_root_is_none(page: bytes) -> None:
    assert open_shadow_roots(page) == page


def test_a_root_within_a_sentence_does_not_tear_it() -> None:
    term = '<x-term><template shadowrootmode="open"><slot></slot></template>the barge</x-term>'
    paragraphs = PARAGRAPHS.replace("the barge", term, 1)
    assert term in paragraphs

    assert newsclean.extract(f"<title>The lock</title><article>{paragraphs}</article>").text == "\n\n".join(STORY)


def test_it_takes_linear_time() -> None:
    start = time.process_time()
    for piece in (b"<template ", b"<template>", b"<template shadowrootmode=open>", b"</template"):
        open_shadow_roots(b"shadowroot" + piece * 100_000)
    assert time.process_time() - start < 2
