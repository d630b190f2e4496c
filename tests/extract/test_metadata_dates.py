"""Dates: which of a page's dates is the article's."""

from __future__ import annotations

import json
import time

import pytest

from newsclean.extract.document import parse
from newsclean.extract.metadata import dates, read_metadata
from newsclean.extract.metadata.found import Found
from newsclean.model import Metadata

H1 = "<title>Ferry runs again</title><h1>Ferry runs again</h1>"


def read(html: str, url: str = "https://harbourpost.example/ferry", lang: str = "en") -> Metadata:
    return read_metadata(parse(f'<html lang="{lang}">{html}</html>', url))


def linked(**fields: str) -> str:
    block = json.dumps({"@type": "NewsArticle", "headline": "Ferry runs again", **fields})
    return f'<script type="application/ld+json">{block}</script>'


def test_json_ld_comes_first_with_its_offset():
    meta = '<meta property="article:published_time" content="2019-03-03">'
    assert read(meta + linked(datePublished="2019-03-02T07:00:00+01:00")).date_published == "2019-03-02T07:00:00+01:00"


def test_the_same_moment_is_taken_in_the_publications_own_time():
    page = linked(datePublished="2019-03-02T23:30:00Z") + '<time datetime="2019-03-03T00:30:00+01:00">3 March</time>'
    assert read(page).date_published == "2019-03-03T00:30:00+01:00"


def test_another_moment_does_not_replace_it():
    page = linked(datePublished="2019-03-02T23:30:00Z") + '<time datetime="2019-03-05T00:30:00+01:00">5 March</time>'
    assert read(page).date_published == "2019-03-02T23:30:00+00:00"


def test_both_dates_are_read():
    metadata = read(linked(datePublished="2019-03-02", dateModified="2019-03-09"))
    assert (metadata.date_published, metadata.date_modified) == ("2019-03-02", "2019-03-09")


@pytest.mark.parametrize(
    "shown",
    [
        "<p>Updated: 9 May 2019 | Published: 2 March 2019</p>",
        "<p>Last updated 9 May 2019</p><p>First published 2 March 2019</p>",
        '<div class="date">Updated: 9 May 2019</div><div class="date">Published: 2 March 2019</div>',
        "<div><span>Updated</span> <span>9 May 2019</span> <span>2 March 2019</span></div>",
        '<time datetime="2019-05-09">Updated 9 May</time><time datetime="2019-03-02">2 March</time>',
        'Updated <time datetime="2019-05-09">9 May</time> Published <time datetime="2019-03-02">2 March</time>',
        '<p class="post-meta">Modifié le 9 mai 2019, publié le 2 mars 2019</p>',
        "<p>수정 2019.05.09. 입력 2019.03.02.</p>",
        "<p>更新日：2019年5月9日 公開日：2019年3月2日</p>",
    ],
)
def test_the_date_of_a_change_beside_that_of_publication_is_not_taken(shown: str):
    assert read(H1 + shown).date_published == "2019-03-02"


@pytest.mark.parametrize("shown", ["<p>Updated: 9 May 2019</p>", '<div class="date">Stand: 9. Mai 2019</div>'])
def test_the_date_of_a_change_is_better_than_none(shown: str):
    text = f"<p>{'The ferry has sailed since 4 April 2018, and more often than that. ' * 4}</p>"
    assert read(H1 + shown + text + "<p>3 April 2018</p>").date_published == "2019-05-09"


@pytest.mark.parametrize("name", ["article:published_time", "parsely-pub-date", "citation_date", "dc.date", "date"])
def test_meta_tags_are_read(name: str):
    assert read(f'<meta name="{name}" content="2019-03-02">{H1}').date_published == "2019-03-02"


@pytest.mark.parametrize(
    "element",
    [
        '<time datetime="2018-09-16T10:00">yesterday</time>',
        '<span class="entry-date">16 September 2018</span>',
        '<div class="post-meta">Posted on September 16, 2018 by the desk</div>',
        '<p itemprop="datePublished" content="2018-09-16">last Sunday</p>',
        "<p>16 September 2018</p>",
        "<p><b>16.09.2018</b></p>",
    ],
)
def test_the_date_below_the_title_is_read(element: str):
    assert (read(H1 + element).date_published or "")[:10] == "2018-09-16"


