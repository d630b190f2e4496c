"""Lists of inputs in text: a URL a line, CSV with a column of URLs, or a JSON object a line.

A line that is none of its kind becomes an Input that fails and tells the file and the line; it costs nothing else.
"""

from __future__ import annotations

import io
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from gzip import GzipFile
from pathlib import Path
from typing import Any, BinaryIO

from newsclean.batch.sources import MAX_LINE, Input, page_input, shown, url_input
from newsclean.batch.tables import BLANK, COLUMNS, Line, cells, column_of, columns_of, may_be_header, rows
from newsclean.errors import BadUrl, InputError

HTTP = ("http://", "https://")
COMMENT = re.compile(r"(?:^|\s)#")  # one within a URL is a fragment
MAX_JSON_LINE = 64 * 1024 * 1024  # bytes; a page of 10 MiB whose every character is escaped
SHOWN_NAMES = 12  # of columns or keys
LOOKED_AT = 5  # lines, to tell a text from a list
READ_AHEAD = 10_000  # lines of a file, for a URL below them: half a second, 20 MB
PROSE_WORDS = 8  # in one of them, at least
NO_LIST = "inputs are URLs, lists of them (text, CSV, JSONL), saved pages, feeds, WARC; newsclean clean takes texts"

Stream = BinaryIO | io.BufferedReader | GzipFile


def numbered_lines(stream: Stream, encoding: str = "utf-8") -> Iterator[tuple[int, str]]:
    """Each line and its number, from 1; of one that is longer than MAX_LINE, the beginning."""
    lines = io.TextIOWrapper(stream, encoding, errors="replace")
    try:
        for number in itertools.count(1):
            line = rest = lines.readline(MAX_LINE + 1)
            while rest and not rest.endswith("\n"):
                rest = lines.readline(MAX_LINE)
            if not line:
                return
            yield number, line
    finally:
        lines.detach()  # the stream is the caller's to close


def url_lines(stream: Stream, name: str, encoding: str = "utf-8") -> Iterator[Input]:
    """An input for each line of a list of URLs; blank lines and comments (# and what follows) are left out.

    A first line that names a column `url`, and others between commas, semicolons or tabs, makes it a table. A table
    without such a column fails as a whole, and so does a text that somebody took for a list.
    """
    lines = numbered_lines(stream, encoding)
    first = [*itertools.islice(lines, 1)]
    if first and may_be_header(first[0][1]):  # else the second line may be long in coming
        first += itertools.islice(lines, 1)
        if columns := columns_of([line for _, line in first]):
            said = f"looked for {', '.join(COLUMNS)}; the first line names {', '.join(columns[:SHOWN_NAMES])}"
            yield Input(name, error=InputError(said, reason="bad_table", url=name))
            return
    if first and (found := column_of(first[0][1])):
        yield from row_inputs(lines, first[0][1], *found, name)
    else:
        texts = ((number, url_of(line)) for number, line in itertools.chain(first, lines))
        yield from unless_a_text(inputs_of(texts, name), name, READ_AHEAD if stream.seekable() else LOOKED_AT)


def inputs_of(texts: Iterable[tuple[int, str]], name: str) -> Iterator[Input]:
    """An input for each line that has something, whatever it is."""
    return (url_input(text, f"{name}, line {number}") for number, text in texts if text)


def row_inputs(lines: Iterable[Line], header: str, delimiter: str, column: int, name: str) -> Iterator[Input]:
    """An input for each row of a table that says something; one whose cell of the URL is empty fails."""
    for number, row in rows(lines, delimiter, len(cells(header, delimiter))):
        where = f"{name}, line {number}"
        if url := (row[column].strip() if column < len(row) else ""):
            yield url_input(url, where)
        elif any(text.strip(BLANK) for text in row):
            yield Input(where, error=BadUrl("the row has none", url=where))


