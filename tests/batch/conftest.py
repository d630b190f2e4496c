"""What the tests of the batch share: a small web that counts what is asked of it, and an extractor without a parser."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from newsclean.batch.run import run
from newsclean.errors import BadStatus, NoArticle
from newsclean.fetch.policy import FetchPolicy
from newsclean.model import Article, Block, Metadata, Outcome, Page


@dataclass
class Web:
    """Pages by URL; every other URL is a 404."""

    pages: dict[str, str] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    running: int = 0
    most_at_once: int = 0
    meet: int = 1  # so many fetches wait for each other, however busy the machine is; then a while for one too many

    async def fetch(self, url: str) -> Page:
        """The page, or a 404; counts both."""
        self.asked[url] += 1
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        if self.meet > 1:
            for _ in range(5_000):
                if self.most_at_once >= self.meet:
                    break
                await asyncio.sleep(0.001)
            await asyncio.sleep(0.01)
        await asyncio.sleep(0)
        self.running -= 1
        if url not in self.pages:
            raise BadStatus(404, url=url)
        return Page(url, f"{url}?final", self.pages[url].encode())


def extract(page: Page) -> Article:
    """Takes the first line as title, the rest as body; a page that says so has no article, or breaks us."""
    title, *lines = page.html.decode().splitlines()
    if title == "wall":
        raise NoArticle(reason="consent_wall", url=page.url)
    if title == "bug":
        raise ZeroDivisionError("no drops in the weir")
    blocks = tuple(Block(i, "paragraph", line) for i, line in enumerate(lines))
    return Article(page.url, Metadata(title=title), blocks, notes=("short",) if len(lines) < 2 else ())


@dataclass
class Batch:
    """A web, an output folder, and a run from the one into the other."""

    web: Web
    out: Path

    def run(self, inputs: Any, **switches: Any) -> Iterator[Outcome]:
        """The batch as it runs, on the small web unless told otherwise."""
        defaults = {
            "fetch": self.web.fetch,
            "extract": extract,
            "policy": FetchPolicy(max_connections=4, max_per_host=4),
        }
        return run(inputs, self.out, **(defaults | switches))

    def all(self, inputs: Any, **switches: Any) -> list[Outcome]:
        """The outcomes, in the order of the inputs."""
        return sorted(self.run(inputs, **switches), key=lambda o: o.index)

    def manifest(self) -> list[dict[str, Any]]:
        """Its lines."""
        return [json.loads(line) for line in (self.out / "manifest.jsonl").read_text("utf-8").splitlines()]

    def files(self) -> dict[str, bytes]:
        """All files in the output folder."""
        return {p.name: p.read_bytes() for p in self.out.iterdir() if p.is_file()}


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    """Three pages, mill.example/a, /b and /c, and an output folder that is not there yet."""
    return Batch(Web({url(name): f"Story {name}\nIt rained.\nIt stopped." for name in "abc"}), tmp_path / "out")


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes a file beside the output folder, with the folders on the way."""

    def write_file(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return write_file


def url(name: str) -> str:
    """A page of the small web."""
    return f"https://mill.example/{name}"
