"""WARC files in the network's place, and as inputs: what was archived comes again, byte for byte, failures included."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from newsclean.batch.saved import head, reading
from newsclean.batch.warc_http import MAX_HEAD_BYTES, ArchivedAnswer, page_of, read_answer
from newsclean.batch.warc_library import installed
from newsclean.batch.warc_records import Record, record_at, records
from newsclean.batch.warc_scan import WARC_START
from newsclean.daemons import in_daemon
from newsclean.errors import BadRedirect, BadUrl, FetchError, InputError, NewscleanError
from newsclean.fetch.kinds import HTML, REDIRECTS
from newsclean.fetch.policy import DEFAULT_POLICY
from newsclean.fetch.refresh import refresh_of
from newsclean.model import Hop, Page
from newsclean.output.warc_failure import FAILURE_TYPE, error_of
from newsclean.output.warc_failure import MAX_BYTES as MAX_FAILURE_BYTES
from newsclean.output.warc_names import OPEN, WARC_SUFFIXES
from newsclean.sniff import is_html
from newsclean.urls import joined, normalize_url, url_key

PEEK_BYTES = 16 * 1024  # of a block, to see what answer it holds
log = logging.getLogger(__name__)
MAX_HOPS = 20  # browsers follow as many
OFFSET_BITS = 48  # of a place in the index; the number of its file stands above


class WarcPages:
    """The pages of archives. The index that `fetch` needs is made in one pass, when it is first asked.

    Of several records for one URL a page or redirect counts before a failure, and the last before those before it.

    Args:
        paths: WARC files, and folders of them; or one.
        max_bytes: of one page, as stored and as decoded.
        keep_raw: give `Page.raw` too.

    Attributes:
        broken: the places of the files that are known to be broken, by what was read until now, each once; each is
            logged.

    Raises:
        InputError: missing_file, unreadable_file: also if a folder holds no archive.
        ImportError: no library that reads WARC is installed.
    """

    def __init__(
        self,
        paths: str | Path | Iterable[str | Path],
        *,
        max_bytes: int = DEFAULT_POLICY.max_bytes,
        keep_raw: bool = False,
    ) -> None:
        paths = [paths] if isinstance(paths, str | Path) else paths
        self.files = [file for path in paths for file in warc_files(Path(path))]
        if self.files:
            installed()  # or say so before anything is done
        self.broken: set[str] = set()
        self._max_bytes = max_bytes
        self._keep_raw = keep_raw
        self._index: dict[int, int] | None = None  # the key of a URL -> place
        self._making = asyncio.Lock()

    async def fetch(self, url: str) -> Page:
        """The archived page of a URL, over archived redirects and pages that lead on by themselves.

        Raises:
            FetchError: what the archive says of the URL; `not_archived` if it says nothing.
            InputError: warc_corrupt: its record is broken.
        """
        page = self._follow(await self.index(), normalize_url(url))
        return replace(page, url=url)

    async def index(self) -> dict[int, int]:
        """The place of each URL's record, by its key; made when it is first asked for."""
        async with self._making:
            if self._index is None:
                self._index = await in_daemon(self._make_index)
            return self._index

    def holds(self, url: str) -> bool:
        """Whether the archives say something of a URL; not until the index was made."""
        return bool(self._index) and key_of(url) in (self._index or {})

    def __iter__(self) -> Iterator[Page]:
        """Every page, in the order of the files; what is broken is in `broken` and logged, as is what can't be had."""
        for file in self.files:
            for record in records(file):
                if isinstance(record, InputError):
                    self._note(record)
                    continue
                try:
                    if is_page(record):
                        yield self._page(record, self._answer(record), record.url)
                except InputError as error:
                    self._note(error)
                except FetchError as error:
                    log.warning("%s", error)

    def _make_index(self) -> dict[int, int]:
        pages: dict[int, int] = {}
        failures: dict[int, int] = {}
        for number, file in enumerate(self.files):
            for record in records(file):
                if isinstance(record, InputError):
                    self._note(record)
                elif (key := key_of(record.url)) is not None:
                    place = number << OFFSET_BITS | record.offset
                    if is_failure(record):
                        failures[key] = place
                    elif record.kind == "response":
                        status = read_answer(record.start(PEEK_BYTES)).status
                        (pages if 200 <= status < 400 and status != 304 else failures)[key] = place
        return failures | pages

    def _note(self, error: InputError) -> None:
        """Tell of a broken place, once."""
        if error.detail not in self.broken:
            self.broken.add(error.detail)
            log.warning("%s", error)

    def _follow(self, index: dict[int, int], first: str) -> Page:
        """The page that a URL leads to."""
        hops: list[Hop] = []
        url = first
        while True:
            with self._record(index, url) as record:
                if is_failure(record):
                    block = record.block(MAX_FAILURE_BYTES)
                    raise error_of(block) or record.corrupt("a failure that can't be read")
                answer = self._answer(record)
                location = answer.named.get("location")
                body = b""
                if answer.status not in REDIRECTS or not location:
                    page = self._page(record, answer, url)
                    location = None if any(hop.body for hop in hops) else refresh_of(page.html)
                    onward = location and joined(url, location)
                    if not location or onward == url or key_of(onward or "") not in index:
                        return replace(page, hops=tuple(hops), redirects=tuple(hop.url for hop in hops[1:]))
                    body = page.raw or page.html
                hops.append(Hop(url, answer.status, answer.headers, record.headers.get("warc-ip-address", ""), body))
            target = joined(url, location)
            if target is None:
                raise BadRedirect(f"to {location[:200]!r}", reason="redirect_invalid", url=url)
            url = normalize_url(target)
            if len(hops) > MAX_HOPS or any(hop.url == url for hop in hops):
                raise BadRedirect(f"to {url[:200]}", reason="redirect_loop", url=hops[-1].url)

    @contextmanager
    def _record(self, index: Mapping[int, int], url: str) -> Iterator[Record]:
        """The record of a normalised URL, open for reading."""
        place = index.get(int(url_key(url), 16))
        if place is None:
            said = f"broken places: {len(self.broken)}" if self.broken else ""
            raise FetchError(said, reason="not_archived", url=url)
        file, offset = self.files[place >> OFFSET_BITS], place & ((1 << OFFSET_BITS) - 1)
        with record_at(present(file), offset) as record:
            yield record

    def _answer(self, record: Record) -> ArchivedAnswer:
        return read_answer(record.block(self._max_bytes + MAX_HEAD_BYTES))

    def _page(self, record: Record, answer: ArchivedAnswer, url: str) -> Page:
        return page_of(answer, url, record.headers, max_bytes=self._max_bytes, keep_raw=self._keep_raw)


