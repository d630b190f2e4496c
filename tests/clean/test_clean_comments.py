"""Readers' comments go; opinion pieces, experts' comments and match commentary stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

import newsclean
from newsclean.clean.article_parts import placed
from newsclean.clean.body import judge
from newsclean.clean.comments import comments_below, signed_comments
from newsclean.clean.options import Options
from newsclean.model import Block, Context, Draft, Metadata

STORY = [
    f"{who} told the council on {day} that the bridge at Aldermouth would stay closed until the spring, because {why}. "
    "Those who live across the water will have to drive around the whole lake, or wait for the boat at noon."
    for who, day, why in (
        ("The harbour master", "Monday", "the second pillar has moved by the width of a hand"),
        ("An engineer", "Tuesday", "nobody had ordered the steel that the repair needs"),
        ("The mayor", "Wednesday", "the money for it was spent on the new ferry landing"),
        ("A fisherman", "Thursday", "the boats that bring the cranes can't pass in winter"),
    )
]
READERS = [
    f"I have crossed that bridge for {n} years, and nobody ever asked me what I think. "
    "They knew about the pillar long ago, and they did nothing at all. What a waste of our money, and of our time!"
    for n in ("ten", "twenty", "thirty", "forty", "fifty")
]
COMMENT = '<li class="comment depth-1"><b class="fn">riverfan</b><div class="{own}"><p>{text}</p></div></li>'


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def block(i: int, text: str, around: str, parent: int) -> Block:
    return Block(i, "paragraph", text, True, Context(tag="p", around=around, parent=parent))


def text_of(main: str) -> str:
    """The text that is extracted from a page."""
    html = f"<html lang=en><title>The bridge stays closed</title><main><h1>The bridge stays closed</h1>{main}</main>"
    return newsclean.extract(html).text


@pytest.mark.parametrize("own", ["comment-content", "commentText", "c-comment__body", "x"])
@pytest.mark.parametrize("beside", [False, True], ids=["below-the-article", "in-its-element"])
def test_comments_below_an_article_go(own: str, *, beside: bool) -> None:
    comments = "".join(COMMENT.format(own=own, text=text) for text in READERS)
    story, thread = paragraphs(STORY), f"<ol class=comment-list>{comments}</ol>"
    main = f"<div>{story}{thread}</div>" if beside else f"<article>{story}</article>{thread}"

    assert text_of(main) == "\n\n".join(STORY)


@pytest.mark.parametrize("words", ["user-comment", "leserkommentar", "kommentar_17", "comentario-texto", "commentaire"])
def test_comments_are_known_by_the_words_of_several_systems_and_languages(words: str) -> None:
    comments = "".join(f"<div class={words}><div>{text}</div></div>" for text in READERS)

    assert text_of(f"<div>{paragraphs(STORY)}{comments}</div>") == "\n\n".join(STORY)


def test_a_short_article_is_not_lost_among_many_comments() -> None:
    comments = "".join(COMMENT.format(own="comment-body", text=text) for text in READERS * 3)

    assert text_of(f"<div>{paragraphs(STORY)}<ol>{comments}</ol></div>") == "\n\n".join(STORY)


@pytest.mark.parametrize(
    "main",
    [
        f"<div class=comment>{paragraphs(STORY)}</div>",
        f"<div class=comment><p class=standfirst>{STORY[0]}</p><div class=comment-body>{paragraphs(STORY[1:])}</div></div>",
        f"<div class=comments-section><article>{paragraphs(STORY)}</article></div>",
        f"<article class='kommentar'><div class='kommentar-text'>{paragraphs(STORY)}</div></article>",
        f"<article class='comments-open has-comments'>{paragraphs(STORY)}</article>",
        f"<article>{paragraphs(STORY[:2])}<div class=comment><p>{STORY[2]}</p></div><p>{STORY[3]}</p></article>",
    ],
    ids=["opinion", "opinion-with-standfirst", "all-of-the-page", "Kommentar", "comments-open", "an-expert's"],
)
def test_what_is_only_named_like_comments_stays(main: str) -> None:
    assert text_of(main) == "\n\n".join(STORY)


@pytest.mark.parametrize(
    ("around", "kept"),
    [
        ("comment", {1, 2, 3}),
        ("comments", {1}),
        ("komentarz-eksperta", set()),
        ("kommentar-zum-urteil", set()),
        ("match-comment", {1, 2, 3}),
        ("reader-comment", {*range(1, 9)}),
    ],
    ids=["below-headings", "a-list-of-one", "an-expert's", "an-id", "on-a-match", "letters"],
)
def test_what_is_called_a_comment_may_be_the_article_s(around: str, kept: set[int]) -> None:
    """Of pages: notes below headings, a list of one comment (which goes), boxes, commentary, readers' letters."""
    blocks = [block(0, STORY[0], "", 1), *(block(i, READERS[0] + f" {i}", around, i) for i in kept)]
    if around == "comment":
        blocks.insert(2, Block(9, "heading", "The second wine", True, Context(tag="h3")))
    named = {i for i, b in enumerate(blocks) if placed(b, entries=False) == "comments"}

    assert comments_below(blocks, {*range(len(blocks))}, named) == ({1} if around == "comments" else set())


