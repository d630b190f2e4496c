"""What a batch works on: the URLs of a list and saved pages, in the order given.

A line that is no URL becomes an Input that fails and tells the file and the line; it costs nothing else.
"""

from __future__ import annotations

import io
import itertools
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from gzip import GzipFile
from pathlib import Path
from typing import BinaryIO

from newsclean.batch.saved import file_key, head, is_page, open_file, pages_in, reading
from newsclean.errors import BadUrl, InputError, NewscleanError
from newsclean.urls import url_key

MAX_LINE = 8192  # characters; RFC 9110, 4.1 asks servers and clients for at least 8,000
MAX_SHOWN = 200  # characters of a bad line, for messages and the manifest
BLANK = "\ufeff \t\n\f\v"  # U+FEFF: the mark that a list in UTF-8 may begin with, and each of several joined ones
COMMENT = re.compile(r"(?:^|\s)#")  # one within a URL is a fragment
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")  # what ">" of Windows PowerShell 5 begins a file with


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to do: a URL to fetch, a saved page to read, or what can't be done.

    Attributes:
        source: the URL or the path as it was given; a bad line is shortened, with its unprintable characters escaped.
        key: 16 hex digits that name it; inputs with the same key are duplicates. Empty if there is an error.
        file: the saved page; None for a URL.
        error: why it can't be done; None for most.
    """

    source: str
    key: str = ""
    file: Path | None = None
    error: NewscleanError | None = None


def read_inputs(args: Iterable[str | Path | Input], stdin: BinaryIO | None = None) -> Iterator[Input]:
    """Each input of each argument, read as it is asked for.

    Args:
        args: each a URL, a file of URLs, a saved page, a folder of them, or "-" for a list on standard input. Of a list
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
    """Return if there is something to read where an argument points.

    Raises:
        InputError: there is no such file, it can't be read, or it is a folder without a saved page.
    """
    path = Path(arg)
    if is_url(arg):
        return
    with reading(path):
        if path.is_dir():
            if next(pages_in(path), None) is None:
                raise InputError("no saved page in this folder", url=arg)
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


def is_url(arg: str) -> bool:
    """Whether an argument is meant as a URL, not as a path."""
    return "://" in arg


def url_input(text: str, where: str = "") -> Input:
    """The input for a URL, or for the failure of what is none.

    Args:
        text: what should be a URL.
        where: file and line, for the message.

    >>> str(url_input("htp://mill.example/", "list.txt, line 3").error)
    'htp://mill.example/: only http and https are fetched (scheme htp, list.txt, line 3)'
    """
    try:
        if flaw := flaw_of(text):
            raise BadUrl(flaw)  # noqa: TRY301 - the same answer as to what url_key refuses
        return Input(text, url_key(text))
    except BadUrl as error:
        said = ", ".join(filter(None, (error.detail, where)))
        return Input(shown(text), error=BadUrl(said, reason=error.reason, url=shown(text)))


def flaw_of(text: str) -> str:
    """What keeps a line from being a URL whatever else it says; empty for most."""
    if len(text) > MAX_LINE:
        return f"longer than {MAX_LINE:,} characters"
    if "\ufffd" in text:  # what stands for bytes that are not UTF-8
        return "not UTF-8 text"
    return "" if text.isprintable() else "with unprintable characters"


def shown(text: str) -> str:
    r"""A line from a stranger, short and harmless in a terminal.

    >>> shown("a\x1b[2Jb" + "c" * 300)[:20]
    'a\\x1b[2Jbccccccccccc'
    """
    safe = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text[:MAX_SHOWN])
    return safe + "…" if len(text) > MAX_SHOWN else safe


def url_lines(stream: BinaryIO | io.BufferedReader | GzipFile, name: str, encoding: str = "utf-8") -> Iterator[Input]:
    """An input for each line of a list of URLs; blank lines and comments (# and what follows) are left out."""
    lines = io.TextIOWrapper(stream, encoding, errors="replace")
    try:
        for number in itertools.count(1):
            line = lines.readline(MAX_LINE + 1)
            rest = line
            while rest and not rest.endswith("\n"):
                rest = lines.readline(MAX_LINE)
            text = COMMENT.split(line.strip(BLANK), maxsplit=1)[0].rstrip(BLANK)
            if text:
                yield url_input(text, f"{name}, line {number}")
            if not line:
                return
    finally:
        lines.detach()  # the stream is the caller's to close


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
        with reading(path):
            yield from url_lines(standard_input(stdin), "standard input")
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
    else:
        utf_16 = path.is_file() and head(path).startswith(UTF_16_MARKS)
        with open_file(path) as stream:
            yield from url_lines(stream, str(path), "utf-16" if utf_16 else "utf-8")


def page_input(path: Path) -> Input:
    """The input for a saved page."""
    try:
        return Input(str(path), file_key(path), path)
    except InputError as error:
        return Input(str(path), error=error)
