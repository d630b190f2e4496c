"""What counts as an input, and what a bad one says."""

import errno
import gzip
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

import pytest

from newsclean.batch.inputs import read_inputs
from newsclean.batch.sources import Input
from newsclean.errors import BadStatus, InputError
from newsclean.model import Page
from newsclean.output.warc import WarcWriter
from newsclean.urls import url_key

Write = Callable[[str, bytes], Path]
A, B, C = (f"https://mill.example/{name}" for name in "abc")
HTML = b"<!DOCTYPE html><title>Weir</title>"


def sources(*args: object, stdin: bytes = b"") -> list[str]:
    return [i.source for i in read_inputs([str(a) for a in args], io.BytesIO(stdin))]


@pytest.mark.parametrize(
    "data",
    [
        f"{A}\n{B}\n".encode(),
        f"{A}\r\n{B}\r\n".encode(),
        f"{A}\r{B}".encode(),
        f"\ufeff{A}\n{B}".encode(),
        f"{A}\n\ufeff{B}".encode(),
        f"{A}\n{B}".encode("utf-16"),
        f"# ours\n\n  {A}\t\n \n# and\n{B}\n\n".encode(),
        f"{A} # ours\r\n{B}\t# theirs\n   # nobody's".encode(),
        f"{A}\tIce on the weir\r\n {B} Ferry\r\n".encode(),
        f"{A}, Ice on the weir\n{B},\n".encode(),
        gzip.compress(f"{A}\n{B}\n".encode()),
    ],
    ids="plain crlf cr bom joined-lists utf-16 comments-and-blanks after-urls titles commas gzip".split(),
)
def test_a_list_gives_its_urls(write: Write, data: bytes):
    assert sources(write("list.txt", data)) == [A, B]


def test_a_dash_is_standard_input_which_stays_open():
    stdin = io.BytesIO(f"{A}\n\n{B}".encode())
    assert [i.source for i in read_inputs(["-"], stdin)] == [A, B]
    assert not stdin.closed


def test_a_fragment_in_a_list_is_no_comment(write: Write):
    assert sources(write("list.txt", f"{A}#top # ours".encode())) == [f"{A}#top"]


def test_a_standard_input_that_is_closed_is_told_before_anything_runs(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError, match="standard input"):
        read_inputs([A, "-"])


def test_a_url_is_named_by_its_key_and_keeps_its_fragment_in_the_source():
    (found,) = read_inputs([f"{A}#top"])
    assert found == Input(f"{A}#top", url_key(A))


@pytest.mark.parametrize(
    ("line", "shown", "seen"),
    [
        (b"not a url", "not a url", "list.txt, line 2"),
        (b"ftp://mill.example/a", "ftp://mill.example/a", "line 2"),
        (b"https://mill.example/\x00\x1b[2J", "https://mill.example/\\x00\\x1b[2J", "unprintable characters"),
        (b"https://mill.example/caf\xe9", "https://mill.example/caf\ufffd", "not UTF-8"),
        (b"https://mill.example/" + b"a" * 70_000, "https://mill.example/" + "a" * 179 + "…", "longer than 8,192"),
    ],
    ids=["words", "ftp", "controls", "latin-1", "70-kB"],
)
def test_a_bad_line_fails_alone_and_says_where(write: Write, line: bytes, shown: str, seen: str):
    first, bad, last = read_inputs([str(write("list.txt", A.encode() + b"\n" + line + b"\n" + B.encode()))])
    assert (first.error, last.error, last.source) == (None, None, B)
    assert bad.source == shown
    assert seen in str(bad.error)
    assert "line 2" in str(bad.error)


@pytest.mark.parametrize(
    ("line", "reason"), [(b"mill.example", "invalid_url"), (b"ftp://mill.example/", "scheme_blocked")]
)
def test_a_bad_line_has_the_reason_of_its_kind(write: Write, line: bytes, reason: str):
    (bad,) = read_inputs([str(write("list.txt", line))])
    assert bad.error is not None
    assert bad.error.reason == reason


def test_a_binary_file_gives_short_typed_failures(write: Write):
    found = list(read_inputs([str(write("photo.bin", bytes(range(256)) * 300))]))
    assert found
    assert {i.error.reason for i in found if i.error} == {"invalid_url"}
    assert max(len(str(i.error)) for i in found) < 2000


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<p>Weir"),
        ("a.HTM", b"<p>Weir"),
        ("a.xhtml", b"<p>Weir"),
        ("a.html.gz", gzip.compress(b"<p>Weir")),
        ("page", b"\xef\xbb\xbf\n <!doctype HTML>"),
        ("story.php", b"<!-- saved -->\n<html>"),
        ("page.gz", gzip.compress(HTML)),
    ],
)
def test_a_saved_page_is_known_by_its_name_or_its_beginning(write: Write, name: str, data: bytes):
    path = write(name, data)
    assert [i.file for i in read_inputs([str(path)])] == [path]


