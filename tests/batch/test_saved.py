"""Reading saved pages, packed or not, broken or not."""

import gzip
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from newsclean.batch.saved import load_page
from newsclean.errors import NewscleanError

Write = Callable[[str, bytes], Path]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_a_page_has_its_path_for_url_and_its_bytes_unpacked(write: Write, packed: bool):
    path = write("a.html", gzip.compress(b"<p>Weir") if packed else b"<p>Weir")
    page = load_page(path, max_bytes=7)
    assert (page.url, page.final_url, page.html) == (str(path), str(path), b"<p>Weir")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"x" * 101, "too_large"),
        (gzip.compress(bytes(10_000_000)), "too_large"),
        (gzip.compress(b"<p>Weir")[:-9], "truncated_body"),
        (gzip.compress(b"<p>Weir")[:-8] + b"\0" * 8, "decode_error"),
        (b"\x1f\x8b not a gzip file at all", "decode_error"),
    ],
    ids=["large", "bomb", "cut-off", "wrong-checksum", "no-gzip"],
)
def test_a_page_that_cannot_be_taken_says_why(write: Write, data: bytes, reason: str):
    path = write("a.html.gz", data)
    with pytest.raises(NewscleanError) as caught:
        load_page(path, max_bytes=100)
    assert (caught.value.reason, caught.value.url) == (reason, str(path))


def test_a_bomb_is_not_unpacked_as_a_whole(write: Write):
    path = write("a.html.gz", gzip.compress(bytes(50_000_000)))
    tracemalloc.start()
    with pytest.raises(NewscleanError):
        load_page(path, max_bytes=100)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_page_that_is_gone_is_a_missing_file(tmp_path: Path):
    with pytest.raises(NewscleanError) as caught:
        load_page(tmp_path / "gone.html", max_bytes=100)
    assert caught.value.reason == "missing_file"
