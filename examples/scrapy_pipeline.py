"""newsclean in Scrapy: an item pipeline that turns the pages of any spider into clean articles.

pip install scrapy newsclean
scrapy runspider examples/scrapy_pipeline.py -a start=https://news.example/ -O articles.jsonl

Copy `NewscleanPipeline` into a project and name it in ITEM_PIPELINES; it takes items with `url` and `html`.
"""

from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urlsplit

import scrapy
from scrapy.exceptions import DropItem
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor

import newsclean

LINKS = LinkExtractor(allow="^https?:")  # response.follow_all(css=…) ends at the first tel: or javascript:


class NewscleanPipeline:
    """Extracts and cleans in worker processes, so that the reactor goes on and no page can hang or crash the spider."""

    def open_spider(self) -> None:
        """Have workers; they start with the first page."""
        self.pool = newsclean.ExtractorPool()

    def close_spider(self) -> None:
        """End the workers."""
        self.pool.close()

    async def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Turn a page into an article's record, or drop it with the reason."""
        html = item.pop("html")  # Scrapy logs an item that is dropped
        page = newsclean.Page(item["url"], item["url"], html, content_type=item.get("content_type"))
        try:
            article = await self.pool.extract(page)
        except newsclean.NewscleanError as error:
            raise DropItem(f"{error.reason}: {error}") from error
        return article.to_dict()


class NewsSpider(scrapy.Spider):
    """Follows the links of one site, politely and not for ever."""

    name = "news"
    custom_settings: ClassVar[dict[str, Any]] = {
        "ITEM_PIPELINES": {NewscleanPipeline: 300},
        "CLOSESPIDER_PAGECOUNT": 50,
        "DEPTH_LIMIT": 3,
        "DOWNLOAD_DELAY": 1.0,
        "DOWNLOAD_MAXSIZE": 10 * 1024 * 1024,
        "ROBOTSTXT_OBEY": True,
        "USER_AGENT": "example-spider (+https://spider.example/about)",
    }

    def __init__(self, start: str, **others: Any) -> None:
        super().__init__(**others)
        self.start_urls = [start]
        self.allowed_domains = [urlsplit(start).hostname]

    def parse(self, response: Response) -> Iterator[Any]:
        """Hand the page on as it came, and follow its links."""
        if not isinstance(response, TextResponse):
            return  # an image, or the like
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        yield {"url": response.url, "html": response.body, "content_type": content_type}
        yield from response.follow_all(LINKS.extract_links(response))
