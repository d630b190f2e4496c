"""Pages that come with the inputs, in WARC files and JSONL, in the place of those that would be fetched."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsclean.batch.fetcher import Fetch, Fetcher
from newsclean.batch.inputs import kind_of
from newsclean.batch.lists import MAX_JSON_LINE, json_lines, json_object
from newsclean.batch.saved import load_page, open_file, reading
from newsclean.batch.sources import Input, is_url
from newsclean.batch.warc_in import WarcPages, key_of
from newsclean.daemons import in_daemon
from newsclean.errors import BadBody, FetchError, InputError
from newsclean.fetch.policy import DEFAULT_POLICY
from newsclean.model import Page


class AtHand(Fetcher):
    """Gives what files hold, and has a fetch function bring all else.

    Args:
        files: WARC files and JSONL lists.
        inner: for all that they don't hold.
        max_bytes: of one page.
    """

    def __init__(self, files: Iterable[Path], inner: Fetch, *, max_bytes: int = DEFAULT_POLICY.max_bytes) -> None:
        kinds = [(kind_of(file), file) for file in files]
        super().__init__(inner)
        self._lists = JsonPages([file for kind, file in kinds if kind == "jsonl"], max_bytes)
        self._archives = WarcPages([file for kind, file in kinds if kind == "warc"], max_bytes=max_bytes)

    async def fetch(self, url: str, **switches: Any) -> Page:
        """The page; errors are those of whoever has it."""
        for here in (self._lists, self._archives):
            try:
                return await here.fetch(url)
            except FetchError as error:
                if error.reason != "not_archived":
                    raise
        return await super().fetch(url, **switches)

    def wait_s(self, url: str) -> float:
        """As that of the function; 0 if nothing is asked of the host."""
        return 0.0 if self._holds(url) else super().wait_s(url)

    async def prepare_host(self, url: str) -> None:
        """As that of the function; nothing if nothing is asked of the host."""
        await self._lists.index()
        await self._archives.index()
        if not self._holds(url):
            await super().prepare_host(url)

    def _holds(self, url: str) -> bool:
        return self._lists.holds(url) or self._archives.holds(url)


class JsonPages:
    """The pages in JSONL lists: lines with a `url` and its `html`, or the `file` that it is saved in.

    Args:
        files: not gzipped: a line must be found again.
        max_bytes: of one page.
    """

    def __init__(self, files: Iterable[Path], max_bytes: int) -> None:
        self._files = tuple(files)
        self._max_bytes = max_bytes
        self._index: dict[int, tuple[int, int]] | None = None  # the key of a URL -> number of the file, offset
        self._making = asyncio.Lock()

    async def fetch(self, url: str) -> Page:
        """The page of a URL.

        Raises:
            FetchError: `not_archived`.
            BadBody: too_large; decode_error, truncated_body if its file can't be unpacked.
            InputError: missing_file, unreadable_file.
        """
        place = (await self.index()).get(key_of(url) or 0)
        if place is None:
            raise FetchError(reason="not_archived", url=url)
        return self._page(url, self._files[place[0]], place[1])

    async def index(self) -> dict[int, tuple[int, int]]:
        """The number of the file and the offset of each URL's page, by its key; made when it is first asked for."""
        async with self._making:
            if self._index is None:
                self._index = await in_daemon(self._make_index)
            return self._index

    def holds(self, url: str) -> bool:
        """Whether the page of a URL is here; not until the index was made."""
        return bool(self._index) and key_of(url) in (self._index or {})

    def _make_index(self) -> dict[int, tuple[int, int]]:
        index: dict[int, tuple[int, int]] = {}
        for number, path in enumerate(self._files):
            with open_file(path) as stream:
                for at, line in json_lines(stream):
                    said = json_object(line)
                    if has_page(said) and (key := key_of(said["url"])) is not None:
                        index.setdefault(key, (number, at))
        return index

    def _page(self, url: str, path: Path, at: int) -> Page:
        with reading(path), open_file(path) as stream:
            stream.seek(at)
            said = json_object(stream.readline(MAX_JSON_LINE))
        if isinstance(said.get("html"), str):
            html = said["html"].encode("utf-8", "replace")
            if len(html) > self._max_bytes:
                raise BadBody(f"more than {self._max_bytes:,} bytes", reason="too_large", url=url)
            return Page(url, url, html, "text/html; charset=utf-8")
        if isinstance(said.get("file"), str):
            return replace(load_page(path.parent / said["file"], self._max_bytes), url=url, final_url=url)
        raise InputError("the list has changed", url=str(path))


def has_page(said: dict[str, Any]) -> bool:
    """Whether a line's object brings the page of its URL along."""
    return isinstance(said.get("url"), str) and (isinstance(said.get("html"), str) or isinstance(said.get("file"), str))


def files_with_pages(args: Iterable[str | Path | Input]) -> list[Path]:
    """Those of a batch's arguments that may hold pages of URLs: WARC files and JSONL."""
    named = [Path(arg) for arg in args if not isinstance(arg, Input) and str(arg) != "-" and not is_url(str(arg))]
    return [path for path in named if path.is_file() and kind_of(path) in {"warc", "jsonl"}]
