"""Titles: which of a page's titles is the article's, and what of it is the site's name."""

from __future__ import annotations

import time

import pytest

from newsclean.extract.document import parse
from newsclean.extract.metadata import read_metadata

SITE = '<meta property="og:site_name" content="The Harbour Post">'


def title_of(head: str = "", body: str = "") -> str | None:
    html = f"<html><head>{SITE}{head}</head><body>{body}</body></html>"
    return read_metadata(parse(html, "https://www.harbourpost.example/town/ferry")).title


def og(text: str) -> str:
    return f'<meta property="og:title" content="{text}">'


def everywhere(text: str) -> str:
    """In all places of the head."""
    return f'{og(text)}<meta name="twitter:title" content="{text}"><title>{text}</title>'


def test_joiners_that_spell_a_word_stay_and_other_invisible_signs_go() -> None:
    assert title_of(everywhere("پل می\u200cماند")) == "پل می\u200cماند"
    assert title_of(everywhere("Fer\u00adry \u200bruns")) == "Ferry runs"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Hafen<wbr>verwaltungs<wbr/>amt schließt", "Hafenverwaltungsamt schließt"),
        ("<span>Hafen<wbr><b>verwaltung</b></span><span>schließt</span>", "Hafenverwaltung schließt"),
        ("Der <wbr>Hafen<br>schließt", "Der Hafen schließt"),
        ("<ruby>港<rt>みなと</rt></ruby>が<wbr>閉まる", "港が閉まる"),
        ("Hafen<wbr>amt<style>b{}</style>", "Hafenamt"),
    ],
    ids=["words", "elements", "break", "ruby", "style"],
)
def test_where_a_word_may_be_broken_it_is_one(heading: str, title: str) -> None:
    assert title_of(body=f"<h1>{heading}</h1>") == title


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Ferry runs again | The Harbour Post", "Ferry runs again"),
        ("Ferry runs again - Harbour Post", "Ferry runs again"),
        ("Ferry runs again – harbourpost.example", "Ferry runs again"),
        ("Ferry runs again | Town | The Harbour Post", "Ferry runs again | Town"),
        ("The Harbour Post | Ferry runs again", "Ferry runs again"),
        ("Ferry runs again | News", "Ferry runs again"),
        ("Ferry runs again | 28.04.2023", "Ferry runs again"),
        ("渡し船が再開｜港新聞", "渡し船が再開"),
    ],
)
def test_the_site_is_cut(printed: str, title: str):
    assert title_of(f"<title>{printed}</title>") == title


@pytest.mark.parametrize(
    "printed",
    [
        "Ferry runs again - mayor pleased",
        "Interview: ferry runs again",
        "« La gravité de la situation »",
        "Harbour Post: why we moved",
        "A-team ferry: post-strike timetable",
    ],
)
def test_nothing_else_is_cut(printed: str):
    assert title_of(f"<title>{printed}</title>") == printed


def test_another_place_tells_where_the_title_ends():
    longer = "Ferry runs again - Boats and Ships Weekly"
    head = f'{og(longer)}<title>{longer}</title><meta name="twitter:title" content="Ferry runs again">'
    assert title_of(head) == "Ferry runs again"


def test_a_breadcrumb_goes():
    title = title_of("<title>Main » Town » Ferry runs again</title>", "<h1>Ferry runs again</h1>")
    assert title == "Ferry runs again"


def test_a_kicker_stays():
    body = '<h1>Ferry runs again</h1><h1 class="lead">Town</h1>'
    assert title_of(everywhere("Strike: Ferry runs again"), body) == "Strike: Ferry runs again"


def test_most_places_win_over_one():
    assert title_of(everywhere("Ferry runs again"), "<h1>Timetable of the ferry</h1>") == "Ferry runs again"


def test_the_only_heading_wins_over_the_head():
    head = og("Town news of today") + "<title>Town news of today</title>"
    assert title_of(head, "<h1>Ferry runs again</h1>") == "Ferry runs again"


def test_the_form_of_the_metadata_is_printed():
    """Headings lose punctuation to line breaks and styles."""
    head = og("Strike: Ferry runs again")
    assert title_of(head, "<h1><span>Strike</span> Ferry runs again</h1>") == "Strike: Ferry runs again"


def test_a_title_cut_short_gives_way():
    head = og("The ferry between the two harbours of the town…")
    body = "<h1>The ferry between the two harbours of the town runs again</h1><h1>Town and country</h1>"
    assert title_of(head, body) == "The ferry between the two harbours of the town runs again"


@pytest.mark.parametrize(
    "around",
    [
        "<aside>{}</aside>",
        "<footer>{}</footer>",
        "<noscript>{}</noscript>",
        '<div class="relatedStories">{}</div>',
        '<div class="sidebar-box">{}</div>',
    ],
)
def test_headings_of_other_things_do_not_count(around: str):
    other = around.format("<h1>Lighthouse sold to a painter</h1>")
    assert title_of("<title>Ferry runs again</title>", other) == "Ferry runs again"


def test_a_heading_with_the_name_of_the_site_does_not_count():
    assert title_of("<title>Ferry runs again</title>", "<h1>The Harbour Post</h1>") == "Ferry runs again"


def test_styles_inside_a_heading_are_not_read():
    body = "<h1><style>.kicker{color:red}</style>Ferry runs again</h1>"
    assert title_of("", body) == "Ferry runs again"


