"""A crawler of one site: fetched politely, extracted in processes of its own, a bounded number of pages.

python examples/asyncio_crawler.py https://news.example/ 50
python examples/asyncio_crawler.py http://10.1.2.3:8000/ 50 10.1.0.0/16    (an intranet: networks to allow)
"""

import asyncio
import sys
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

import newsclean

AT_ONCE = 4  # pages under way; the fetcher sees to it that the host is asked for one at a time
USER_AGENT = "example-crawler (+https://crawler.example/about)"


async def crawl(start: str, most: int, *private: str) -> list[newsclean.Article]:
    """The articles of a site that are reached from `start`, over at most so many pages."""
    todo: asyncio.Queue[str] = asyncio.Queue()
    seen: set[str] = set()
    articles: list[newsclean.Article] = []

    def visit(url: str) -> None:
        if len(seen) < most and url not in seen and urlsplit(url).netloc == urlsplit(start).netloc:
            seen.add(url)
            todo.put_nowait(url)

    async def work(fetcher: newsclean.AsyncFetcher, pool: newsclean.ExtractorPool) -> None:
        while True:
            url = await todo.get()
            try:
                page = await fetcher.fetch(url)
                for link in links_of(page):
                    visit(link)
                articles.append(await pool.extract(page))  # a page that hangs the parser costs half a minute, no more
            except newsclean.NewscleanError as error:  # not fetched, no article, too complex: error.reason says which
                print(f"skipped: {error}", file=sys.stderr)
            finally:
                todo.task_done()

    policy = newsclean.FetchPolicy(user_agent=USER_AGENT, robots_agent="example-crawler", allow_private=private)
    visit(start)
    with newsclean.ExtractorPool() as pool:
        async with newsclean.AsyncFetcher(policy) as fetcher, asyncio.TaskGroup() as group:
            workers = [group.create_task(work(fetcher, pool)) for _ in range(AT_ONCE)]
            await todo.join()
            for worker in workers:
                worker.cancel()
    return articles


def links_of(page: newsclean.Page) -> Iterator[str]:
    """Where the links of a page lead, without fragments."""
    for link in LexborHTMLParser(page.html).css("a[href]"):
        try:
            yield urldefrag(urljoin(page.final_url, link.attributes["href"] or "")).url
        except ValueError:  # http://[
            continue


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for article in asyncio.run(crawl(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20, *sys.argv[3:])):
        by = ", ".join(article.author_names) or "unsigned"
        print(f"{article.date_published or '?':10.10}  {article.title}  ({by})")
