import pytest

from newsclean import clean_text
from newsclean.clean.sections import MAX_TEASERS, drop_sections
from newsclean.model import Block, Context

HEADING = "You might also like"
TEASERS = (
    "Lighthouse keeper sells the lamp",
    "Why the choir refuses to sail on the early boat",
    "Bread to cost more on the island",
)
LINK = Context(tag="p", link_share=0.9)


def test_a_section_at_the_end_goes_with_its_teasers(draft, propose, prose):
    changes = propose(drop_sections, draft(*prose, HEADING, *TEASERS)).changes
    assert changes == [("xx/related-heading", len(prose) + i, text, None) for i, text in enumerate((HEADING, *TEASERS))]


def test_a_section_in_mid_body_ends_where_running_text_begins(draft, propose, prose):
    changes = propose(drop_sections, draft(prose[0], HEADING, TEASERS[0], TEASERS[1], prose[1], prose[2])).changes
    assert [c[1] for c in changes] == [1, 2, 3]


def test_a_heading_right_above_running_text_goes_alone(draft, propose, prose):
    assert [c[1] for c in propose(drop_sections, draft(prose[0], HEADING, prose[1])).changes] == [1]


def test_a_short_line_above_running_text_may_be_its_subheading_and_stays(draft, propose, prose):
    changes = propose(drop_sections, draft(prose[0], HEADING, TEASERS[1], "A second boat", prose[1])).changes
    assert [c[1] for c in changes] == [1, 2]


def test_a_short_line_at_the_very_end_is_a_teaser(draft, propose, prose):
    assert [c[1] for c in propose(drop_sections, draft(prose[0], HEADING, "A second boat")).changes] == [1, 2]


def test_a_heading_element_above_running_text_stays_whatever_its_length(draft, propose, prose):
    heading = Block(0, "heading", "What the crew of the second boat saw on Friday night", context=Context(tag="h3"))
    assert [c[1] for c in propose(drop_sections, draft(HEADING, TEASERS[0], heading, prose[0])).changes] == [0, 1]


def test_a_paragraph_element_above_running_text_is_no_subheading(draft, propose, prose):
    short = Block(0, "paragraph", "A second boat", context=Context(tag="p"))
    assert [c[1] for c in propose(drop_sections, draft(HEADING, short, prose[0])).changes] == [0, 1]


def test_running_text_that_is_a_link_is_a_teaser(draft, propose, prose):
    teaser = Block(0, "paragraph", prose[1], context=LINK)
    assert [c[1] for c in propose(drop_sections, draft(prose[0], HEADING, teaser, prose[2])).changes] == [1, 2]


def test_a_linked_heading_above_running_text_is_a_teaser(draft, propose, prose):
    linked = Block(0, "heading", "A second boat", context=Context(tag="h3", link_share=1.0))
    assert [c[1] for c in propose(drop_sections, draft(HEADING, linked, prose[0])).changes] == [0, 1]


@pytest.mark.parametrize(("first", "gone"), [(True, [1, 2]), (False, [1])], ids=["link-first", "link-within"])
def test_running_text_that_begins_with_a_link_is_a_teaser(draft, propose, prose, first, gone):
    """A story's title, linked, and a line about it."""
    block = Block(0, "paragraph", prose[1], context=Context(tag="p", link_share=0.3, link_first=first))
    assert [c[1] for c in propose(drop_sections, draft(prose[0], HEADING, block)).changes] == gone


def test_running_text_with_a_few_linked_words_is_no_teaser(draft, propose, prose):
    paragraph = Block(0, "paragraph", prose[1], context=Context(tag="p", link_share=0.3))
    assert [c[1] for c in propose(drop_sections, draft(prose[0], HEADING, paragraph)).changes] == [1]


def test_a_section_is_never_longer_than_its_limit(draft, propose, prose):
    many = [f"Another story about boats, number {i}" for i in range(MAX_TEASERS + 5)]
    changes = propose(drop_sections, draft(prose[0], HEADING, *many)).changes
    assert len(changes) <= 1 + MAX_TEASERS
    assert changes[-1][2] in {many[MAX_TEASERS - 1], many[MAX_TEASERS - 2]}


def test_a_second_heading_under_the_first_is_dropped_once(draft, propose, prose):
    changes = propose(drop_sections, draft(*prose, HEADING, TEASERS[0], HEADING, TEASERS[1])).changes
    assert [c[1] for c in changes] == [5, 6, 7, 8]


@pytest.mark.parametrize("line", ["You might also like the soup.", "What you might also like", "Share"])
def test_another_line_heads_no_section(draft, propose, prose, line):
    assert propose(drop_sections, draft(*prose, line, *TEASERS)).changes == []


def test_a_heading_of_its_own_ends_a_section(draft, propose, prose):
    heading = Block(0, "heading", "Work", context=Context(tag="h2"))
    lines = (*prose, HEADING, TEASERS[0], heading, "A short line", "Another short line")
    assert [c[1] for c in propose(drop_sections, draft(*lines)).changes] == [len(prose), len(prose) + 1]


def test_answers_are_no_teasers(draft, propose, prose):
    """A line that ends as a sentence does is no headline: an interview may well say “You might also like”."""
    changes = propose(drop_sections, draft(*prose, HEADING, "I do not like it.", "No!")).changes
    assert [c[1] for c in changes] == [len(prose)]


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("de", "Mehr zum Thema"),
        ("fr", "Sur le même sujet"),
        ("it", "Sullo stesso argomento"),
        ("ja", "【関連記事】"),
        ("nl", "Meer over dit onderwerp"),
        ("pl", "Więcej na ten temat"),
        ("ru", "По теме"),
    ],
)
def test_what_says_more_on_the_subject_takes_its_entries_along(language, heading, prose):
    """In a text too, and in spite of phrases that call the heading a line of its own."""
    text = "\n\n".join((*prose[:3], heading, TEASERS[0], TEASERS[2]))
    assert clean_text(text, language=language).text.split("\n\n") == [*prose[:3]]


def placed(text, parent, *, tag="p", kind="paragraph", link_share=0.0):
    return Block(0, kind, text, context=Context(tag=tag, parent=parent, link_share=link_share))


@pytest.mark.parametrize(
    ("below", "dropped"),
    [
        ([placed(TEASERS[0], 7, link_share=1.0), placed("A short line", 1)], 2),
        ([placed(TEASERS[0], 7, link_share=1.0), placed("Updated at noon", 7), placed("A short line", 1)], 3),
        ([placed(TEASERS[0], 7, link_share=1.0), placed("Brick arches stay", 8, tag="li", kind="item")], 2),
        ([placed("Brick arches stay", 8, tag="li", kind="item")], 1),
        ([placed("A short line", 6)], 1),
        ([placed("12 May", 6), placed(TEASERS[0], 6, link_share=1.0), placed("A short line", 6)], 3),
    ],
    ids=["outside", "a-teaser-s-date", "bullets", "bullets-alone", "beside", "beside-and-before-a-link"],
)
def test_a_section_of_a_page_ends_with_its_element(draft, propose, prose, below, dropped):
    paragraphs = [placed(text, 1) for text in prose]
    heading = placed(HEADING, 6, tag="h4", kind="heading")

    changes = propose(drop_sections, draft(*paragraphs[:2], heading, *below, *paragraphs[2:])).changes

    assert [c[1] for c in changes] == [2 + n for n in range(dropped)]