def test_the_day_of_the_crawl_in_the_header_is_not_the_date():
    header = '<header><div class="date">Monday, 24 June 2019</div></header>'
    assert read(f"{header}{H1}<p>16 September 2018</p><p>The ferry runs again.</p>").date_published == "2018-09-16"


def test_a_stamped_crawl_day_in_the_header_is_not_the_date():
    header = '<div class="top-date"><time datetime="2019-06-24">Monday, 24 June 2019</time></div>'
    below = '<span class="entry-date">16 September 2018</span>'
    assert read(f"{header}{H1}{below}").date_published == "2018-09-16"


@pytest.mark.parametrize(
    "around",
    [
        "<aside>{}</aside>",
        '<div class="comments">{}</div>',
        '<div class="RelatedPosts">{}</div>',
        "<footer>{}</footer>",
    ],
)
def test_dates_of_other_things_do_not_count(around: str):
    other = around.format('<time datetime="2020-01-01">1 January 2020</time>')
    assert read(f"{H1}{other}<p>16 September 2018</p>").date_published == "2018-09-16"


def test_dates_of_a_list_of_articles_count_less():
    items = "".join(f'<a><p class="item-date">{day} May 2019</p></a>' for day in (3, 4, 5))
    assert read(f'{H1}<div class="post-meta">16 September 2018</div>{items}').date_published == "2018-09-16"


def test_the_modified_date_is_not_the_published_one():
    page = f'{H1}<time class="updated">20 May 2019</time><time>16 September 2018</time>'
    assert read(page).date_published == "2018-09-16"


def test_the_topics_of_a_post_do_not_hide_it():
    post = '<article class="post tag-related category-events"><p class="date">16 September 2018</p></article>'
    assert dict(read(H1 + post).sources)["date_published"] == "dom p.date"


def test_dates_below_the_title_come_before_those_above():
    above, below = "<time>3 May 2019</time>", "<time>16 September 2018</time>"
    assert read(f"<div>{above}</div>{H1}<div>{below}</div>").date_published == "2018-09-16"


def test_the_header_alone_dates_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dates, "guess_date", lambda _: None)
    assert read(f"<header><p>Monday, 24 June 2019</p></header>{H1}").date_published is None


@pytest.mark.parametrize(
    "path", ["/2018/09/16/ferry", "/2018/9/16/ferry.html", "/news-2018-09-16-ferry", "/news/20180916/ferry"]
)
def test_the_day_in_the_url_is_read(path: str):
    metadata = read(H1, f"https://harbourpost.example{path}")
    assert (metadata.date_published, dict(metadata.sources)["date_published"]) == ("2018-09-16", "url")


@pytest.mark.parametrize("path", ["/2018/ferry", "/12018-09-16123", "/id-20189916"])
def test_other_numbers_in_the_url_are_no_date(path: str):
    assert read(H1, f"https://harbourpost.example{path}").date_published is None


def test_the_data_of_scripts_is_read():
    page = H1 + '<script>window.page = {"publishedAt": "2018-09-16T09:30:00Z"}</script>'
    assert read(page).date_published == "2018-09-16T09:30:00+00:00"


def test_american_pages_write_the_month_first():
    assert read(H1 + "<time>04/05/2018</time>", lang="en-US").date_published == "2018-04-05"


def test_the_modified_date_is_better_than_none():
    metadata = read(f'<meta property="article:modified_time" content="2019-05-20">{H1}')
    assert dict(metadata.sources)["date_published"] == "meta article:modified_time"


def test_htmldate_is_asked_last(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dates, "guess_date", lambda _: Found("2018-09-16", "htmldate"))
    assert read(H1 + "<p>no date here</p>").date_published == "2018-09-16"


