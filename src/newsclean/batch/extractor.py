"""Extraction in worker processes, for crawlers: no page, however hostile, takes the crawler with it."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from dataclasses import dataclass

from newsclean.batch.workers import MEMORY_BYTES, WorkerPool
from newsclean.clean.options import Options
from newsclean.flow import article_of
from newsclean.model import Article, Page

WARMING = Page(
    url="https://news.example/",
    final_url="https://news.example/",
    html=b"""<!DOCTYPE html><html lang="en"><head><title>The ferry is back</title></head><body><article>
<h1>The ferry is back</h1><p>By Nora Quill</p>
<p>The ferry to the north shore sails again from Monday, after a winter in which its engine was mended.</p>
<p>Those who live across the water had to drive around the whole lake, which takes an hour when the road is dry.</p>
<p>The first boat leaves at six in the morning, and the last one comes back when the lamps on the pier are lit.</p>
</article></body></html>""",
)


@dataclass(frozen=True, slots=True)
class Extract:
    """`flow.article_of` as work for a WorkerPool."""

    options: Options | None = None

    def __call__(self, page: Page) -> Article:
        """The clean article of a page; errors as `article_of`."""
        return article_of(page, self.options)

    def warm(self) -> None:
        """Load the libraries, the rules and the models."""
        article_of(WARMING, self.options)


class ExtractorPool(WorkerPool):
    """`newsclean.extract` in processes of their own: `submit` from threads, `await extract` in asyncio.

    What it raises is what `extract` raises, and WorkerFailed: the page took too long, too much memory, or crashed its
    process.

    Example:
        with newsclean.ExtractorPool() as pool:
            article = await pool.extract(page)
    """

    def __init__(
        self,
        options: Options | None = None,
        *,
        workers: int | None = None,
        timeout_s: float = 30.0,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        """Take the options of the cleaning; the others are those of WorkerPool."""
        super().__init__(
            Extract(options),
            workers=workers,
            timeout_s=timeout_s,
            memory_bytes=memory_bytes,
        )

    def submit(self, task: Page) -> Future[Article]:
        """Have the article of a page made; from any thread. As `WorkerPool.submit`.

        Raises:
            TypeError: it is no Page.
        """
        if not isinstance(task, Page):
            raise TypeError(f"{type(task).__name__} is no page; of HTML make one: newsclean.Page(url, url, html)")
        return super().submit(task)

    async def extract(self, page: Page) -> Article:
        """The clean article of a page, while the event loop goes on."""
        return await asyncio.wrap_future(self.submit(page))