def test_commentary_on_a_match_is_not_by_readers() -> None:
    told = [
        block(0, STORY[0] * 3, "", 1),
        *(block(i, READERS[0], "comment-text match-comment", i) for i in range(1, 9)),
    ]

    assert comments_below(told, {*range(9)}, {*range(1, 9)}) == set()


def test_a_comment_says_why_it_goes() -> None:
    comments = (block(i, READERS[i], "user-comments", i + 1) for i in (1, 2))
    draft = Draft(
        None, Metadata(), (block(0, STORY[0] * 3, "", 1), *comments, replace(block(3, "Menu", "", 4), seed=False))
    )

    verdict = judge(draft, Options(), [0.9, 0.9, 0.9, 0.0])[1]

    assert (verdict.stays, verdict.rule) == (False, "comments")
    assert verdict.reason == "below the body, in “user-comments”: a reader's comment"


SIGNED = [
    ("riverfan", "3 hours ago"),
    ("oldsailor77", "2 days ago"),
    ("Ann B.", "yesterday at 18:22"),
    ("marea", "4 days ago"),
]


def signed(form: str) -> str:
    """Readers' comments in some mark-up, without a word that names them."""
    return "".join(form.format(name=n, ago=ago, text=t) for (n, ago), t in zip(SIGNED, READERS, strict=False))


@pytest.mark.parametrize(
    "form",
    [
        "<div class=x1><p class=x2><b>{name}</b> · {ago}</p><p>{text}</p></div>",
        "<div class=x1><div class=x2>{name}</div><div class=x3>{ago}</div><p>{text}</p><div class=x4>Reply</div></div>",
        "<li><b>{name}</b> {ago}<p>{text}</p><a href=#r>Reply</a></li>",
    ],
    ids=["one-line", "two-lines", "list"],
)
def test_comments_that_no_word_names_are_known_by_how_they_are_signed(form: str) -> None:
    assert text_of(f"<div>{paragraphs(STORY)}</div><div class=x0>{signed(form)}</div>") == "\n\n".join(STORY)


def test_entries_with_times_alone_stay() -> None:
    """A live page has times and no names."""
    entries = "".join(
        f"<div class=x1><p class=x2>{n} minutes ago</p><p>{t}</p></div>"
        for n, t in zip((4, 9, 15, 31), STORY * 2, strict=False)
    )
    assert STORY[3] in text_of(f"<div>{paragraphs(STORY)}</div><div>{entries.replace('closed', 'shut')}</div>")


def signed_in(*texts: str, path: int = 3, **where: object) -> set[int]:
    """Positions of the comments among an article's paragraphs, signatures and what readers wrote, of this path."""
    paths = [1 if t in STORY else path if t in READERS else 2 for t in texts]
    contexts = [replace(Context(tag="p", path=n), **(where if n != 1 else {})) for n in paths]  # type: ignore[arg-type]
    blocks = [Block(i, "paragraph", t, True, c) for i, (t, c) in enumerate(zip(texts, contexts, strict=True))]
    return signed_comments(blocks, set(range(len(texts))))


TURNS = [part for (name, ago), text in zip(SIGNED, READERS, strict=False) for part in (f"{name} {ago}", text)]


def test_what_stands_below_the_first_signature_is_comments() -> None:
    assert signed_in(*STORY, *TURNS) == set(range(4, 12))


def test_what_the_article_says_between_times_stays() -> None:
    assert signed_in(*STORY, *TURNS, path=1) == set()
    assert signed_in(*STORY, *TURNS, inside="p blockquote") == set()
    assert signed_in(*STORY, *TURNS[::2]) == set()


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(
            [*STORY, *(f"{t}: what the divers have found so far" if len(t) < 60 else t for t in TURNS)], id="titles"
        ),
        pytest.param(TURNS + STORY, id="above"),
        pytest.param([*STORY, *TURNS, *STORY], id="between"),
        pytest.param(STORY + TURNS[:4], id="two"),
        pytest.param(
            STORY + [t.replace("oldsailor77", "riverfan").replace("marea", "riverfan") for t in TURNS], id="one-name"
        ),
        pytest.param([*STORY, *(f"{t.removesuffix(' ago')}." if len(t) < 60 else t for t in TURNS)], id="sentences"),
    ],
)
def test_in_other_places_signatures_are_none(texts: list[str]) -> None:
    assert signed_in(*texts) == set()


def test_a_bio_above_comments_goes_as_well() -> None:
    head = '<meta name=author content="Ann Bell">'
    bio = "<p><em>Ann Bell writes about bridges and ferries. She lives in Aldermouth, and walks.</em></p>"
    form = "<div class=x1><p class=x2><b>{name}</b> · {ago}</p><p>{text}</p></div>"
    main = (
        f"<h1>The bridge stays closed</h1><article>{paragraphs(STORY)}{bio}<div class=x0>{signed(form)}</div></article>"
    )
    html = f"<html lang=en><head><title>The bridge stays closed</title>{head}</head><main>{main}</main><footer>Post</footer>"

    assert newsclean.extract(html).text == "\n\n".join(STORY)