def test_htmldate_is_not_asked_where_a_date_was_found(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dates, "guess_date", lambda _: pytest.fail("asked"))
    assert read(H1 + "<time>16 September 2018</time>").date_published == "2018-09-16"


@pytest.mark.parametrize("label", ["Erschienen am:", "Mise en ligne", "Published", "公開日："])
def test_a_date_that_the_page_calls_the_one_of_publication_is_taken_before_the_first_in_the_text(label: str):
    page = f"{H1}<p>3 May 2011</p><footer><p><b>{label}</b> 6.11.2012</p></footer>"
    assert (read(page).date_published, dict(read(page).sources)["date_published"]) == (
        "2012-11-06",
        "dom labelled date",
    )


def test_a_date_of_change_is_not_the_one_of_publication():
    assert read(f"{H1}<p>3 May 2011</p><p>Updated: 6.11.2012</p>").date_published == "2011-05-03"


def test_a_date_directly_above_the_title_is_taken_before_one_below():
    page = "<title>Ferry runs again</title><p>3 May 2011</p><h1>Ferry runs again</h1><p>6 May 2012</p>"
    assert read(page).date_published == "2011-05-03"


EVENING = '<meta property="article:published_time" content="2019-03-03T01:30:00Z">' + H1


def test_the_day_that_readers_see_is_taken_where_the_stamp_is_the_next_one_in_utc():
    metadata = read(EVENING + '<p class="post-date">March 2, 2019 at 8:30 PM</p>')
    assert metadata.date_published == "2019-03-02"
    assert dict(metadata.sources)["date_published"] == "dom p.post-date"


def test_the_day_that_readers_see_is_taken_where_the_stamp_is_the_one_before_in_utc():
    page = linked(datePublished="2019-03-02T22:30:00Z") + H1 + '<p class="post-date">3. März 2019</p>'
    assert read(page, lang="de").date_published == "2019-03-03"


@pytest.mark.parametrize(
    ("stamp", "shown"),
    [
        pytest.param("2019-03-03T01:30:00Z", "March 4, 2019", id="the evening before is not the day after"),
        pytest.param("2019-03-03T01:30:00Z", "March 1, 2019", id="no zone is two days behind"),
        pytest.param("2019-03-03T12:30:00Z", "March 2, 2019", id="at noon the day is the same nearly everywhere"),
        pytest.param("2019-03-03T00:00:00Z", "March 2, 2019", id="midnight is a day without a time"),
    ],
)
def test_no_other_day_replaces_the_stamp(stamp: str, shown: str):
    meta = f'<meta property="article:published_time" content="{stamp}">'
    assert read(f'{meta}{H1}<p class="post-date">{shown}</p>').date_published == stamp.replace("Z", "+00:00")


def test_a_stamp_with_an_offset_stays():
    page = EVENING.replace("01:30:00Z", "01:30:00+01:00") + '<p class="post-date">March 2, 2019</p>'
    assert read(page).date_published == "2019-03-03T01:30:00+01:00"


@pytest.mark.parametrize(
    "page",
    [linked(datePublished="1985-03-08"), f'<meta property="article:published_time" content="1985-03-08">{H1}'],
    ids=["json-ld", "meta"],
)
def test_an_article_of_an_archive_has_its_own_day(page: str):
    assert read(f"{page}<p>Digitised on 4 May 2021</p>").date_published == "1985-03-08"


def test_htmldate_is_shown_comments_but_not_very_many():
    said = "<body><p>It rained.</p><!-- PublishDate=2022-09-29 13:46:42 -->"

    assert read(said).date_published == "2022-09-29"

    began_s = time.process_time()
    read("<body><p>It rained.</p>" + "<!-- x -->" * 200_000)
    assert time.process_time() - began_s < 3


def test_no_guess_goes_back_to_an_archives_years():
    assert read(f"{H1}<p>8 March 1985</p>").date_published is None


UNSET = linked(datePublished="1970-01-01T00:00:00+00:00")