def unless_a_text(inputs: Iterator[Input], name: str, most: int) -> Iterator[Input]:
    """The inputs of a list, or one for a text: its first lines hold no URL, and of `most` lines none is one."""
    ahead = []
    for found in itertools.islice(inputs, most):
        ahead.append(found)
        if not found.error:  # the next line may be long in coming
            break
    first = [found.source for found in ahead[:LOOKED_AT]]
    is_prose = any(len(line.split()) >= PROSE_WORDS for line in first) and not any("://" in line for line in first)
    if is_prose and all(found.error for found in ahead):
        yield Input(name, error=InputError(NO_LIST, reason="bad_list", url=name))
    else:
        yield from itertools.chain(ahead, inputs)


def url_of(line: str) -> str:
    """The URL of a line, without a comment and what else follows it; a line that begins with none as a whole.

    >>> url_of("https://mill.example/1, Ice on the weir"), url_of("Ice on the weir # of 2024")
    ('https://mill.example/1', 'Ice on the weir')
    """
    text = COMMENT.split(line.strip(BLANK), maxsplit=1)[0].rstrip(BLANK)
    return text.split(maxsplit=1)[0].removesuffix(",") if text.lower().startswith(HTTP) else text


def json_inputs(stream: Stream, path: Path) -> Iterator[Input]:
    """An input for each line with a JSON object.

    `{"url": …}` is fetched, `{"file": …}` is a saved page; with `url` and `file`, or `url` and `html`, the page is at
    hand (see `at_hand`) and came from that URL. Paths are relative to the list. A gzipped list can't bring `html`: its
    lines could be found again only by unpacking it from the beginning each time.
    """
    packed = isinstance(stream, GzipFile)
    for number, (_, line) in enumerate(json_lines(stream), 1):
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield json_input(line, path, f"{path}, line {number}", packed=packed)


def json_input(line: bytes, path: Path, where: str, *, packed: bool) -> Input:
    """The input of one line."""
    try:
        said = json_value(line)
    except (ValueError, RecursionError) as error:
        return bad_line(line, f"this is no JSON: {flaw_in(error)}", where)
    if not isinstance(said, dict):
        return bad_line(line, "this is JSON, and no object", where)
    if packed and ("html" in said or ("file" in said and "url" in said)):
        return Input(where, error=InputError("pages in a gzipped list are out of reach: unpack it", url=where))
    url, file = said.get("url"), said.get("file")
    if isinstance(url, str):
        return url_input(url.strip(), where)
    if isinstance(file, str):
        return page_input(path.parent / file, where)
    wrong = [key for key in ("url", "file") if key in said]
    keys = ", ".join(shown(key) for key in [*said][:SHOWN_NAMES]) or "none"
    return bad_line(line, f"its {wrong[0]} is no text" if wrong else f"its keys: {keys}", where)


def flaw_in(error: Exception) -> str:
    """What is wrong with a line of JSON, in words."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1:,}"
    return "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else "it is nested too deeply"


def bad_line(line: bytes, said: str, where: str) -> Input:
    """The input of a line of JSONL that can't be used."""
    text = shown(line[:1000].decode("utf-8", "replace").strip())
    return Input(text, error=InputError(said, reason="bad_line", url=where))


def json_lines(stream: Stream) -> Iterator[tuple[int, bytes]]:
    """Each line, and where it begins, in bytes; one that is longer than MAX_JSON_LINE comes without its end."""
    at = 0
    while line := stream.readline(MAX_JSON_LINE):
        begin, at, rest = at, at + len(line), line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_LINE)
            at += len(rest)
        yield begin, line


def json_value(line: bytes) -> Any:
    """What JSON a line holds; raises ValueError or RecursionError if it is none."""
    return json.loads(line.removeprefix(b"\xef\xbb\xbf"))


def json_object(line: bytes) -> dict[str, Any]:
    """The object on a line; empty if there is none."""
    try:
        said = json_value(line)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
