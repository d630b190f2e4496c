"""What holds of cleaning whatever the page: on the fixtures, on labelled pages, and on invented lines."""

import gzip
import json
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newsclean.clean.pipeline import clean, undo
from newsclean.errors import NoArticle
from newsclean.extract.page import read_page
from newsclean.extract.text import read_text
from newsclean.model import Block, Draft, Metadata
from newsclean.rules import all_phrases

FIXTURES = Path(__file__).parent.parent / "fixtures"
CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
EVERY = 1 if os.environ.get("NEWSCLEAN_ALL_PAGES") else 12  # all 2,003 pages take some minutes


def broken_laws(draft: Draft) -> list[str]:
    """The laws that cleaning this draft breaks, with what was seen; empty if it breaks none."""
    article = clean(draft)
    kept = [b.index for b in article.blocks]
    gone = {b.index for b in draft.blocks if b.seed} - {*kept}
    unrecorded = gone - {c.block for c in article.changes if c.after is None}
    broken = [] if undo(article) == draft else ["undo does not give the draft back"]
    if kept != sorted(kept):
        broken.append(f"kept blocks are out of order: {kept}")
    if unrecorded:
        broken.append(f"gone without a Change: {sorted(unrecorded)}")
    return broken + [f"not tidy: {b.text!r}" for b in article.blocks if not is_tidy(b.text)]


def cleaned_again(draft: Draft) -> list[str]:
    """What a second cleaning does to the first one's article; nothing, if the law holds."""
    article = clean(draft)
    again = clean(Draft(article.url, article.metadata, article.blocks))
    return [f"cleaned again: {c.rule} {c.before!r} -> {c.after!r}" for c in again.changes]


def is_tidy(text: str) -> bool:
    """Whether a text is not empty, in NFC, on one line, and without space at its ends."""
    return bool(text) and text == unicodedata.normalize("NFC", text).strip() and len(text.splitlines()) == 1


def fixture_draft(folder: Path) -> Draft:
    """The draft of a fixture's page or text."""
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    if (folder / "page.txt").is_file():
        text = (folder / "page.txt").read_text("utf-8")
        return read_text(text, url=meta.get("url"), title=meta.get("title"), language=meta.get("language"))
    return read_page(gzip.decompress((folder / "page.html.gz").read_bytes()), meta.get("url"))


def labelled_pages() -> list[tuple[str, str | None]]:
    """Id and URL of the labelled pages that this run looks at; none where the corpus is absent."""
    files = [CORPUS / "dev.jsonl", CORPUS / "more.jsonl"]
    records = [json.loads(line) for f in files if f.is_file() for line in f.read_text("utf-8").splitlines()]
    return [(r["id"], r.get("url")) for r in records[::EVERY]]


@pytest.mark.parametrize("folder", sorted(p.parent for p in FIXTURES.glob("*/meta.json")), ids=lambda p: p.name)
def test_the_laws_hold_on_every_fixture(folder):
    draft = fixture_draft(folder)
    assert broken_laws(draft) + cleaned_again(draft) == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the labelled pages are not here")
@pytest.mark.parametrize(("page", "url"), labelled_pages(), ids=lambda v: str(v)[:40])
def test_the_laws_hold_on_labelled_pages(page, url):
    html = gzip.decompress((CORPUS / "pages" / f"{page}.html.gz").read_bytes())
    try:
        draft = read_page(html, url)
    except NoArticle:
        return  # nothing to clean: not a matter of these laws
    assert broken_laws(draft) + cleaned_again(draft) == []


SENTENCES = (
    "The night ferry left Aldermouth an hour late because the crew had to count the lifejackets twice.",
    "“Nobody told us that the lighthouse had been sold,” said the keeper, who has lived there since 1988.",
    "Der Deichverband will die Mauer im Herbst um einen halben Meter erhöhen, teilte seine Sprecherin am Montag mit.",
    "La mairie a fait savoir que le vieux moulin resterait fermé jusqu'à la fin du mois de novembre, faute de meunier.",
    "SEOUL, May 3 (Reuters) - The harbour office counted forty boats on Sunday, two more than in the week before.",
    "The pier will be closed until the spring, said the council, which lacks the planks. -Gullpoint pier in June.",
    "The talks go on in Aldermouth, and both towns hope for a bridge. (Reporting by Ann Bell; Editing by Tom Roe)",
    "港の事務所は月曜日、新しい渡し船が来月から運航を始めると発表し、住民の多くはこれを歓迎していると話した。",
)
LINES = (
    "Night ferry returns to Aldermouth",
    "Main » Night ferry returns to Aldermouth",
    "By Reuters",
    "By Ann Bell",
    "Ann Bell",
    "Monday, 24 June 2019",
    "16 September 2018, 09:30",
    "What the keeper saw",
    "(Reporting by Ann Bell in Aldermouth; Editing by Tom Roe)",
    "A second boat",
    "By Monday the river had risen",
    "  No-break\u00a0space and a soft\u00adhyphen ",
    "Cafe\u0301 Aldermouth",
    "\u200b",
    "•",
)
HITS = tuple(sorted({hit for phrase in all_phrases() for hit in phrase.hits}))
KINDS = ("paragraph", "paragraph", "heading", "item", "quote", "caption", "cell")
TEXTS = st.one_of(
    st.sampled_from(SENTENCES), st.sampled_from(LINES), st.sampled_from(HITS), st.text(min_size=1, max_size=30)
)
URLS = (None, "https://post.example/news/night-ferry-returns-to-aldermouth")
TITLES = (None, "Night ferry returns to Aldermouth")


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A page's blocks in any order: sentences, lines of a page's furniture, phrases that are boilerplate, and noise.

    One letter at least is taken as article: without, extraction says NoArticle.
    """
    rows = draw(
        st.lists(
            st.tuples(TEXTS, st.sampled_from(KINDS), st.sampled_from((True, True, True, False))),
            min_size=3,
            max_size=24,
        )
    )
    blocks = tuple(Block(i, kind, text, seed) for i, (text, kind, seed) in enumerate(rows))
    assume(any(c.isalpha() for b in blocks if b.seed for c in b.text))
    metadata = Metadata(title=draw(st.sampled_from(TITLES)), language=draw(st.sampled_from((None, "en", "de"))))
    return Draft(draw(st.sampled_from(URLS)), metadata, blocks)


@settings(deadline=None, max_examples=200)
@given(drafts())
def test_the_laws_hold_on_any_lines(draft):
    assert broken_laws(draft) == []


@settings(deadline=None, max_examples=200)
@given(drafts())
def test_any_lines_are_clean_after_one_cleaning(draft):
    assert cleaned_again(draft) == []
