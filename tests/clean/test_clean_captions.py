import pytest

from newsclean.clean.captions import MAX_CAPTION_CHARS, drop_captions
from newsclean.model import Block, Context

TEXT = "The old pier at low tide"


def test_what_the_page_marks_as_caption_goes(draft, propose, prose):
    assert propose(drop_captions, draft(prose[0], Block(0, "caption", TEXT))).changes == [("caption", 1, TEXT, None)]


@pytest.mark.parametrize(
    "context",
    [
        Context(),
        Context(tag="p", classes="story text"),
        Context(tag="p", classes="imagecaption"),
    ],
    ids=["none", "other", "a-class-that-says-so"],
)
def test_what_the_page_does_not_mark_stays(draft, propose, prose, context):
    """Of 63 blocks that the model kept in spite of "caption" in their class, 46 were article: it has weighed that."""
    assert propose(drop_captions, draft(prose[0], Block(0, "paragraph", TEXT, context=context))).changes == []


def test_a_photo_credit_goes_by_its_words(draft, propose, prose):
    changes = propose(drop_captions, draft(prose[0], "Photo: Post archive", prose[1])).changes
    assert changes == [("xx/photo-label", 1, "Photo: Post archive", None)]


def test_a_sentence_about_photos_stays(draft, propose, prose):
    assert propose(drop_captions, draft("Photos of the boat were lost.", *prose)).changes == []


def test_a_text_too_long_for_a_caption_stays(draft, propose):
    """A whole story can be wrapped in an element that some template calls a caption."""
    long = Block(0, "caption", "x" * (MAX_CAPTION_CHARS + 1))
    assert propose(drop_captions, draft(long)).changes == []


def test_captions_stay_on_request(draft, propose):
    assert (
        propose(drop_captions, draft(Block(0, "caption", TEXT), "Photo: Post archive"), keep={"captions"}).changes == []
    )