def test_soft_hyphens_go_and_no_break_spaces_stay():
    assert title_of("<title>Le fer\u00adry repart\u00a0: enfin</title>") == "Le ferry repart\u00a0: enfin"


def test_what_a_terminal_would_obey_goes():
    said = r"""<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Mill\u001b]0;own\u0007 \u009b31m \u202eopens",
    "author": {"@type": "Person", "name": "Ada\u001b[31m Brook"}}</script>"""
    found = read_metadata(parse(f"<html><head>{said}</head><body></body></html>"))
    assert found.title == "Mill]0;own 31m opens"
    assert not any("\x1b" in author.name for author in found.authors)


def test_a_page_without_titles_has_none():
    assert title_of() is None


@pytest.mark.parametrize("more", ["", "<p class=headline>Lighthouse sold</p>"], ids=["one", "two"])
def test_an_element_that_only_its_class_calls_a_headline_counts_where_there_is_no_other(more: str):
    assert title_of(body=f"<p class=headline>Ferry runs again</p>{more}") == "Ferry runs again"


def test_the_source_is_told():
    metadata = read_metadata(parse(og("Ferry runs again")))
    assert dict(metadata.sources)["title"] == "meta og:title"


@pytest.mark.parametrize(
    "tail",
    [" | Opinion", " - Politik", " : 06.11.2023, 11.41 Uhr", " | Harbour Post News"],
    ids=["section", "german-section", "day-and-hour", "site-and-news"],
)
def test_a_tail_that_says_where_or_when_is_no_part_of_the_title(tail: str):
    assert title_of(everywhere("Ferry runs again" + tail)) == "Ferry runs again"


def test_what_stands_behind_the_sites_name_goes_with_it():
    assert title_of("<title>Ferry runs again | The Harbour Post | All of the bay</title>") == "Ferry runs again"


def test_a_headline_that_links_to_the_front_page_is_the_sites_name():
    assert title_of("<title>Ferry runs again | Bay and Beyond</title>", '<h1><a href="/">Bay and Beyond</a></h1>') == (
        "Ferry runs again"
    )


def test_a_title_that_a_quotation_mark_tore_in_the_head_is_read_where_it_is_whole():
    torn = '<meta property="og:title" content="Ferry runs "again"">'
    assert title_of(torn + '<title>Ferry runs "again"</title>') == 'Ferry runs "again"'


def test_how_characters_are_read_is_no_part_of_the_title():
    assert title_of(body="<h1><ruby>渡船<rt>とせん</rt></ruby>が<ruby>動<rt>うご</rt></ruby>く</h1>") == "渡船が動く"


@pytest.mark.parametrize("sign", [*"><‹∣⋆★▷|–·", "--", "::"])
def test_the_sites_name_is_cut_at_any_sign(sign: str):
    assert title_of(everywhere(f"Ferry runs again {sign} The Harbour Post")) == "Ferry runs again"
    assert title_of(everywhere(f"The Harbour Post {sign} Ferry runs again")) == "Ferry runs again"


@pytest.mark.parametrize(
    "printed", ["Ferry 3 -- Storm 0", "Ferries > bridges", "Ferry ★ storm: a tale", "Ferry < News", "a -- b -- c"]
)
def test_nothing_but_the_sites_name_is_cut_at_rare_signs(printed: str):
    assert title_of(everywhere(printed)) == printed


def test_a_head_that_names_the_site_alone_does_not_make_that_the_title():
    head = '<meta property="og:title" content="Ferry runs again – Weir Gazette"><title>Weir Gazette</title>'
    assert (
        read_metadata(parse(f"<html><head>{head}</head></html>", "https://weirgazette.example/f")).title
        == "Ferry runs again"
    )


@pytest.mark.parametrize(
    "heading",
    [
        "Ferry runs again from Monday on <small>3 min read</small>",
        "<span>Town</span> Ferry runs again from Monday on",
        "<svg><title>Play</title></svg> Ferry runs again from Monday on",
        "<span>Ferry runs again from Monday on</span> <span>Premium</span>",
    ],
)
def test_what_stands_beside_the_title_in_its_heading_goes(heading: str):
    said = "Ferry runs again from Monday on"
    assert title_of(f"<title>{said} | Harbour Post</title>", f"<h1>{heading}</h1>") == said


def test_a_kicker_in_the_heading_is_no_title_of_its_own():
    body = "<h1><span>Strike in the harbour<i>:</i></span> <span>Sailors win more pay</span></h1>"
    assert title_of(everywhere("Strike in the harbour: sailors win"), body).startswith(
        "Strike in the harbour: sailors win"
    )


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Ferries: Sport", "Ferries: Sport"),
        ("A boat’s story – Harbour", "A boat’s story – Harbour"),
        ("Ferry runs again | The Harbour Post", "Ferry runs again"),
        ("Ferry runs again | News", "Ferry runs again"),
    ],
)
def test_a_heading_with_the_same_tail_loses_only_the_sites_name_and_sections(printed: str, title: str):
    assert title_of(everywhere(printed), f"<h1>{printed}</h1>") == title


def test_many_signs_take_no_time():
    start = time.process_time()
    title_of(everywhere(" > ★ -- " * 200), f"<h1>{'<span>Ferry</span> ' * 3000}</h1>")
    assert time.process_time() - start < 1.0
