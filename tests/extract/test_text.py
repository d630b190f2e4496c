"""Text that something else extracted becomes a Draft, a block a line."""

from __future__ import annotations

import pytest

from newsclean.errors import NoArticle, TooComplex
from newsclean.extract.text import MAX_CHARS, read_text

URL = "https://news.example/story"


def test_each_line_with_text_is_a_paragraph() -> None:
    draft = read_text("  The ferry left.\r\n\r\n\tForty were on board. \n", url=URL, title="Ferry", language="en")

    assert [(b.index, b.kind, b.text, b.seed) for b in draft.blocks] == [
        (0, "paragraph", "The ferry left.", True),
        (1, "paragraph", "Forty were on board.", True),
    ]
    assert (draft.url, draft.metadata.title, draft.metadata.language) == (URL, "Ferry", "en")


@pytest.mark.parametrize("text", ["", " \n\t\r\n ", "\u3000\xa0"])
def test_a_text_without_words_is_empty(text: str) -> None:
    with pytest.raises(NoArticle) as caught:
        read_text(text, url=URL)

    assert (caught.value.reason, caught.value.url) == ("empty_page", URL)


def test_a_text_too_long_to_be_read_is_refused() -> None:
    with pytest.raises(TooComplex) as caught:
        read_text("x" * (MAX_CHARS + 1), url=URL)

    assert caught.value.url == URL
