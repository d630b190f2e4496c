import pytest

from newsclean.clean.headline import drop_headlines, matches_slug, says_title, slug_words
from newsclean.model import Block, Context

TITLE = "Night ferry returns to Aldermouth"
URL = "https://post.example/island/2031/night-ferry-returns-to-aldermouth-4711.html"


@pytest.mark.parametrize(
    "line",
    [
        TITLE,
        TITLE.upper(),
        f"“{TITLE}”",
        f"Main » {TITLE}",
        f"{TITLE} | Harbour Post",
        f"Island: {TITLE}",
        f"{TITLE} – Post",
    ],
    ids=["same", "capitals", "quoted", "breadcrumb", "site", "kicker", "dash"],
)
def test_a_line_that_says_the_title_is_dropped(draft, propose, prose, line):
    assert propose(drop_headlines, draft(line, *prose, title=TITLE)).changes == [("headline", 0, line, None)]


@pytest.mark.parametrize(
    "line",
    [
        "Night ferry returns to Aldermouth, and the island breathes again.",
        "The night ferry returns to Aldermouth",
        "Night ferry returns",
        "Aldermouth",
    ],
    ids=["sentence", "word-more", "part", "word"],
)
def test_a_line_that_holds_more_or_less_than_the_title_stays(draft, propose, prose, line):
    assert propose(drop_headlines, draft(line, *prose, title=TITLE)).changes == []


def test_the_title_is_dropped_below_a_standfirst_and_at_the_end(draft, propose, prose):
    proposed = propose(drop_headlines, draft(prose[0], TITLE, *prose[1:], TITLE, title=TITLE))
    assert [(rule, block) for rule, block, *_ in proposed.changes] == [("headline", 1), ("headline", len(prose) + 1)]


def test_the_title_is_dropped_where_it_is_a_heading_again(draft, propose, prose):
    heading = Block(0, "heading", TITLE, context=Context(tag="h2"))
    proposed = propose(drop_headlines, draft(*prose[:3], heading, *prose[3:], title=TITLE))
    assert [block for _, block, *_ in proposed.changes] == [3]


def test_a_line_of_the_text_that_became_the_title_stays_where_it_was_said(draft, propose, prose):
    """An interview is often titled by an answer, a song by its refrain."""
    lines = ("Will you come back?", TITLE, "Why not?", *prose[:3], TITLE, *prose[3:])
    assert propose(drop_headlines, draft(prose[0], *lines, title=TITLE)).changes == []


def test_sentences_above_a_headline_are_no_header(draft, propose, prose):
    changes = propose(drop_headlines, draft("We wait.", "What now?", TITLE, *prose, title=TITLE)).changes
    assert [block for _, block, *_ in changes] == [2]


def test_what_stands_between_two_first_level_headings_stays(draft, propose, prose):
    h1 = Context(tag="h1")
    blocks = (Block(0, "heading", "Q&A", context=h1), "What now?", "We wait.", Block(0, "heading", "Two", context=h1))
    changes = propose(drop_headlines, draft(*blocks, *prose, title=TITLE)).changes
    assert [block for _, block, *_ in changes] == [0]


def test_a_short_title_is_only_found_whole(draft, propose, prose):
    """“Mud” behind a kicker is too little to be sure of."""
    assert propose(drop_headlines, draft("Opinion: Mud", *prose, title="Mud")).changes == []
    assert len(propose(drop_headlines, draft("Mud", *prose, title="Mud")).changes) == 1


def test_what_stands_above_the_headline_goes_with_it(draft, propose, prose):
    proposed = propose(
        drop_headlines, draft("Monday, 24 June 2019", "Latest", TITLE, "What the crew saw", *prose, title=TITLE)
    )
    assert proposed.changes == [
        ("above-headline", 0, "Monday, 24 June 2019", None),
        ("above-headline", 1, "Latest", None),
        ("headline", 2, TITLE, None),
    ]


def test_what_stands_above_a_headline_below_running_text_stays(draft, propose, prose):
    lines = ("A label", prose[0], prose[1], "A subheading", TITLE)
    assert propose(drop_headlines, draft(*lines, title=TITLE)).changes == [("headline", 4, TITLE, None)]


def test_the_pages_first_level_heading_above_the_text_goes(draft, propose, prose):
    heading = Block(0, "heading", "Ferry comes home", context=Context(tag="h1"))
    changes = propose(drop_headlines, draft(heading, *prose, title=TITLE)).changes
    assert changes == [("headline", 0, "Ferry comes home", None)]


def test_a_first_level_heading_within_the_text_stays(draft, propose, prose):
    heading = Block(0, "heading", "Ferry comes home", context=Context(tag="h1"))
    assert propose(drop_headlines, draft(prose[0], heading, *prose[1:], title=TITLE)).changes == []


def test_a_second_level_heading_above_the_text_stays(draft, propose, prose):
    heading = Block(0, "heading", "Ferry comes home", context=Context(tag="h2"))
    assert propose(drop_headlines, draft(heading, *prose, title=TITLE)).changes == []


