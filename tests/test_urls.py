"""One spelling for each URL, and its key."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.errors import BadUrl
from newsclean.urls import normalize_url, parts_of, url_key, web_url


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        pytest.param(
            "HTTP://News.Example/Story", "http://news.example/Story", id="case of scheme and host, not of path"
        ),
        pytest.param("http://news.example", "http://news.example/", id="empty path"),
        pytest.param("http://news.example?p=1", "http://news.example/?p=1", id="empty path with a query"),
        pytest.param("http://news.example:80/", "http://news.example/", id="default port of http"),
        pytest.param("https://news.example:443/", "https://news.example/", id="default port of https"),
        pytest.param("https://news.example:80/", "https://news.example:80/", id="another scheme's port stays"),
        pytest.param("http://[0:0:0:0:0:0:0:1]:81/a", "http://[::1]:81/a", id="IPv6, written out"),
        pytest.param("http://[2001:DB8::00ff]/", "http://[2001:db8::ff]/", id="IPv6, zeros and capitals"),
        pytest.param("http://news.example:8080/", "http://news.example:8080/", id="other port stays"),
        pytest.param("http://news.example:/", "http://news.example/", id="colon without a port"),
        pytest.param("http://news.example/a#part-2", "http://news.example/a", id="fragment"),
        pytest.param("  http://news.example/a \t\n", "http://news.example/a", id="surrounding space"),
        pytest.param("http://news.example/a #top", "http://news.example/a", id="space before the fragment"),
        pytest.param("http://news.example/a\x0c?", "http://news.example/a", id="space before an empty query"),
        pytest.param("http://news.example/a ? #x", "http://news.example/a", id="space around an empty query"),
        pytest.param("http://news.example/?b=2&a=1&a=", "http://news.example/?b=2&a=1&a=", id="query stays as it is"),
        pytest.param("http://news.example/a%2Fb//c/", "http://news.example/a%2Fb//c/", id="path stays as it is"),
        pytest.param("http://news.example/@desk", "http://news.example/@desk", id="at sign in the path"),
        pytest.param("http://[2001:DB8::1]:80/", "http://[2001:db8::1]/", id="IPv6"),
        pytest.param("http://zeitung-köln.example/", "http://zeitung-köln.example/", id="international host"),
    ],
)
def test_a_url_has_one_spelling(url: str, normal: str) -> None:
    assert normalize_url(url) == normal


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param("", "invalid_url", id="empty"),
        pytest.param("a headline, not a URL", "invalid_url", id="words"),
        pytest.param("news.example/story", "invalid_url", id="no scheme"),
        pytest.param("localhost:8000/story", "invalid_url", id="host and port are no scheme"),
        pytest.param("http:news.example", "invalid_url", id="no slashes"),
        pytest.param("http:///story", "invalid_url", id="no host"),
        pytest.param("http://./", "invalid_url", id="only a dot for a host"),
        pytest.param("http://[::1", "invalid_url", id="open bracket"),
        pytest.param("http://[1:2:3]/", "invalid_url", id="half an address"),
        pytest.param("http://[fe80::1%25eth0]/", "invalid_url", id="an address of one interface"),
        pytest.param("http://news.example:0/", "invalid_url", id="port 0"),
        pytest.param("http://news.example:99999/", "invalid_url", id="port out of range"),
        pytest.param("http://news.example:http/", "invalid_url", id="port is no number"),
        pytest.param("http://two words.example/", "invalid_url", id="space in the host"),
        pytest.param("http://news.example\\@other.example/", "invalid_url", id="backslash in the host"),
        pytest.param("http://%6eews.example/", "invalid_url", id="escaped host"),
        pytest.param("http://me:secret@news.example/", "invalid_url", id="user and password"),
        pytest.param("http://news.example/\ud800", "invalid_url", id="lone surrogate"),
        pytest.param("ftp://news.example/", "scheme_blocked", id="ftp"),
        pytest.param("file:///etc/hostname", "scheme_blocked", id="file"),
        pytest.param("JavaScript:void(0)", "scheme_blocked", id="javascript"),
        pytest.param("mailto:desk@news.example", "scheme_blocked", id="mailto"),
    ],
)
def test_what_cannot_be_fetched_says_why(url: str, reason: str) -> None:
    with pytest.raises(BadUrl) as caught:
        normalize_url(url)

    assert (caught.value.reason, caught.value.url) == (reason, url)


def test_the_key_is_the_first_64_bits_of_sha256_of_the_normal_url() -> None:
    key = url_key("HTTP://News.Example/Story#top")

    assert key == hashlib.sha256(b"http://news.example/Story").hexdigest()[:16]


def test_urls_that_differ_in_the_query_have_different_keys() -> None:
    assert url_key("http://news.example/?id=1") != url_key("http://news.example/?id=2")


@given(
    st.one_of(st.text(max_size=60), st.text(max_size=60).map("http://".__add__), st.text().map("http://a.b/".__add__))
)
def test_any_text_is_a_stable_spelling_or_a_bad_url(text: str) -> None:
    """Normalising twice changes nothing more; nothing but BadUrl is raised."""
    try:
        once = normalize_url(text)
    except BadUrl:
        return
    assert normalize_url(once) == once


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.post.example/a?b", "www.post.example"),
        ("http://POST.example:8080/", "post.example"),
        ("https://post.example", "post.example"),
        ("post.html", None),
        ("saved//post.html", None),
        ("file://disk/post.html", None),
        (None, None),
    ],
    ids=["https", "port", "bare", "file", "doubled slash", "file URL", "none"],
)
def test_only_a_page_of_the_web_has_a_host(url: str | None, host: str | None) -> None:
    assert parts_of(web_url(url)).hostname == host
