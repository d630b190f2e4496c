"""A small crawler around the library: fetch pages of one site side by side, follow its links, keep the articles.

python examples/crawler.py https://news.example/ 50
python examples/crawler.py http://10.1.2.3:8000/ 50 10.1.0.0/16    (an intranet: networks to allow)
"""

import asyncio
import sys
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import newsclean


class Links(HTMLParser):
    """Collects where a page's links lead."""

    def __init__(self, base: str, html: str) -> None:
        super().__init__()
        self.base, self.found = base, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Keep the target of a link, made absolute, without its fragment."""
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(urldefrag(urljoin(self.base, href)).url)


async def crawl(start: str, max_pages: int, *private: str) -> list[newsclean.Article]:
    """The articles of a site that are reached from `start`, at most `max_pages` pages away from it."""
    articles, seen = [], {start}
    policy = newsclean.FetchPolicy(
        max_per_host=2,
        user_agent="example-crawler (+https://crawler.example/about)",
        robots_agent="example-crawler",
        allow_private=private,
    )
    async with newsclean.AsyncFetcher(policy) as fetcher:
        waiting = [start]
        while waiting and len(seen) <= max_pages:
            pages = await asyncio.gather(*map(fetcher.fetch, waiting), return_exceptions=True)
            waiting = []
            for page in pages:
                if isinstance(page, newsclean.FetchError):
                    print(f"skipped: {page}", file=sys.stderr)
                    continue
                if isinstance(page, BaseException):
                    raise page
                for link in Links(page.final_url, page.html.decode("utf-8", "replace")).found:
                    if urlsplit(link).netloc == urlsplit(start).netloc and link not in seen and len(seen) < max_pages:
                        seen.add(link)
                        waiting.append(link)
                try:
                    # extraction is work for the CPU: off the event loop, so that fetching goes on
                    articles.append(await asyncio.to_thread(newsclean.extract, page.html, page.final_url))
                except newsclean.NoArticle as error:
                    print(f"no article: {error}", file=sys.stderr)
    return articles


if __name__ == "__main__":
    for article in asyncio.run(crawl(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20, *sys.argv[3:])):
        by = ", ".join(article.author_names) or "unsigned"
        print(f"{article.date_published or '?':10.10}  {article.title}  ({by})")
