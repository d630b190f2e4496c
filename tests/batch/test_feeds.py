"""Feeds and sitemaps lead to their pages, whoever wrote them; hostile ones cost little."""

from __future__ import annotations

import asyncio
import gzip
import resource
import tracemalloc
from pathlib import Path

import httpx
import pytest

from newsclean.batch import feeds
from newsclean.batch.aside import read_aside
from newsclean.batch.feeds import MOST_LINKS, Feed, feed_inputs, read_feed
from newsclean.batch.inputs import read_inputs
from newsclean.batch.sources import Input
from newsclean.errors import BadBody
from newsclean.fetch.policy import FetchPolicy

URL = "https://mill.example/news/feed.xml"
A, B = "https://mill.example/a", "https://mill.example/b"
POLICY = FetchPolicy(delay_s=0, backoff_base_s=0, attempts=1)
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def links(text: str | bytes) -> tuple[str, ...]:
    return read_feed(text.encode() if isinstance(text, str) else text, URL).links


def urlset(*urls: str) -> bytes:
    return f"<urlset {XMLNS}>{''.join(f'<url><loc>{u}</loc></url>' for u in urls)}</urlset>".encode()


def index(*urls: str) -> bytes:
    entries = "".join(f"<sitemap><loc>{u}</loc></sitemap>" for u in urls)
    return f"<sitemapindex {XMLNS}>{entries}</sitemapindex>".encode()


# What they say


FEEDS = {
    "rss": f"""<rss version='2.0'><channel><link>https://mill.example</link>
        <item><title>x</title><link>{A}</link></item><item><link>\n {B} </link></item></channel></rss>""",
    "guids": f"""<rss><channel><item><guid>{A}</guid></item>
        <item><guid isPermaLink='false'>77</guid><link>{B}</link></item></channel></rss>""",
    "atom-in-rss": f"""<rss xmlns:atom='http://www.w3.org/2005/Atom'><channel><atom:link href='{URL}' rel='self'/>
        <item><atom:link href='x' rel='self'/><link><![CDATA[{A}]]></link></item>
        <item><link>/b</link></item></channel></rss>""",
    "rss-1": f"""<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>
        <channel><link>https://mill.example</link></channel>
        <item><link>{A}</link></item><item><link>{B}</link></item></rdf:RDF>""",
    "atom": f"""<feed xmlns='http://www.w3.org/2005/Atom'><link href='https://mill.example'/><entry>
        <link rel='enclosure' href='x.mp3'/><link rel='alternate' href='{A}'/><link href='{A}?2'/></entry><entry>
        <content type='xhtml'><div><link href='no'/></div></content><link href='../b'/></entry></feed>""",
    "base": f"""<feed xml:base='https://mill.example/x/'><entry><link href='../a'/></entry>
        <entry><link href='{B}'/></entry></feed>""",
    "sitemap": f"""<urlset {XMLNS}><url><loc>{A}</loc><lastmod>2026-03-04</lastmod></url>
        <url><loc> {B}\n</loc></url></urlset>""",
    "news-and-images": f"""<urlset {XMLNS} xmlns:image='i' xmlns:news='n' xmlns:xhtml='h'><url>
        <xhtml:link rel='alternate' href='no'/><image:image><image:loc>no</image:loc></image:image><loc>{A}</loc>
        <news:news><news:title>x</news:title></news:news></url><url><loc>{B}</loc></url><url><loc>{A}</loc></url></urlset>""",
}


@pytest.mark.parametrize("text", FEEDS.values(), ids=FEEDS)
def test_the_links_of_entries_are_found_in_order_and_once(text: str):
    assert links(f"<?xml version='1.0'?>\n<!-- ours -->{text}") == (A, B)


def test_an_index_leads_to_sitemaps():
    assert read_feed(index(A, B), URL) == Feed(sitemaps=(A, B))


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(urlset(A, B)),
        b"\xef\xbb\xbf" + urlset(A, B),
        b"\xff\xfe" + urlset(A, B).decode().encode("utf-16-le"),
        urlset(A, B)[:-9],
        urlset(A, B) + b"<p>behind the end",
        b"<rss><channel><item><title>Salt & pepper &nbsp; <b>x</title><link>%s</link></item><item><link>%s</link></item>"
        % (A.encode(), B.encode()),
    ],
    ids=["gzip", "mark", "utf-16", "cut-off", "more-behind", "malformed"],
)
def test_what_is_not_quite_xml_is_read_all_the_same(data: bytes):
    assert links(data) == (A, B)


