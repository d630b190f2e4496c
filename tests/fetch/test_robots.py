"""What a robots.txt allows: RFC 9309's rules, the slips that Google's parser forgives, and files that mean harm."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.fetch.robots import MAX_BYTES, MAX_LINE_BYTES, MAX_RULES, Robots

SITE = "https://mill.example"


def allows(text: str | bytes, path: str, agent: str = "newsclean") -> bool:
    body = text if isinstance(text, bytes) else text.encode()
    return Robots.parse(body).allows(SITE + path, agent)


def for_all(*lines: str) -> str:
    return "\n".join(("User-agent: *", *lines))


# ---- paths


@pytest.mark.parametrize(
    ("rule", "path", "hit"),
    [
        pytest.param("/", "/", True, id="root"),
        pytest.param("/", "/weir/gate", True, id="all below the root"),
        pytest.param("/weir", "/weir", True, id="itself"),
        pytest.param("/weir", "/weir-keeper", True, id="beginning"),
        pytest.param("/weir", "/weir/gate?open=1", True, id="all below, query too"),
        pytest.param("/weir", "/old/weir", False, id="not in the middle"),
        pytest.param("/weir", "/Weir", False, id="case counts"),
        pytest.param("/weir/", "/weir", False, id="folder is not its name"),
        pytest.param("/weir/", "/weir/", True, id="folder"),
        pytest.param("/weir?open", "/weir?open=1", True, id="query"),
        pytest.param("/weir?open", "/weir", False, id="query is missing"),
        pytest.param("/weir;a", "/weir;a?b", True, id="parameter"),
        pytest.param("/*.pdf", "/tides/may.pdf", True, id="star"),
        pytest.param("/*.pdf", "/may.pdf?page=2", True, id="star leaves the end open"),
        pytest.param("/*.pdf$", "/may.pdf", True, id="star and end"),
        pytest.param("/*.pdf$", "/may.pdf?page=2", False, id="end is the end"),
        pytest.param("/*.pdf$", "/may.pdf.pdf", True, id="end, found twice"),
        pytest.param("/$", "/", True, id="root alone"),
        pytest.param("/$", "/weir", False, id="root alone, another page"),
        pytest.param("*", "/weir", True, id="star alone"),
        pytest.param("*/gate", "/weir/gate", True, id="star first"),
        pytest.param("/a*b*c", "/a-c-b-c", True, id="two stars"),
        pytest.param("/a*b*c", "/a-c-b", False, id="two stars, wrong order"),
        pytest.param("/a***c", "/a-c", True, id="stars in a row"),
        pytest.param("/*aba*aba*c", "/abac", False, id="what one part has taken is no other's"),
        pytest.param("/a*a$", "/a", False, id="one letter is not two"),
        pytest.param("/a*", "/a", True, id="star of nothing"),
        pytest.param("/a*$", "/a/b", True, id="star before the end"),
        pytest.param("/a$b", "/a$b", True, id="dollar in the middle is a letter"),
        pytest.param("/a$b", "/a", False, id="dollar in the middle is no end"),
        pytest.param("weir", "/weir", False, id="no slash, no path"),
        pytest.param("/a b", "/a%20b", True, id="blank in the rule"),
        pytest.param("/a.c", "/abc", False, id="a dot is a dot"),
    ],
)
def test_a_rule_matches_from_the_beginning_of_a_path(rule: str, path: str, hit: bool) -> None:
    assert allows(for_all(f"Disallow: {rule}"), path) is not hit
    assert allows(for_all("Disallow: /", f"Allow: {rule}"), path) is hit


@pytest.mark.parametrize(
    ("rule", "path", "hit"),
    [
        pytest.param("/mühle", "/m%C3%BChle", True, id="RFC: beyond ASCII is escaped"),
        pytest.param("/m%C3%BChle", "/mühle", True, id="in the URL as well"),
        pytest.param("/m%c3%bchle", "/m%C3%BChle", True, id="case of the escape"),
        pytest.param("/水車", "/%E6%B0%B4%E8%BB%8A/a", True, id="three bytes"),
        pytest.param("/%77%65ir", "/weir", True, id="RFC: escaped letters are letters"),
        pytest.param("/weir", "/%77eir", True, id="in the URL as well"),
        pytest.param("/~mill", "/%7Emill", True, id="tilde"),
        pytest.param("/a%2Fb", "/a/b", False, id="an escaped slash is none"),
        pytest.param("/a/b", "/a%2Fb", False, id="a slash is no escaped one"),
        pytest.param("/a%2fb", "/a%2Fb", True, id="an escaped slash is itself"),
        pytest.param("/a%3cb", "/a<b", True, id="not allowed in URLs"),
        pytest.param("/go?to=https://x.example", "/go?to=https://x.example", True, id="URL in a query"),
        pytest.param("/go?to=https://x.example", "/go?to=https%3A%2F%2Fx.example", True, id="RFC: and escaped"),
        pytest.param("/go?to=https%3A%2F%2Fx.example", "/go?to=https://x.example", True, id="the other way round"),
        pytest.param("/go?to=/a%2Fb", "/go?to=%2Fa/b", True, id="slashes of both kinds"),
        pytest.param("/*to=https%3A%2F%2Fx.example", "/go?to=https%3A%2F%2Fx.example", True, id="no question mark"),
        pytest.param("/file-%2A.html", "/file-*.html", True, id="RFC: an escaped star is a letter"),
        pytest.param("/file-%2A.html", "/file-a.html", False, id="and no wildcard"),
        pytest.param("/cost-%24", "/cost-$", True, id="RFC: an escaped dollar is a letter"),
        pytest.param("/cost-%24", "/cost-$5", True, id="and no end"),
        pytest.param("/100%", "/100%25", True, id="a per cent sign alone"),
        pytest.param("/a%zz", "/a%zz", True, id="no escape at all"),
        pytest.param("/a%C3", "/a%C3%BC", True, id="half a letter"),
    ],
)
def test_spellings_of_one_path_are_one_path(rule: str, path: str, hit: bool) -> None:
    assert allows(for_all(f"Disallow: {rule}"), path) is not hit


@pytest.mark.parametrize(
    ("lines", "path", "allowed"),
    [
        pytest.param(("Disallow: /a", "Allow: /a/b"), "/a/b/c", True, id="longer allow"),
        pytest.param(("Allow: /a", "Disallow: /a/b"), "/a/b/c", False, id="longer disallow"),
        pytest.param(("Allow: /a/b", "Disallow: /a"), "/a/b/c", True, id="order is of no account"),
        pytest.param(("Disallow: /a", "Allow: /a"), "/a", True, id="allow wins a tie"),
        pytest.param(("Allow: /a", "Disallow: /a"), "/a", True, id="allow wins a tie, whatever the order"),
        pytest.param(("Disallow: /a*", "Allow: /a"), "/a", False, id="a star is an octet"),
        pytest.param(("Allow: /$", "Disallow: /"), "/", True, id="root allowed"),
        pytest.param(("Allow: /$", "Disallow: /"), "/b", False, id="root alone allowed"),
        pytest.param(("Allow: /page", "Disallow: /*.htm"), "/page.htm", False, id="Google: star is the longer"),
        pytest.param(("Allow: /page", "Disallow: /*.ht"), "/page.htm", True, id="Google: the tie"),
        pytest.param(("Allow: /%61%62%63", "Disallow: /abcd"), "/abcd", False, id="octets are counted unescaped"),
        pytest.param(("Allow: /?b", "Disallow: /*cde"), "/?bcde", False, id="a question mark is one octet"),
        pytest.param(("Allow: /ü", "Disallow: /*abc"), "/üabc", True, id="a letter beyond ASCII is six"),
        pytest.param(("Disallow:",), "/a", True, id="an empty disallow allows"),
        pytest.param(("Disallow: ", "Disallow: /a"), "/a", False, id="an empty disallow takes nothing back"),
        pytest.param(("Allow:", "Disallow: /"), "/a", False, id="an empty allow is nothing"),
        pytest.param(("Disallow: /", "Allow: /a/index.html"), "/a/", True, id="Google: index.html is its folder"),
        pytest.param(("Disallow: /", "Allow: /a/index.htm"), "/a/", True, id="Google: index.htm too"),
        pytest.param(("Disallow: /", "Allow: /a/index.html"), "/a/b", False, id="Google: but nothing else in it"),
        pytest.param(("Disallow: /a/index.html",), "/a/", True, id="Google: allowing only"),
    ],
)
def test_the_most_specific_rule_wins(lines: tuple[str, ...], path: str, allowed: bool) -> None:
    assert allows(for_all(*lines), path) is allowed


@pytest.mark.parametrize(
    ("url", "path"),
    [
        pytest.param("https://mill.example", "/", id="no path"),
        pytest.param("https://mill.example?a=1", "/?a=1", id="query without a path"),
        pytest.param("https://mill.example/a#b", "/a", id="fragment"),
        pytest.param("https://mill.example#/b", "/", id="fragment without a path"),
        pytest.param("https://mill.example:8443/a", "/a", id="port"),
        pytest.param("https://mill.example//a", "//a", id="two slashes"),
        pytest.param("https://mill.example/a?u=http://b/c", "/a?u=http://b/c", id="URL in the query"),
        pytest.param("//mill.example/a", "/a", id="no scheme"),
        pytest.param("mill.example/a", "/a", id="no scheme, no slashes"),
        pytest.param("/a", "/a", id="path alone"),
        pytest.param("/a?u=http://b/c", "/a?u=http://b/c", id="path alone, URL in the query"),
        pytest.param("", "/", id="nothing"),
        pytest.param("https://mill.example;a", "/;a", id="parameter without a path"),
    ],
)
def test_only_path_and_query_of_a_url_are_looked_at(url: str, path: str) -> None:
    assert not Robots.parse(for_all(f"Disallow: {path}$").encode()).allows(url)


def test_robots_txt_itself_is_always_allowed() -> None:
    assert allows(for_all("Disallow: /"), "/robots.txt")
    assert not allows(for_all("Disallow: /"), "/robots.txt.bak")


# ---- groups and agents


@pytest.mark.parametrize(
    ("text", "agent", "allowed"),
    [
        pytest.param("User-agent: newsclean\nDisallow: /", "newsclean", False, id="by name"),
        pytest.param("USER-AGENT: NewsClean\nDISALLOW: /", "newsclean", False, id="case is of no account"),
        pytest.param("User-agent: newsclean\nDisallow: /", "NEWSCLEAN", False, id="nor the caller's"),
        pytest.param("User-agent: newsclean/1.0\nDisallow: /", "newsclean", False, id="version"),
        pytest.param("User-agent: newsclean bot\nDisallow: /", "newsclean", False, id="words behind"),
        pytest.param("User-agent: newsclean\nDisallow: /", "newsclean/1.0", False, id="the caller's version"),
        pytest.param("User-agent: news\nDisallow: /", "newsclean", True, id="half a name is another"),
        pytest.param("User-agent: newsclean-images\nDisallow: /", "newsclean", True, id="a longer name is another"),
        pytest.param("User-agent: other\nDisallow: /", "newsclean", True, id="another"),
        pytest.param("User-agent: other\nDisallow: /", "", True, id="no name"),
        pytest.param("User-agent: *\nDisallow: /", "newsclean", False, id="all"),
        pytest.param("User-agent: * (all)\nDisallow: /", "newsclean", False, id="all, and words behind"),
        pytest.param("User-agent: *bot\nDisallow: /", "newsclean", True, id="no wildcards in names"),
        pytest.param("User-agent:\nDisallow: /", "newsclean", True, id="nobody"),
        pytest.param("User-agent: MJ12bot\nDisallow: /", "MJ12bot", False, id="digits"),
        pytest.param("User-agent: MJ12bot/v1.4\nDisallow: /", "MJ12bot/1.5", False, id="digits and a version"),
        pytest.param("User-agent: news.clean\nDisallow: /", "news.clean", False, id="a dot"),
        pytest.param("User-agent: MJ12bot\nDisallow: /", "MJ", False, id="a token ends at a digit"),
        pytest.param("User-agent: MJ13bot\nDisallow: /", "MJ12bot", True, id="other digits"),
        pytest.param("User-agent: MJ\nDisallow: /", "MJ12bot", True, id="the token of a longer name"),
        pytest.param("Disallow: /\nUser-agent: *", "newsclean", True, id="rules before any name"),
        pytest.param("Disallow: /", "newsclean", True, id="rules without a name"),
    ],
)
def test_a_group_is_for_those_it_names(text: str, agent: str, allowed: bool) -> None:
    assert allows(text, "/a", agent) is allowed


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        pytest.param(
            "User-agent: *\nDisallow: /\nUser-agent: newsclean\nDisallow: /b", True, id="own group, not all's"
        ),
        pytest.param("User-agent: newsclean\nAllow: /b\nUser-agent: *\nDisallow: /", True, id="whatever the order"),
        pytest.param("User-agent: newsclean\n\nUser-agent: *\nDisallow: /", False, id="one group: no rule between"),
        pytest.param("User-agent: newsclean\nDisallow:\nUser-agent: *\nDisallow: /", True, id="an empty rule divides"),
        pytest.param("User-agent: *\nDisallow: /\nUser-agent: newsclean", True, id="own group without rules"),
        pytest.param("User-agent: x\nUser-agent: newsclean\nDisallow: /", False, id="two names"),
        pytest.param("User-agent: newsclean\nUser-agent: x\nDisallow: /", False, id="two names, the other first"),
        pytest.param(
            "User-agent: newsclean\nDisallow: /b\nUser-agent: x\nDisallow: /c\nUser-agent: newsclean\nDisallow: /a",
            False,
            id="groups of one name are one",
        ),
        pytest.param(
            "User-agent: *\nDisallow: /b\nUser-agent: x\nDisallow: /c\nUser-agent: *\nDisallow: /a",
            False,
            id="groups of all are one",
        ),
        pytest.param("User-agent: newsclean\nSitemap: /s.xml\nUser-agent: x\nDisallow: /", False, id="sitemap between"),
        pytest.param("User-agent: newsclean\nHarvest: no\nUser-agent: x\nDisallow: /", False, id="unknown between"),
        pytest.param("User-agent: newsclean\nCrawl-delay: 5\nUser-agent: x\nDisallow: /", False, id="delay between"),
        pytest.param("User-agent: newsclean\nDisallow: /b\n\nDisallow: /a", False, id="a blank line ends nothing"),
        pytest.param("User-agent: newsclean\nDisallow: /b\nSitemap: /s\nDisallow: /a", False, id="nor a sitemap"),
    ],
)
def test_groups_begin_at_a_name_after_a_rule(text: str, allowed: bool) -> None:
    assert allows(text, "/a") is allowed


# ---- lines


@pytest.mark.parametrize(
    "line",
    [
        "Disallow: /a",
        "disallow:/a",
        "  Disallow \t: \t/a  ",
        "Disallow: /a # keep out",
        "Disallow: /a#keep-out",
        "Disallow /a",
        "Disallow\t/a",
        "Dissallow: /a",
        "Dissalow: /a",
        "Disalow: /a",
        "Diasllow: /a",
        "Disallaw: /a",
        "Disallows: /a",
    ],
)
def test_a_line_is_read_however_it_is_written(line: str) -> None:
    assert not allows(for_all(line), "/a")


@pytest.mark.parametrize(
    "line", ["User-agent: newsclean", "useragent: newsclean", "user agent: newsclean", "User-Agent newsclean"]
)
def test_a_name_is_read_however_it_is_written(line: str) -> None:
    assert not allows(f"{line}\nDisallow: /", "/a")


@pytest.mark.parametrize(
    "line",
    [
        "#Disallow: /a",
        "Disallow # : /a",
        "Dis allow: /a",
        "Verbiete: /a",
        ": /a",
        "/a",
        "Disallow /a /b",
        "nodisallow: /a",
    ],
)
def test_what_is_no_rule_is_skipped(line: str) -> None:
    assert allows(for_all(line), "/a")


def test_a_colon_in_the_path_does_not_stand_in_for_the_missing_one() -> None:
    assert not allows(for_all("Disallow /a:b"), "/a:b")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\r\r\n"], ids=["LF", "CRLF", "CR", "two", "mixed"])
def test_lines_end_in_every_way(end: str) -> None:
    assert not allows(end.join(("User-agent: *", "Disallow: /a")), "/a")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"\xef\xbb\xbfUser-agent: *\nDisallow: /a", id="BOM"),
        pytest.param(b"\xef\xbbUser-agent: *\nDisallow: /a", id="part of a BOM"),
        pytest.param("User-agent: *\nDisallow: /a".encode("utf-16"), id="UTF-16"),
        pytest.param("User-agent: *\nDisallow: /a".encode("utf-16-be"), id="UTF-16 without a BOM"),
        pytest.param(b"\0User-agent: *\0\nDisal\0low: /a\0", id="NUL"),
        pytest.param("# Mühle\nUser-agent: *\nDisallow: /a # für alle".encode("latin-1"), id="Latin-1"),
        pytest.param(b"\xff\x81\n\x00\nUser-agent: *\nDisallow: /a", id="bytes of no encoding"),
    ],
)
def test_bytes_are_read_whatever_their_encoding(body: bytes) -> None:
    assert not allows(body, "/a")
    assert allows(body, "/b")


@pytest.mark.parametrize("path", ["/m%FChle", "/m%C3%BChle"], ids=["as written", "as UTF-8"])
def test_a_latin_1_path_is_meant_in_both_encodings(path: str) -> None:
    assert not allows("User-agent: *\nDisallow: /mühle".encode("latin-1"), path)


def test_a_page_of_html_in_its_place_allows_all() -> None:
    assert allows("<!doctype html><html><body><p>User-agent: not found</p></body></html>", "/a")


# ---- limits


def test_a_rule_that_is_not_complete_within_the_limit_does_not_count() -> None:
    """What stands before it does."""
    head = b"User-agent: *\nDisallow: /a\n"
    filled = head + b"#" * (MAX_BYTES - len(head) - 13) + b"\nDisallow: /b"

    assert not allows(filled, "/b")  # the last byte is the limit's
    assert allows(filled + b"c", "/b")
    assert allows(b" " + filled, "/bcd")
    assert not allows(b" " + filled, "/a")


def test_a_long_line_counts_as_far_as_it_is_read() -> None:
    path = "/" + "w" * (MAX_LINE_BYTES - len("Disallow: /"))

    assert not allows(for_all(f"Disallow: {path}eir"), path + "x")
    assert allows(for_all(f"Disallow: {path[:-1]}eir"), path[:-1] + "x")


def test_rules_are_counted() -> None:
    assert not allows(for_all(*["Disallow: /a"] * (MAX_RULES - 1), "Disallow: /b"), "/b")
    assert allows(for_all(*["Disallow: /a"] * MAX_RULES, "Disallow: /b"), "/b")


HOSTILE = {
    "rules": b"User-agent: *\n" + b"Disallow: /*w*e*i*r*$\n" * 23_000,
    "wildcards": b"User-agent: *\n" + (b"Disallow: /" + b"*w" * 8_000 + b"x\n") * 31,
    "agents": b"User-agent: newsclean\n" * 23_000 + b"Disallow: /b",
    "groups": b"User-agent: newsclean\nDisallow: /b\n" * 14_000,
    "agents and rules": b"User-agent: *\n" * 10_000 + b"Disallow: /b\n" * 10_000,
    "comment": b"#" * MAX_BYTES,
    "colons": b":" * MAX_BYTES,
    "blanks": b" " * MAX_BYTES,
    "lines": b"\n" * MAX_BYTES,
    "escapes": b"User-agent: *\nDisallow: /" + b"%" * MAX_BYTES,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_takes_bounded_time(body: bytes) -> None:
    """0.3 s of CPU at most on a quiet machine; quadratic time would be minutes."""
    began_s = time.process_time()

    robots = Robots.parse(body)
    assert robots.allows(SITE + "/" + "w" * 2_000)

    assert time.process_time() - began_s < 3


@given(st.binary(max_size=300), st.text(max_size=60), st.text(max_size=10))
def test_no_bytes_and_no_url_are_an_error(body: bytes, url: str, agent: str) -> None:
    assert Robots.parse(b"User-agent: *\nDisallow: " + body).allows(url, agent) in {True, False}


@given(st.text(alphabet="ab/*$?", min_size=1, max_size=12), st.text(alphabet="ab/*$?", max_size=12))
def test_wildcards_match_as_a_regular_expression_would(rule: str, path: str) -> None:
    """The oracle backtracks."""
    target = "/" + path.lstrip("/")  # two slashes would begin a host
    pattern = "".join(".*" if c == "*" else re.escape(c) for c in rule.removesuffix("$"))
    hit = re.match(pattern + (r"\Z" if rule.endswith("$") else ""), target)

    assert Robots.parse(for_all(f"Disallow: {rule}").encode()).allows(target) is not bool(hit)


# ---- delays


@pytest.mark.parametrize(
    ("lines", "delay_s"),
    [
        pytest.param(("Crawl-delay: 5",), 5, id="seconds"),
        pytest.param(("Crawl-delay: 0.5",), 0.5, id="half a second"),
        pytest.param(("crawl-delay .5",), 0.5, id="no colon, no nought"),
        pytest.param(("Crawl-delay: 0",), 0, id="none"),
        pytest.param(("Crawl-delay: 2", "Crawl-delay: 7", "Crawl-delay: 3"), 7, id="the longest"),
        *(
            pytest.param((f"Crawl-delay: {junk}",), None, id=junk or "empty")
            for junk in ("-5", "nan", "inf", "1e9", "soon", "", "1,5", "٣", "9" * 400)
        ),
        pytest.param(("Disallow: /",), None, id="not asked"),
    ],
)
def test_a_delay_is_a_plain_number_of_seconds(lines: tuple[str, ...], delay_s: float | None) -> None:
    assert Robots.parse(for_all(*lines).encode()).crawl_delay_s() == delay_s


def test_a_delay_is_for_the_agents_of_its_group() -> None:
    robots = Robots.parse(b"User-agent: x\nCrawl-delay: 9\nDisallow: /a\nUser-agent: *\nCrawl-delay: 2\nDisallow: /b")

    assert (robots.crawl_delay_s("x"), robots.crawl_delay_s(), robots.crawl_delay_s("y/1.0")) == (9, 2, 2)