def test_a_saved_page_is_named_by_its_bytes(write: Write):
    (found,) = read_inputs([str(write("a.html", b"abc"))])
    assert found.key == "ba7816bf8f01cfea"  # SHA-256 of "abc", FIPS 180-2, appendix B.1


def test_a_folder_gives_its_pages_sorted_and_nothing_else(write: Write, tmp_path: Path):
    for name in ("b.html", "a.html", "sub/c.htm", "sub/deep/page", ".hidden/d.html", "._a.html", "style.css"):
        write(f"saved/{name}", b"body {}" if name.endswith("css") else HTML)
    found = [Path(s).relative_to(tmp_path / "saved").as_posix() for s in sources(tmp_path / "saved")]
    assert found == ["a.html", "b.html", "sub/c.htm", "sub/deep/page"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing.txt", "missing_file"), ("notes", "unreadable_file"), ("a.txt/b", "unreadable_file")],
    ids=["missing", "folder-without-pages", "below-a-file"],
)
def test_what_cannot_be_read_is_told_before_anything_runs(write: Write, tmp_path: Path, name: str, reason: str):
    write("a.txt", A.encode())
    write("notes/sub/todo.txt", b"wind the clock")
    with pytest.raises(InputError) as caught:
        read_inputs([A, str(tmp_path / name)])
    assert caught.value.reason == reason


def test_a_folder_that_cannot_be_read_is_not_an_empty_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def denied(_: Path) -> Iterator[Path]:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", denied)
    with pytest.raises(InputError, match="Permission denied"):
        read_inputs([str(tmp_path)])


@pytest.mark.parametrize(("name", "hinted"), [("a.warc", True), ("A.WARC.GZ", True), ("notes.txt", False)])
def test_a_folder_that_holds_only_archives_names_the_flag_for_them(
    write: Write, tmp_path: Path, name: str, hinted: bool
):
    write(f"crawl/{name}", b"WARC/1.1\r\n")
    with pytest.raises(InputError) as caught:
        read_inputs([str(tmp_path / "crawl")])
    assert (f"--from-warc {tmp_path / 'crawl'} takes its archives" in str(caught.value)) is hinted


@pytest.mark.parametrize("name", ["missing.txt", "x" * 5000, "nul\0.txt"], ids=["missing", "too-long", "nul"])
def test_in_an_endless_list_what_is_missing_fails_alone(name: str):
    missing, good = read_inputs(iter([name, A]))
    assert isinstance(missing.error, InputError)
    assert good.source == A


def test_a_broken_archive_keeps_what_came_before(write: Write):
    packed = gzip.compress("".join(f"{A}{n}\n" for n in range(20_000)).encode())
    *good, last = read_inputs([str(write("list.gz", packed[:-2000]))])
    assert good[0].source == f"{A}0"
    assert last.error is not None
    assert last.error.reason == "truncated_body"


def test_inputs_are_read_as_they_are_asked_for():
    def endless() -> Iterator[str]:
        yield A
        raise AssertionError("nobody asked for a second one")

    assert next(read_inputs(endless())).source == A


def test_one_string_is_one_argument():
    assert [i.source for i in read_inputs(A)] == [A]


# Tables, JSON, feeds and archives


@pytest.mark.parametrize(
    "data",
    [
        f"id,URL,title\n1,{A},x\n2,{B},y\n".encode(),
        f'"title";"url"\r\n"a; b";"{A}"\r\n"stray;\r\n"c";"{B}"\r\n'.encode(),
        f"\ufeffurl\tid\n{A}\t1\n\n{B}\n".encode(),
        f"url\n{A}\n{B}\n".encode(),
        f"url,id\n{A},1\n{B},2\n".encode("utf-16"),
        f'{{"url": "{A}"}}\n\n{{"id": 2, "url": " {B} "}}\n'.encode(),
        gzip.compress(f'\ufeff{{"url": "{A}"}}\n{{"url": "{B}"}}'.encode()),
        f"<?xml version='1.0'?><rss><channel><item><link>{A}</link></item><item><link>{B}</link></item></channel></rss>".encode(),
        gzip.compress(f"<urlset><url><loc>{A}</loc></url><url><loc>{B}</loc></url></urlset>".encode()),
    ],
    ids="csv semicolons tsv one-column utf-16 jsonl jsonl.gz rss sitemap.gz".split(),
)
def test_a_table_a_feed_or_json_gives_its_urls(write: Write, data: bytes):
    assert [i.source for i in read_inputs([write("list", data)]) if not i.error] == [A, B]