@pytest.mark.parametrize(
    ("data", "is_cut"),
    [
        (urlset(A, B)[:-20], True),
        (urlset(A, B) + b"<!-- made by hand -->\n", False),
        (b"<rss><channel><item><title><br>x</title><link>http://a.example/</link></item></channel></rss>", False),
        (urlset(A).decode().encode("utf-16"), False),
    ],
    ids=["entry", "whole", "a tag without end", "utf-16"],
)
def test_a_feed_that_breaks_off_is_told(data: bytes, is_cut: bool, caplog: pytest.LogCaptureFixture):
    assert links(data)
    assert [record.getMessage() for record in caplog.records] == [
        f"{URL}: it breaks off: there may be more in it than was read"
    ] * is_cut


@pytest.mark.parametrize(
    "data", [b"", b"mill", b"<html><p>x", b"<feeds><entry/></feeds>", b"<a><rss/></a>", b"\x00" * 2000]
)
def test_something_else_is_no_feed(data: bytes):
    with pytest.raises(BadBody) as caught:
        read_feed(data, URL)
    assert caught.value.reason == "not_feed"


def test_no_more_links_are_taken_than_a_sitemap_may_have():
    assert len(links(urlset(*(f"{A}/{n}" for n in range(MOST_LINKS + 10))))) == MOST_LINKS


# Hostile ones


