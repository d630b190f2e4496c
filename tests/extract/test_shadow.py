"""What a page declares as a shadow root is shown by browsers, and read; other templates hold nothing."""

from __future__ import annotations

import time

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

    assert open_shadow_roots(page) == b"<a-b><div>" + inner + b"<p>y</p></div></a-b>" + inner
    assert open_shadow_roots(inner) is inner


def test_tags_without_their_end_or_beginning_do_no_harm() -> None:
    assert open_shadow_roots(b"</template><template shadowrootmode=open>x") == b"</template><div>x"


def test_it_takes_linear_time() -> None:
    start = time.process_time()
    for piece in (b"<template ", b"<template>", b"<template shadowrootmode=open>", b"</template"):
        open_shadow_roots(b"shadowroot" + piece * 100_000)
    assert time.process_time() - start < 2
