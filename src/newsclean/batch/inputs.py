"""What a batch works on: the URLs of lists, feeds and archives, and saved pages, in the order given."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from newsclean.batch.lists import json_inputs, url_lines
from newsclean.batch.saved import files_in, head, is_page, open_file, pages_in, reading
from newsclean.batch.sources import Input, is_url, page_input, shown, url_input
from newsclean.errors import InputError, NewscleanError
from newsclean.fetch.policy import DEFAULT_POLICY
from newsclean.output.warc_names import WARC_SUFFIXES
from newsclean.sniff import UTF_16_MARKS, is_feed, without_bom

__all__ = ["Input", "is_url", "read_inputs"]

WARC_START = b"WARC/"


def read_inputs(args: Iterable[str | Path | Input], stdin: BinaryIO | None = None) -> Iterator[Input]:
    """Each input of each argument, read as it is asked for.

    Args:
        args: each a URL, a list of URLs (text, CSV, JSONL), a saved feed or sitemap, a WARC file,
            a saved page, a folder of them, or "-" for a list on standard input. Of a list
            or a tuple all files are looked for at once; other iterables are taken one by one, so they may be endless,
            and a file that is missing then is an Input that fails.
        stdin: what "-" reads; sys.stdin by default. It is left open.

    Raises:
        InputError: missing_file, or unreadable_file: before the first Input, and only for a list or a tuple.
    """
    args = [args] if isinstance(args, str) else args
    if isinstance(args, Sequence):
        for arg in args:
            if str(arg) == "-":
                standard_input(stdin)
            elif not isinstance(arg, Input):
                check_readable(str(arg))
    return _inputs(args, stdin)


def check_readable(arg: str) -> None:
    """Return if what an argument points to can be read; there may be nothing in it yet.

    Raises:
        InputError: there is no such file, it can't be read, or it is a folder whose files are no saved pages.
    """
    path = Path(arg)
    if is_url(arg):
        return
    with reading(path):
        if path.is_dir():
            if next(pages_in(path), None):
                return
            names = [file.name.lower() for file in path.iterdir()]  # may it be read? the walk for pages does not say
            if next(files_in(path), None):
                archived = any(name.endswith(WARC_SUFFIXES) for name in names)
                hint = f"; --from-warc {arg} takes its archives, in Python from_warc" if archived else ""
                raise InputError(f"no saved page among the files of this folder{hint}", url=arg)
        elif path.is_file() or not path.exists():
            head(path)


def standard_input(stdin: BinaryIO | None = None) -> BinaryIO:
    """What "-" reads.

    Raises:
        InputError: missing_file: the process was started without one (`<&-`).
    """
    if stdin:
        return stdin
    if sys.stdin is None:
        raise InputError("it is closed", reason="missing_file", url="standard input")
    return sys.stdin.buffer


@contextmanager
def own_buffer(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream behind a buffer of its own: Python can't end while a thread waits for the buffer of `sys.stdin`."""
    try:
        copy = os.dup(stream.fileno())
    except OSError:  # no file, as in tests
        yield stream
        return
    with open(copy, "rb") as own:  # noqa: PTH123 - a number
        yield own


def _inputs(args: Iterable[str | Path | Input], stdin: BinaryIO | None) -> Iterator[Input]:
    for arg in args:
        if isinstance(arg, Input):
            yield arg
            continue
        try:
            yield from _inputs_of(str(arg), stdin)
        except NewscleanError as error:  # gone since it was looked for, or broken half-way
            yield Input(shown(str(arg)), error=error)


def _inputs_of(arg: str, stdin: BinaryIO | None) -> Iterator[Input]:
    path = Path(arg)
    if arg == "-":
        with reading(path), own_buffer(standard_input(stdin)) as stream:
            yield from url_lines(stream, "standard input")
    elif is_url(arg):
        yield url_input(arg.strip())
    else:
        with reading(path):
            yield from _file_inputs(path)


def _file_inputs(path: Path) -> Iterator[Input]:
    if path.is_dir():
        yield from map(page_input, pages_in(path))
    elif is_page(path):
        yield page_input(path)
    elif (kind := kind_of(path)) == "warc":
        from newsclean.batch.warc_in import page_urls  # noqa: PLC0415 - needs newsclean[warc]

        for found in page_urls(path):
            yield url_input(found, str(path)) if isinstance(found, str) else Input(str(path), error=found)
    else:
        with open_file(path) as stream:
            if kind == "feed":
                from newsclean.batch.feeds import saved_inputs  # noqa: PLC0415 - loads lxml

                yield from saved_inputs(stream.read(DEFAULT_POLICY.max_feed_bytes + 1), str(path))
            elif kind == "jsonl":
                yield from json_inputs(stream, path)
            else:
                yield from url_lines(stream, str(path), "utf-16" if kind == "utf-16" else "utf-8")


def kind_of(path: Path) -> str:
    """What a file that is no page holds, by its beginning: warc, feed, jsonl, utf-16 or lines.

    An archive is known by its name as well: its beginning may be what is broken.
    Pipes hold lines: looking into them would take away what they hold.
    """
    start = head(path) if path.is_file() else b""
    if start.startswith(WARC_START) or path.name.lower().endswith(WARC_SUFFIXES):
        return "warc"
    if is_feed(start):
        return "feed"
    if start.startswith(UTF_16_MARKS):
        return "utf-16"
    return "jsonl" if without_bom(start).startswith(b"{") else "lines"