@pytest.mark.parametrize(
    ("line", "seen"),
    [(b"[1]", "line 2"), (b"{}", "line 2"), (b'{"url": 7}', "line 2"), (b"{" * 5000, "line 2"), (b"\xff", "line 2")],
    ids=["array", "empty", "number", "deep", "not-utf-8"],
)
def test_a_bad_line_of_json_fails_alone_and_says_where(write: Write, line: bytes, seen: str):
    data = f'{{"url": "{A}"}}\n'.encode() + line + f'\n{{"url": "{B}"}}'.encode()
    first, bad, last = read_inputs([write("list.jsonl", data)])
    assert (first.source, last.source) == (A, B)
    assert seen in str(bad.error)
    assert len(bad.source) < 300


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(b'{"url": "https://mill.example/"', "no JSON: Expecting ',' delimiter at character 32", id="cut"),
        pytest.param(b"\xff", "no JSON: it is not UTF-8", id="not UTF-8"),
        pytest.param(b"[1]", "this is JSON, and no object", id="array"),
        pytest.param(b'{"link": "https://mill.example/", "id": 1}', "its keys: link, id", id="other keys"),
        pytest.param(b"{}", "its keys: none", id="empty"),
        pytest.param(b'{"url": 7}', "its url is no text", id="number"),
    ],
)
def test_a_bad_line_of_json_says_what_was_expected_and_what_is_there(write: Write, line: bytes, said: str):
    path = write("list.jsonl", f'{{"url": "{A}"}}\n'.encode() + line)
    _, bad = read_inputs([path])
    assert str(bad.error) == f'{path}, line 2: expected a JSON object with a "url" or a "file" ({bad.error.detail})'  # type: ignore[union-attr]
    assert said in str(bad.error)


def test_a_page_that_json_names_and_that_is_not_there_is_told_with_its_line(write: Write):
    (bad,) = read_inputs([write("list.jsonl", b'\n{"file": "gone.html"}')])
    assert "gone.html: no such file (" in str(bad.error)
    assert "list.jsonl, line 2)" in str(bad.error)


@pytest.mark.parametrize(
    "data",
    [f"Title,Address\nWeir,{A}\nMill,{B}\n", f"\ufeffTitle;Address\r\n{A};Weir\r\n", f"Title\tAddress\n\t{A}"],
    ids=["commas", "semicolons", "tabs"],
)
def test_a_table_without_a_column_of_urls_fails_once_and_names_its_columns(write: Write, data: str):
    (bad,) = read_inputs([write("list.csv", data.encode())])
    assert "list.csv: no column of this list is known to hold URLs" in str(bad.error)
    assert "looked for url, link, source_url; the first line names Title, Address" in str(bad.error)


@pytest.mark.parametrize("row", ["Weir,", '"Weir, the old one",""', "Weir"], ids=["empty", "quoted", "short"])
def test_a_row_without_its_url_fails_alone_and_says_where(write: Write, row: str):
    path = write("list.csv", f"name,url\nMill,{A}\n{row}\n,\n \n,{B}\n".encode())
    first, bad, last = read_inputs([path])
    assert (first.source, last.source) == (A, B)
    assert bad.source == f"{path}, line 3"
    assert str(bad.error) == f"{path}, line 3: is not a URL: expected http://… or https://… (the row has none)"


def table(write: Write, text: str) -> list[str]:
    return [found.source for found in read_inputs([write("list.csv", text.encode())])]


@pytest.mark.parametrize(
    "row",
    [f'"Weir, see\nx,{C}","{A}"', f'"Weir\n\n{C}\n",{A}', f'"The ""old""\nweir",{A}', f'"W\n{"x" * 900}\n",{A}'],
    ids=["a row within", "blank line", "quotes", "long"],
)
def test_a_row_goes_on_over_the_lines_of_a_quoted_cell(write: Write, row: str):
    assert table(write, f"title,url\n{row}\nMill,{B}\n") == [A, B]