def hostile(name: str) -> bytes:
    """Some 2 MB of trouble, with one good link before it."""
    size = 2_000_000
    good = b"<rss><channel><item><link>https://mill.example/a</link></item>"
    lol = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    made = {
        "laughs": b'<!DOCTYPE rss [<!ENTITY l0 "ha">' + lol + b"]>" + good + b"<item><link>&l11;</link></item>",
        "quadratic": b'<!DOCTYPE rss [<!ENTITY a "' + b"a" * 100_000 + b'">]>' + good + b"<item>" + b"&a;" * 30_000,
        "file": b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + good + b"<item><link>&x;</link></item>",
        "dtd": b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">' + good,
        "depth": good + b"<a>" * (size // 3),
        "elements": good + b"<a/>" * (size // 4),
        "attributes": good + b"<a " + b"".join(b"a%d='' " % n for n in range(size // 12)) + b">",
        "text": good + b"<item><link>" + b"a" * size,
        "less-than": good + b"<" * size,
        "ampersand": good + b"&" * size,
        "cdata": good + b"<![CDATA[" * (size // 9),
        "comment": good + b"<!--" * (size // 4),
        "items": good + b"<item>" * (size // 6),
        "link": good + b"<item><link href='" + b"a" * size,
    }
    return made[name]


@pytest.mark.parametrize(
    "name",
    "laughs quadratic file dtd depth elements attributes text less-than ampersand cdata comment items link".split(),
)
def test_a_hostile_feed_costs_little_and_leads_nowhere(name: str):
    data = hostile(name)
    before = resource.getrusage(resource.RUSAGE_SELF)
    found = links(data)
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert found[:1] in {(A,), ()}
    assert all("mill.example" in link and len(link) < 8300 for link in found)
    assert after.ru_utime - before.ru_utime < 10  # the slowest takes 1.5 s
    assert after.ru_maxrss - before.ru_maxrss < 200_000  # KB


def test_a_feed_reads_no_files(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("k7f3")
    found = links(
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        f"<rss><channel><item><link>{A}?q&x;</link></item></channel></rss>"
    )
    assert found == (f"{A}?q",)


def test_a_bomb_is_not_unpacked_as_a_whole():
    bomb = gzip.compress(urlset(A) + b" " * 100_000_000, 1)
    tracemalloc.start()
    with pytest.raises(BadBody) as caught:
        read_feed(bomb, URL)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.reason == "decoded_too_large"
    assert peak < 10_000_000


# Fetched


class Site(httpx.AsyncBaseTransport):
    """Paths and what they hold; others are not there."""

    def __init__(self, **bodies: bytes) -> None:
        self.bodies = {f"/{name}.xml": body for name, body in bodies.items()}
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Give what is there."""
        path = request.url.path
        self.asked.append(path)
        body = self.bodies.get(path)
        return httpx.Response(200, headers={"content-type": "text/xml"}, content=body) if body else httpx.Response(404)


def url(name: str) -> str:
    return f"https://mill.example/{name}.xml"


def fetched(site: Site, *names: str, policy: FetchPolicy = POLICY) -> list[Input]:
    return list(feed_inputs(map(url, names), policy, transport=site))


def test_a_feed_is_fetched_as_politely_as_a_page():
    site = Site(feed=urlset(A, B))
    assert [i.source for i in fetched(site, "feed")] == [A, B]
    assert site.asked == ["/robots.txt", "/feed.xml"]


def test_an_index_is_followed_and_nothing_is_asked_for_twice():
    site = Site(top=index(url("one"), url("two"), url("one")), one=urlset(A), two=index(url("three"), url("top")))
    site.bodies["/three.xml"] = gzip.compress(urlset(B))
    assert [i.source for i in fetched(site, "top")] == [A, B]
    assert site.asked == ["/robots.txt", "/top.xml", "/one.xml", "/two.xml", "/three.xml"]


def test_an_index_is_followed_three_levels_deep():
    site = Site(a=index(url("b")), b=index(url("c")), c=index(url("d")), d=urlset(A))
    (failed,) = fetched(site, "a")
    assert (failed.source, failed.error.reason) == (url("c"), "not_feed")
    assert "/d.xml" not in site.asked


def test_what_cannot_be_had_fails_alone():
    site = Site(top=index(url("gone"), url("page"), url("good")), page=b"<!doctype html><p>x", good=urlset(A))
    failed, no_feed, good = fetched(site, "top")
    assert (failed.error.reason, no_feed.error.reason, good.source) == ("http_4xx", "not_feed", A)


def test_so_many_sitemaps_are_followed_and_no_more(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(feeds, "MOST_FILES", 4)
    site = Site(top=index(*(url(f"s{n}") for n in range(10))))
    assert len(fetched(site, "top")) == 3
    assert len(site.asked) == 5


def test_a_site_that_disallows_its_feed_is_obeyed():
    site = Site(feed=urlset(A))
    site.bodies["/robots.txt"] = b"User-agent: *\nDisallow: /feed"
    (failed,) = fetched(site, "feed")
    assert failed.error.reason == "robots_disallowed"


def test_feeds_have_a_limit_of_their_own():
    site = Site(feed=urlset(*(f"{A}/{n}" for n in range(100))))
    (failed,) = fetched(site, "feed", policy=FetchPolicy(delay_s=0, max_bytes=10**9, max_feed_bytes=1000))
    assert failed.error.reason == "too_large"


def test_feeds_are_fetched_as_inputs_are_asked_for():
    site = Site(one=urlset(A), two=urlset(B))
    found = feed_inputs([url("one"), url("two")], POLICY, transport=site)
    assert next(found).source == A
    assert "/two.xml" not in site.asked
    found.close()


def test_feeds_can_be_fetched_where_a_loop_is_running():
    async def in_a_loop() -> list[Input]:
        found = read_aside(feed_inputs([url("feed")], POLICY, transport=Site(feed=urlset(A))))
        return [*filter(None, found)]

    assert [i.source for i in asyncio.run(in_a_loop())] == [A]


def test_a_link_that_is_no_url_fails_alone():
    site = Site(feed=urlset("mailto:mill@mill.example", A, "http://[::1"))
    assert [i.error.reason if i.error else "" for i in fetched(site, "feed")] == ["scheme_blocked", "", "invalid_url"]


def test_there_is_nothing_to_read_of_a_saved_index(tmp_path: Path):
    (failed,) = feeds.saved_inputs(index(A), "sitemap.xml")
    assert "--feed" in str(failed.error)


def test_a_feed_in_utf_16_is_fetched_and_read_from_a_file(tmp_path: Path):
    data = urlset(A, B).decode().encode("utf-16")
    (tmp_path / "feed.xml").write_bytes(data)
    served = httpx.MockTransport(
        lambda request: httpx.Response(200, headers={"content-type": "text/xml"}, content=data)
    )

    assert [found.source for found in feed_inputs([URL], FetchPolicy(robots=False), transport=served)] == [A, B]
    assert [found.source for found in read_inputs([tmp_path / "feed.xml"])] == [A, B]
