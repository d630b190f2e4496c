"""Bounded decompression, with bodies that are honest, broken or meant to do harm."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.errors import BadBody
from newsclean.fetch.decode import MAX_MEMBERS, PIECE_BYTES, BodyDecoder

TEXT = b"The ferry to the islands sails again on Monday. " * 400
MIB = 1024 * 1024
URL = "http://news.example/"


def raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data, wbits=-15)


CODINGS = [
    pytest.param("", TEXT, id="none"),
    pytest.param("identity", TEXT, id="identity"),
    pytest.param("gzip", gzip.compress(TEXT), id="gzip"),
    pytest.param("X-GZIP", gzip.compress(TEXT), id="x-gzip in capitals"),
    pytest.param("gzip", gzip.compress(TEXT[:999]) + gzip.compress(TEXT[999:]), id="gzip with two members"),
    pytest.param("gzip", gzip.compress(TEXT) + b"\0" * 300, id="gzip with padding"),
    pytest.param("deflate", zlib.compress(TEXT), id="deflate with zlib header"),
    pytest.param("deflate", raw_deflate(TEXT), id="raw deflate"),
    pytest.param("br", brotli.compress(TEXT), id="brotli"),
    pytest.param("gzip, br", brotli.compress(gzip.compress(TEXT)), id="gzip, then brotli"),
]


def decode(coding: str, body: bytes, *, max_bytes: int = MIB, step: int = 1000) -> bytes:
    decoder = BodyDecoder(coding, max_bytes=max_bytes, url=URL)
    text = b"".join(decoder.feed(body[i : i + step]) for i in range(0, len(body), step))
    decoder.finish()
    return text


def reason_of(coding: str, body: bytes, *, max_bytes: int = MIB) -> str:
    with pytest.raises(BadBody) as caught:
        decode(coding, body, max_bytes=max_bytes)
    assert caught.value.url == URL
    return caught.value.reason


@pytest.mark.parametrize("step", [1, 7, 100_000], ids=["bytewise", "by sevens", "whole"])
@pytest.mark.parametrize(("coding", "body"), CODINGS)
def test_a_body_decodes_however_it_is_cut(coding: str, body: bytes, step: int) -> None:
    assert decode(coding, body, step=step) == TEXT


@given(st.binary(max_size=2600), st.integers(1, 400))
def test_long_runs_come_out_whole(data: bytes, times: int) -> None:
    """They compress to a few bytes, whose output comes in many pieces."""
    whole = data * times

    assert decode("gzip", gzip.compress(whole), max_bytes=2 * MIB) == whole


@pytest.mark.parametrize("extra", [1, 2, 100, 257, 258, 259])
def test_output_that_waits_behind_used_up_input_is_not_lost(extra: int) -> None:
    """Raw deflate has no trailer: the last byte is read while the output of a whole piece still waits."""
    whole = bytes(PIECE_BYTES + extra)

    assert decode("deflate", raw_deflate(whole)) == whole


@pytest.mark.parametrize(("coding", "body"), CODINGS[2:])
def test_an_empty_body_is_complete(coding: str, body: bytes) -> None:
    assert decode(coding, b"") == b""


@pytest.mark.parametrize("sent", [1, 2, 40], ids=["one byte", "two bytes", "forty"])
@pytest.mark.parametrize(
    ("coding", "body"),
    [
        pytest.param("gzip", gzip.compress(TEXT), id="gzip"),
        pytest.param("deflate", zlib.compress(TEXT), id="zlib"),
        pytest.param("br", brotli.compress(TEXT), id="brotli"),
    ],
)
def test_a_cut_body_is_truncated(coding: str, body: bytes, sent: int) -> None:
    assert reason_of(coding, body[:sent]) == "truncated_body"


def test_a_cut_inside_two_codings_is_truncated() -> None:
    assert reason_of("gzip, gzip", gzip.compress(gzip.compress(TEXT)[:-4])) == "truncated_body"


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_text_that_calls_itself_compressed_is_a_decode_error(coding: str) -> None:
    assert reason_of(coding, b"<html><p>No gzip at all.</p>") == "decode_error"


@pytest.mark.parametrize("coding", ["zstd", "compress", "gzip;q=1", "gzip, gzip, gzip", ", ".join(["gzip"] * 200)])
def test_codings_that_are_not_undone_are_refused(coding: str) -> None:
    with pytest.raises(BadBody) as caught:
        BodyDecoder(coding, max_bytes=MIB, url=URL)

    assert caught.value.reason == "decode_error"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        pytest.param("", TEXT, id="as sent"),
        pytest.param("gzip", gzip.compress(TEXT), id="gzip"),
        pytest.param("deflate", raw_deflate(TEXT), id="deflate"),
        pytest.param("br", brotli.compress(TEXT), id="brotli"),
    ],
)
def test_the_cap_is_exact(coding: str, body: bytes) -> None:
    assert decode(coding, body, max_bytes=len(TEXT)) == TEXT
    assert reason_of(coding, body, max_bytes=len(TEXT) - 1) == ("decoded_too_large" if coding else "too_large")


BOMB = b"\0" * (32 * MIB)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        pytest.param("gzip", gzip.compress(BOMB), id="gzip"),
        pytest.param("deflate", raw_deflate(BOMB), id="deflate"),
        pytest.param("br", brotli.compress(BOMB, quality=5), id="brotli"),
        pytest.param("gzip, gzip", gzip.compress(gzip.compress(BOMB)), id="gzip in gzip"),
    ],
)
def test_a_bomb_never_takes_much_more_memory_than_the_cap(coding: str, body: bytes) -> None:
    tracemalloc.start()
    try:
        reason = reason_of(coding, body, max_bytes=MIB)
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert reason == "decoded_too_large"
    assert peak_bytes < 4 * MIB


def test_what_lies_between_two_codings_is_capped_as_well() -> None:
    """An outer bomb of empty inner blocks would cost time without giving a byte."""
    empty_blocks = b"\x00\x00\x00\xff\xff" * 400_000

    assert reason_of("deflate, gzip", gzip.compress(empty_blocks)) == "decoded_too_large"


def test_what_swells_a_hundredfold_is_a_bomb_whatever_the_cap() -> None:
    """Up to a MiB it may: a short page of spaces is no bomb."""
    assert len(decode("gzip", gzip.compress(bytes(MIB)), max_bytes=64 * MIB)) == MIB
    assert reason_of("gzip", gzip.compress(bytes(2 * MIB)), max_bytes=64 * MIB) == "decoded_too_large"


def test_gzip_members_without_end_are_a_decode_error() -> None:
    assert reason_of("gzip", gzip.compress(b"") * (MAX_MEMBERS + 1)) == "decode_error"