def test_a_row_of_several_lines_is_told_by_its_first(write: Write):
    path = write("list.csv", f'title,url\n"Weir\nand mill",{A}\n"a\nb",\n{A},{B}\n'.encode())
    assert [i.source for i in read_inputs([path])] == [A, f"{path}, line 4", B]


@pytest.mark.parametrize(
    "row",
    [f'{A},"stray', f'{A},"stray" quote', f'{A},sta"ll', f'{A},"stray\n{C},"well"', f'{A},"stray\n{C},b",c'],
    ids=["open", "closed within", "inside", "closed by the next", "other columns"],
)
def test_a_stray_quote_costs_no_more_than_its_line(write: Write, row: str):
    between = [C] if C in row else []
    assert table(write, f"url,title\n{row}\n{B},Mill\n") == [A, *between, B]


def test_what_is_read_ahead_for_a_stray_quote_is_bounded(write: Write):
    """However many lines have one."""
    urls = [f"https://mill.example/{n}" for n in range(3000)]
    begun_s = process_time()
    assert table(write, "url,title\n" + "".join(f'{url},"stray\n' for url in urls)) == urls
    assert process_time() - begun_s < 3


PROSE = b"The ferry to the north shore sails again from Monday.\n\nThe first boat leaves at six."


@pytest.mark.parametrize("text", [PROSE, b"Ferry\n" + PROSE * 9], ids=["short", "headed"])
def test_a_text_that_is_no_list_fails_once_and_says_what_an_input_is(write: Write, text: bytes):
    (bad,) = read_inputs([write("article.txt", text)])
    assert "article.txt: is a text, not a list of URLs" in str(bad.error)
    assert "inputs are URLs, lists of them" in str(bad.error)


def test_a_list_with_a_url_among_its_first_lines_is_read_to_its_end(write: Write):
    assert sources(write("list.txt", b"\n".join([PROSE, A.encode(), *[PROSE] * 5, B.encode()])))[-1] == B


@pytest.mark.parametrize(
    ("data", "good"),
    [
        (PROSE * 5 + f"\n{A}\n{B}".encode(), 2),
        ("url,note\n" + "withdrawn by its author on the day after it was published,\n" * 5, 0),
        (f"The ferry to the north shore sails again from Monday - {A}\n", 0),
        (f"- [The ferry to the north shore sails again from Monday]({A})\n", 0),
    ],
    ids=["urls-below-titles", "column-of-prose", "behind-titles", "markdown"],
)
def test_a_list_in_which_urls_show_is_not_taken_for_a_text(write: Write, data: bytes | str, good: int):
    found = list(read_inputs([write("list.txt", data if isinstance(data, bytes) else data.encode())]))
    assert {i.error.reason for i in found if i.error} == {"invalid_url"}
    assert sum(not i.error for i in found) == good


@pytest.mark.skipif(os.name != "posix", reason="Windows says that a pipe can be read anew")
def test_what_comes_through_a_pipe_is_known_by_its_first_lines():
    read_end, write_end = os.pipe()
    with os.fdopen(write_end, "wb") as into:
        into.write(PROSE * 5 + f"\n{A}".encode())
    with os.fdopen(read_end, "rb") as stdin:
        (bad,) = read_inputs(["-"], stdin)
    assert bad.error is not None
    assert bad.error.reason == "bad_list"


@pytest.mark.parametrize("title", ["Mill, weir and bridge", "# ours, and theirs", "Mill"])
def test_a_list_below_a_title_is_no_table(write: Write, title: str):
    assert sources(write("list.txt", f"{title}\n{A}\n{B}".encode()))[-2:] == [A, B]


def test_json_can_name_saved_pages(write: Write):
    path = write("saved/a.html", HTML)
    (found,) = read_inputs([write("saved/list.jsonl", b'{"file": "a.html"}')])
    assert found.file == path


def test_an_archive_gives_its_pages_and_what_is_broken(write: Write, tmp_path: Path):
    with WarcWriter(tmp_path / "archive") as writer:
        writer.write(Page(A, A, HTML, "text/html"))
        _, offset = writer.write(Page(B, B, HTML, "text/html"))
        writer.failed(f"{A}/gone", BadStatus(404))
    data = (tmp_path / "archive" / "pages-00000.warc.gz").read_bytes()
    broken = data[:offset] + b"junk" + data[offset:]
    first, bad, last = read_inputs([write("crawl.gz", broken)])
    assert (first.source, last.source) == (A, B)
    assert bad.error is not None
    assert bad.error.reason == "warc_corrupt"