@pytest.mark.parametrize(
    "lines",
    [(TITLE, "Menu", TITLE), (f"Main » {TITLE}", TITLE), ("Menu", TITLE, f"{TITLE} | Harbour Post")],
    ids=["twice", "breadcrumb", "site"],
)
def test_a_title_is_found_by_its_repetition(draft, propose, prose, lines):
    assert propose(drop_headlines, draft(*lines, *prose)).fields == {"title": TITLE}


def test_a_title_is_found_by_its_repetition_at_the_end(draft, propose, prose):
    proposed = propose(drop_headlines, draft("Latest", TITLE, *prose, *prose, TITLE))
    assert proposed.fields == {"title": TITLE}
    assert proposed.changes[-1] == ("headline", 12, TITLE, None)


def test_a_title_is_found_by_the_words_of_the_url(draft, propose, prose):
    proposed = propose(drop_headlines, draft("Latest news", TITLE, prose[0], url=URL))
    assert proposed.fields == {"title": TITLE}
    assert [(rule, block) for rule, block, *_ in proposed.changes] == [("above-headline", 0), ("headline", 1)]


def test_a_title_is_found_as_the_first_line_above_an_article(draft, propose, prose):
    proposed = propose(drop_headlines, draft(TITLE, *prose))
    assert proposed.fields == {"title": TITLE}
    assert proposed.changes == [("headline", 0, TITLE, None)]


@pytest.mark.parametrize(
    "first", ["The night ferry is back.", "Is the night ferry back?", "Night ferry returns", "Ferry returns"]
)
def test_a_first_line_that_is_a_sentence_or_a_label_is_no_title(draft, propose, prose, first):
    proposed = propose(drop_headlines, draft(first, *prose))
    assert (proposed.changes, proposed.fields) == ([], {})


@pytest.mark.parametrize(
    "menu",
    [
        *("Home | News | Sport", "Home > News > Transport", "News » Harbour and Docks » Ferries", "News›Ferries›Fares"),
        *(
            "Oslo · Bergen · Lofoten",
            "News • Sport • Arts & Culture",
            "News / Sport / Weather",
            "» Home » News » Sport",
        ),
    ],
)
def test_a_row_of_labels_is_no_title_but_the_line_below_it_is(draft, propose, prose, menu):
    assert propose(drop_headlines, draft(menu, *prose)).fields == {}
    assert propose(drop_headlines, draft(menu, "Menu", menu, *prose)).fields == {}
    assert propose(drop_headlines, draft(menu, TITLE, *prose)).fields == {"title": TITLE}


@pytest.mark.parametrize(
    "line",
    [f"{TITLE} | News | Harbour Post", "Night ferry: 12/3 to 14/5/31 | Post", "Night ferry returns | Post"],
)
def test_a_first_line_with_other_words_than_labels_is_the_title(draft, propose, prose, line):
    assert propose(drop_headlines, draft(line, *prose)).fields == {"title": line}


def test_a_first_line_above_no_running_text_is_no_title(draft, propose):
    """Without an article below, a short line may be all that the text has to say."""
    assert propose(drop_headlines, draft(TITLE, "Monday", "Fares")).fields == {}


def test_a_first_line_above_one_paragraph_is_the_title(draft, propose, prose):
    assert propose(drop_headlines, draft(TITLE, prose[0])).fields == {"title": TITLE}


def test_a_line_that_is_repeated_further_down_only_is_no_title(draft, propose, prose):
    teaser = "Lighthouse keeper sells the lamp"
    label = "Menu"
    lines = (label, *prose, *("A subheading", "Another", "A third"), teaser, teaser)
    assert propose(drop_headlines, draft(*lines)).fields == {}


def test_a_paragraph_that_stands_twice_is_no_title(draft, propose, prose):
    """A hidden copy of the standfirst, say."""
    proposed = propose(drop_headlines, draft(prose[0], prose[0], *prose[1:]))
    assert (proposed.changes, proposed.fields) == ([], {})


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (URL, {"night", "ferry", "returns", "to", "aldermouth", "html"}),
        ("https://post.example/a1/4711", set()),
        ("https://post.example/news/article", set()),
        ("https://night-ferry-returns-to.example/", set()),
        (None, set()),
    ],
    ids=["slug", "number", "two-words", "host-does-not-count", "none"],
)
def test_the_words_of_a_url_are_those_of_its_longest_part(url, words):
    assert slug_words(url) == words


@pytest.mark.parametrize(
    ("line", "matches"),
    [
        (TITLE, True),
        ("Night ferry is back in Aldermouth", True),
        ("Ferry to Aldermouth", False),
        ("Aldermouth council votes on a night market, a ferry museum and returns of empty bottles", False),
    ],
    ids=["same", "most", "too-few", "many-others"],
)
def test_a_line_matches_a_url_by_most_words_of_both(line, matches):
    assert matches_slug(line, frozenset({"night", "ferry", "returns", "to", "aldermouth"})) is matches


def test_two_words_are_too_few_to_match_a_url():
    assert not matches_slug("Night ferry", frozenset({"to", "night", "ferry"}))


def test_a_title_without_letters_is_said_by_no_line():
    assert not says_title("***", "…")


def test_a_repeated_button_is_no_headline(draft, propose, prose):
    lines = (TITLE, prose[0], "Share this story", *prose[1:], "Share this story")
    assert propose(drop_headlines, draft(*lines)).fields == {"title": TITLE}
