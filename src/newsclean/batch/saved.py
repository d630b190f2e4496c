"""Saved pages: which files are some, what names them, and their bytes as a Page; gzipped ones as well."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from gzip import GzipFile
from io import BufferedReader
from pathlib import Path

from newsclean.errors import BadBody, InputError
from newsclean.model import Page
from newsclean.sniff import GZIP, SNIFF_BYTES, is_html

PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz", ".xhtml.gz")


def is_page(path: Path) -> bool:
    """Whether a file is a saved page, by its name or its first bytes.

    Pipes are none: looking into them would take away what they hold.
    """
    return path.is_file() and (path.name.lower().endswith(PAGE_SUFFIXES) or is_html(head(path)))


def pages_in(folder: Path) -> Iterator[Path]:
    """The saved pages of a folder and the folders in it, sorted; hidden ones are left out."""
    return filter(is_page, files_in(folder))


def files_in(folder: Path) -> Iterator[Path]:
    """All files of a folder and the folders in it, sorted; hidden ones are left out."""
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(where, name)


def head(path: Path) -> bytes:
    """The first bytes of a file; fewer, or none, if it can't be unpacked so far.

    Raises:
        InputError: missing_file, unreadable_file.
    """
    start = b""
    with suppress(BadBody), open_file(path) as stream:
        while len(start) < SNIFF_BYTES and (piece := stream.read1(SNIFF_BYTES - len(start))):
            start += piece
    return start


def file_key(path: Path) -> str:
    """The 16 hex digits that name a file's content: the first 64 bits of the SHA-256 of its bytes as they are.

    Raises:
        InputError: missing_file, unreadable_file.
    """
    with reading(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def load_page(path: Path, max_bytes: int) -> Page:
    """Read a saved page.

    Args:
        path: the file; it is also the page's URL.
        max_bytes: of the page, unpacked.

    Raises:
        InputError: missing_file, unreadable_file.
        BadBody: too_large; decode_error or truncated_body if it can't be unpacked.
    """
    with open_file(path) as stream:
        html = stream.read(max_bytes + 1)
    if len(html) > max_bytes:
        raise BadBody(f"more than {max_bytes:,} bytes", reason="too_large", url=str(path))
    return Page(url=str(path), final_url=str(path), html=html)


@contextmanager
def open_file(path: Path) -> Iterator[BufferedReader | GzipFile]:
    """A file's bytes, unpacked if they are gzipped.

    Raises:
        InputError: missing_file, unreadable_file.
        BadBody: decode_error, truncated_body; also from inside the block, where it is read.
    """
    with reading(path), path.open("rb") as file:
        if path.is_file() and file.peek(2).startswith(GZIP):
            with gzip.open(file) as unpacked:
                yield unpacked
        else:
            yield file


def no_such_file(arg: str) -> InputError:
    """The error for a path that names nothing; it may be meant as a URL.

    >>> str(no_such_file("news.example/story"))
    'news.example/story: no such file (if it is a URL: https://news.example/story)'
    """
    host, slash, _ = arg.partition("/")
    is_host = arg.startswith("www.") or (slash and "." in host.strip("."))
    return InputError(f"if it is a URL: https://{arg}" if is_host else "", reason="missing_file", url=arg)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what reading a file raises inside the block into a typed error about `path`."""
    try:
        yield
    except FileNotFoundError as error:
        raise no_such_file(str(path)) from error
    except EOFError as error:
        raise BadBody("gzip", reason="truncated_body", url=str(path)) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise BadBody(f"gzip: {error}", reason="decode_error", url=str(path)) from error
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        said = error.strerror if isinstance(error, OSError) else None
        raise InputError(said or str(error), url=str(path)) from error
