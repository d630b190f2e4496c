"""Extraction in workers: the same articles, the same errors, and hostile pages (rows 54 to 57 of the fault matrix)."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import newsclean
from newsclean.batch.extractor import WARMING, ExtractorPool
from newsclean.clean.options import Options
from newsclean.demo.server import serve
from newsclean.errors import NewscleanError, NoArticle, TooComplex, WorkerFailed
from newsclean.model import Page

LAST = "Sluice number four was greased"
ARTICLE = (
    "<article><h1>Ostrava canal fills again</h1>"
    + "".join(
        f"<p>Sluice number {name} was greased before dawn, and the keeper of the canal said that the water would reach "
        "the old mill by noon if nobody left a gate open on the way.</p>"
        for name in "one two three four".split()
    )
    + "</article>"
)


def html(body: str = ARTICLE, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang=en><head><title>Canal</title>{head}</head><body>{body}</body></html>"


def page(text: str | bytes, url: str = "https://canal.example/a") -> Page:
    sent = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return Page(url, url, sent, 'text/html; charset="utf-8"')


@pytest.fixture(scope="module")
def pool():
    with ExtractorPool(workers=1) as pool:
        yield pool


def test_the_article_is_the_one_that_extract_gives(pool):
    article = pool.submit(page(html())).result(60)

    assert article == newsclean.extract(html(), url="https://canal.example/a")
    assert LAST in article.text


def test_a_page_without_an_article_is_what_extract_says_it_is(pool):
    error = pool.submit(page(html("<p>Hello</p>"))).exception(60)

    assert type(error) is NoArticle
    assert error.url == "https://canal.example/a"


@pytest.mark.parametrize("workers", [0, -1])
def test_a_pool_without_workers_is_refused(workers):
    with pytest.raises(ValueError, match="at least 1"):
        ExtractorPool(workers=workers)


@pytest.mark.parametrize("given", ["<p>Hello</p>", b"<p>Hello</p>"])
def test_what_is_no_page_is_refused_with_how_to_make_one(pool, given):
    with pytest.raises(TypeError, match=r"newsclean\.Page\(url, url, html\)"):
        pool.submit(given)


def test_options_reach_the_worker(pool):
    with_share = page(html(ARTICLE.replace("</h1>", "</h1><p>Share this article on Facebook</p>")))
    with ExtractorPool(Options(without=frozenset({"en/share-buttons"})), workers=1) as lenient:
        kept = lenient.submit(with_share).result(60)

    rules = [{c.rule for c in article.changes} for article in (pool.submit(with_share).result(60), kept)]
    assert ["en/share-buttons" in r for r in rules] == [True, False]


def test_in_asyncio_pages_are_awaited_side_by_side(pool):
    async def crawl() -> list[newsclean.Article]:
        return await asyncio.gather(*(pool.extract(page(html(), f"https://canal.example/{n}")) for n in range(5)))

    assert [a.url for a in asyncio.run(crawl())] == [f"https://canal.example/{n}" for n in range(5)]


def test_in_asyncio_errors_are_raised_where_the_page_is_awaited(pool):
    async def crawl() -> list[newsclean.Article | BaseException]:
        pages = page(html("<p>Hello</p>")), page(html())
        return await asyncio.gather(*map(pool.extract, pages), return_exceptions=True)

    error, article = asyncio.run(crawl())
    assert isinstance(error, NoArticle)
    assert isinstance(article, newsclean.Article)


def test_the_loop_goes_on_while_a_page_is_extracted(pool):
    wide = page(html(ARTICLE + "<p>word</p>" * 10_000))

    async def crawl() -> int:
        extracting = asyncio.ensure_future(pool.extract(wide))
        ticks = 0
        while not extracting.done():
            await asyncio.sleep(0.005)
            ticks += 1
        return ticks

    assert asyncio.run(crawl()) > 5


def test_a_page_that_takes_too_long_is_named_and_its_awaiter_told():
    async def crawl(pool: ExtractorPool) -> None:
        await pool.extract(page(html(ARTICLE + "<p>word</p>" * 10_000)))

    with ExtractorPool(workers=1, timeout_s=0.05) as hasty, pytest.raises(WorkerFailed) as raised:
        asyncio.run(crawl(hasty))

    assert (raised.value.reason, raised.value.url) == ("extract_timeout", "https://canal.example/a")


def test_a_cancelled_await_costs_nothing(pool):
    async def crawl() -> newsclean.Article:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.001):
                await pool.extract(page(html(ARTICLE + "<p>word</p>" * 10_000)))
        return await pool.extract(page(html()))

    assert LAST in asyncio.run(crawl()).text


def test_the_page_that_warms_a_worker_is_an_article():
    assert newsclean.extract(WARMING.html).title == "The ferry is back"


# In a crawler

POLICY = newsclean.FetchPolicy(robots=False, delay_s=0, allow_private=("127.0.0.0/8",), max_per_host=4)
SITE = {"/a": html().encode(), "/b": html("<p>Hello</p>").encode(), "/c": html().encode()}
CRAWLED = {"/a": "Ostrava canal fills again", "/b": "no_body", "/c": "Ostrava canal fills again", "/gone": "http_4xx"}


def outcome(made: newsclean.Article | BaseException) -> str | None:
    """What a crawler notes of a page."""
    return made.reason if isinstance(made, NewscleanError) else made.title


def test_an_asyncio_crawler_gets_every_page_or_its_reason(pool):
    async def crawl(base: str) -> list[newsclean.Article | BaseException]:
        async with newsclean.AsyncFetcher(POLICY) as fetcher:

            async def visit(path: str) -> newsclean.Article:
                return await pool.extract(await fetcher.fetch(base + path))

            return await asyncio.gather(*map(visit, CRAWLED), return_exceptions=True)

    with serve(SITE) as base:
        made = asyncio.run(crawl(base))

    assert dict(zip(CRAWLED, map(outcome, made), strict=True)) == CRAWLED


def test_a_crawler_with_threads_does_too(pool):
    def visit(url: str) -> newsclean.Article | BaseException:
        try:
            return pool.submit(newsclean.fetch(url, policy=POLICY)).result(60)
        except NewscleanError as error:
            return error

    with serve(SITE) as base, ThreadPoolExecutor(2) as threads:
        made = [*threads.map(visit, [base + path for path in CRAWLED])]

    assert dict(zip(CRAWLED, map(outcome, made), strict=True)) == CRAWLED


# Rows 54 to 57: the result is typed and comes in time

HOSTILE = {
    "54-form-feed": (html(ARTICLE.replace("four was", "four was&#12;")), None),
    "55-10,000-paragraphs": (html(ARTICLE + "<p>word</p>" * 10_000), None),
    "56-json-ld-bomb": (html(head='<script type="application/ld+json">{' + '"author":"' * 100_000 + "</script>"), None),
    "57-a-million-divs": (html(ARTICLE + "<div>" * 1_000_000), (TooComplex, "html_too_complex")),
    "57-200,000-divs-around": (html("<div>" * 200_000 + ARTICLE), None),
    "57-text-of-50-mb": (html(ARTICLE + "<p>" + "word " * 10_000_000), (TooComplex, "html_too_complex")),
    "57-nuls": (html(ARTICLE.replace("four was", "four was\0\0\0")), None),
    "57-nothing-but-nuls": (b"\0" * 100_000, (NoArticle, "not_html")),
    "57-lone-surrogates": (html(ARTICLE, "<title>\ud800 Canal</title>") + "\udfff" * 1000, None),
}


@pytest.mark.parametrize("row", HOSTILE)
def test_a_hostile_page_is_done_or_refused_in_time(pool, row):
    text, refused = HOSTILE[row]
    began = time.process_time()
    try:
        here: object = newsclean.extract(text, url="https://canal.example/a").text
    except NewscleanError as error:
        here = (type(error), error.reason)
    cpu_s = time.process_time() - began
    good_ones = [pool.submit(page(html(ARTICLE))) for _ in range(3)]
    future = pool.submit(page(text))
    good_ones.append(pool.submit(page(html(ARTICLE))))
    error = future.exception(60)
    there = (type(error), error.reason) if error else future.result().text

    assert cpu_s < 5
    assert all(LAST in good.result(60).text for good in good_ones)
    for result in (here, there):
        assert result == refused if refused else LAST in result