@pytest.mark.parametrize(
    "stamp", ["1970-01-01T00:00:00+00:00", "1969-12-31T19:00:00-05:00", "1980-01-01", "1900-01-01T00:00:00Z"]
)
def test_the_day_that_a_system_counts_from_is_no_date(stamp: str):
    assert read(linked(datePublished=stamp) + H1).date_published is None


def test_any_other_date_replaces_the_day_that_a_system_counts_from():
    assert read(f"{UNSET}{H1}<p>16 September 2018</p>").date_published == "2018-09-16"


def test_the_day_that_a_system_counts_from_is_taken_where_readers_see_it():
    shown = '<time datetime="1970-01-01T02:00:00+02:00">1 January 1970</time>'
    assert read(f"{UNSET}{H1}{shown}").date_published == "1970-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("element", "stamp"),
    [
        ('<time itemprop="dateModified" datetime="2026-02-03T11:32:00Z">noon</time>', "2026-02-03T11:32:00+00:00"),
        ('<meta itemprop="dateModified" content="2026-02-03">', "2026-02-03"),
        ('<span property="schema:dateModified" content="2026-02-03">soon</span>', "2026-02-03"),
    ],
    ids=["microdata", "microdata-meta", "rdfa"],
)
def test_the_date_of_the_last_change_is_read_from_the_page(element: str, stamp: str):
    assert read(f"{H1}{element}<p>The ferry runs again.</p>").date_modified == stamp


@pytest.mark.parametrize(
    "element",
    [
        "<p>Updated 3 February 2026</p>",
        '<div class="comments"><time itemprop="dateModified" datetime="2026-02-03">3 Feb</time></div>',
        *("".join(f'<i itemprop="dateModified">2026-02-0{day}</i>' for day in (1, 2, 3)),),
    ],
    ids=["not-for-machines", "comment", "list"],
)
def test_another_date_is_not_that_of_the_last_change(element: str):
    assert read(f"{H1}{element}<p>The ferry runs again.</p>").date_modified is None


def test_the_head_says_first_when_the_article_was_changed():
    element = '<time itemprop="dateModified" datetime="2026-02-03">3 February</time>'
    assert read(f"{linked(dateModified='2026-02-05')}{H1}{element}").date_modified == "2026-02-05"


def test_a_last_change_that_readers_see_is_not_the_publication():
    metadata = read(f'{H1}<p>The ferry runs again.</p><i itemprop="dateModified" content="2026-02-03"></i>')
    assert "dateModified" not in dict(metadata.sources).get("date_published", "")


def test_a_number_that_is_shown_is_no_date_and_one_that_is_said_to_machines_is():
    assert read(f'{H1}<div class="post-meta">1537083000</div>').date_published is None
    assert read(f'{H1}<time datetime="1537083000">lately</time>').date_published == "2018-09-16T07:30:00+00:00"


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        pytest.param('<meta property="og:locale" content="en_US">', "05/03/2019", id="locale"),
        pytest.param("", "05/03/2019 2:22 PM EDT", id="zone"),
        pytest.param('<meta name="last-modified" content="2019-05-03T18:00:00Z">', "05/03/2019", id="last change"),
    ],
)
def test_what_else_the_page_says_tells_that_the_month_comes_first(head: str, shown: str):
    assert read(f'{head}{H1}<div class="date">{shown}</div><p>Text</p>').date_published == "2019-05-03"


@pytest.mark.parametrize(
    ("head", "lang", "shown"),
    [
        pytest.param("", "en", "05/03/2019", id="nothing tells"),
        pytest.param('<meta property="og:locale" content="en_US">', "en-GB", "05/03/2019", id="british"),
        pytest.param('<meta name="last-modified" content="2019-05-04T18:00:00Z">', "en", "05/03/2019", id="other day"),
        pytest.param('<meta name="last-modified" content="2019-05-03T18:00:00Z">', "fr", "05/03/2019", id="french"),
    ],
)
def test_else_the_day_comes_first(head: str, lang: str, shown: str):
    assert read(f'{head}{H1}<div class="date">{shown}</div>', lang=lang).date_published == "2019-03-05"