def warc_files(path: Path) -> list[Path]:
    """The archive itself, or those of a folder, sorted; one that is still being written to counts.

    Raises:
        InputError: missing_file, unreadable_file: also if it is no archive, and if the folder holds none.
    """
    with reading(path):
        if not path.is_dir():
            if not (is_named_so(path) or head(path).startswith(WARC_START)):
                raise InputError("no archive, by its name and its beginning", url=str(path))
            path.open("rb").close()
            return [path]
        found = sorted(file for file in path.iterdir() if is_named_so(file))
    if not found:
        raise InputError("no archive in this folder", url=str(path))
    return found


def is_named_so(path: Path) -> bool:
    """Whether the name is that of an archive, or of one that is still being written to."""
    return path.name.lower().removesuffix(OPEN).endswith(WARC_SUFFIXES)


def present(path: Path) -> Path:
    """The file, by the name that it has while it is written, or by its last."""
    other = path.with_name(path.name.removesuffix(OPEN) if path.name.endswith(OPEN) else path.name + OPEN)
    return other if not path.exists() and other.exists() else path


def page_urls(path: Path) -> Iterator[str | NewscleanError]:
    """The URL of every HTML page in an archive, in order, and an error for each place that is broken.

    Raises:
        InputError: as `records`.
    """
    for record in records(path):
        if isinstance(record, InputError):
            yield record
        else:
            try:
                if is_page(record):
                    yield record.url
            except InputError as error:
                yield error


def is_failure(record: Record) -> bool:
    """Whether a record says why there is no page."""
    return record.kind == "metadata" and record.headers.get("content-type") == FAILURE_TYPE


def is_page(record: Record) -> bool:
    """Whether a record holds an HTML page that was there (200). Raises InputError (`warc_corrupt`)."""
    if record.kind != "response" or not record.url.lower().startswith(("http://", "https://")):
        return False
    answer = read_answer(record.start(PEEK_BYTES))
    media_type = answer.named.get("content-type", "").partition(";")[0].strip().lower()
    if answer.status != 200 or media_type not in HTML.types | HTML.unsure_types:
        return False
    return media_type in HTML.types or is_html(answer.body)


def key_of(url: str) -> int | None:
    """A URL's key as a number, which takes less room; None if it is no URL."""
    try:
        return int(url_key(url), 16)
    except BadUrl:
        return None
