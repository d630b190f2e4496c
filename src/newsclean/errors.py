"""Every error that newsclean raises, named for the caller's choice.

    NewscleanError              has .reason, a word of the closed list REASONS, and .url
    ├── FetchError              nothing came that could be read; .retry_after_s: when it may, if known
    │   ├── BadUrl              fix the input: not a URL, not http(s), or not a public address
    │   ├── Disallowed          the site's robots.txt says no
    │   ├── Unreachable         no complete answer came: DNS, connection, TLS, time-out
    │   │   └── HostUnavailable the host was not asked for the page, as it failed or asks to be left alone
    │   ├── BadStatus           the server answered with an error; .status tells which
    │   ├── NotModified         the page is as it was; only if a fetch asked `since` when
    │   ├── BadRedirect         a loop, too many hops, or a target that is no URL
    │   └── BadBody             not a page, too large, or broken in transit
    ├── NoArticle               the page came, and holds no article
    ├── TooComplex              the page would take the parsers too long
    ├── WorkerFailed            the page took its worker process too long, too much memory, or broke it
    ├── InputError              a file that was named can't be read
    ├── OutputError             a result can't be written; the run should stop
    │   └── FolderBusy          another run is writing to the folder
    ├── RuleError               a rule file is wrong; the message has file and rule
    └── FixtureError            a fixture folder is incomplete or unreadable

    UsageError, a ValueError    the call itself is wrong: an option, a rule or a number that there is not

A library call lets them through; a batch turns those of one page into its Outcome.
"""

from __future__ import annotations

from typing import Any

REASONS: dict[str, str] = {
    "invalid_url": "is not a URL: expected http://… or https://…",
    "bad_table": "no column of this list is known to hold URLs",
    "bad_list": "is a text, not a list of URLs",
    "bad_line": 'expected a JSON object with a "url" or a "file"',
    "scheme_blocked": "only http and https are fetched",
    "address_blocked": "the address or port is not public; --allow-private, in Python allow_private, admits a network",
    "robots_disallowed": "the site's robots.txt disallows it",
    "robots_unreachable": "the site's robots.txt can't be read, so nothing is fetched there for now",
    "robots_delay_too_long": "the site's robots.txt asks for a longer pause between pages than is worth waiting for",
    "host_unavailable": "the host has failed too often, or has asked to be left alone for a while",
    "dns_error": "the host name is not known",
    "resolver_failed": "the host name can't be looked up at present",
    "connect_error": "the host does not accept connections",
    "connect_timeout": "the host did not answer in time",
    "tls_error": "the certificate or the TLS connection is not valid",
    "read_timeout": "the server stopped sending",
    "total_timeout": "the page took too long in all",
    "too_slow": "the page came too slowly",
    "protocol_error": "the server's answer is not valid HTTP",
    "http_410": "the page is gone for good",
    "http_429": "the server wants fewer requests",
    "http_4xx": "the server does not give the page",
    "http_5xx": "the server failed",
    "http_3xx": "the server redirected without a usable target",
    "redirect_loop": "the redirects lead back to where they began",
    "too_many_redirects": "more redirects than allowed",
    "redirect_invalid": "the redirect's target is not a URL",
    "too_large": "the page is larger than allowed; raise max_bytes to take it",
    "decoded_too_large": "the page is larger than allowed once it is decompressed",
    "decode_error": "the content encoding is broken or not supported",
    "truncated_body": "the page ended before it was complete",
    "not_html": "is not an HTML page",
    "not_feed": "is neither a feed nor a sitemap",
    "unchanged": "the page is as it was when it was last fetched",
    "not_archived": "the archive does not hold it",
    "warc_corrupt": "the archive is broken here",
    "empty_page": "holds nothing to read",
    "bad_encoding": "the bytes can't be read as text in any encoding that the page names",
    "consent_wall": "the page asks for consent to cookies instead of showing an article",
    "bot_wall": "the page checks for robots instead of showing an article",
    "no_body": "no article text was found",
    "html_too_complex": "the page is nested too deeply or has too many elements",
    "extract_timeout": "extraction took too long",
    "extract_crash": "extraction broke its worker process",
    "extract_oom": "extraction took too much memory",
    "no_worker": "no worker process starts, perhaps for want of memory; --workers 0, in Python workers=0, does without",
    "missing_file": "no such file",
    "unreadable_file": "the file can't be read",
    "disk_full": "the disk is full: free some space and run the same command again",
    "write_error": "the result can't be written",
    "folder_busy": "another run is writing to this folder",
    "file_exists": "a file of this name is there that no recorded run has written; move it, or name another folder",
    "bad_rule": "the rule file is wrong",
    "bad_fixture": "the fixture is incomplete",
    "duplicate": "the same URL stands further up in the input",
    "internal_error": "newsclean failed here; please report the page",
}
"""Reason -> what it means, in words for the terminal."""


class UsageError(ValueError):
    """The call is wrong, whatever the page: it names an option or a rule that there is not, a number out of range."""


class NewscleanError(Exception):
    """Base of all errors raised here.

    Attributes:
        reason: a key of REASONS, for counting and for the manifest.
        url: the URL or file that it is about, if known.
        detail: what was seen, in words; may be empty.
    """

    default_reason = "internal_error"

    def __init__(self, detail: str = "", *, reason: str | None = None, url: str | None = None) -> None:
        self.reason = reason or self.default_reason
        self.url = url
        self.detail = detail
        super().__init__(detail, self.reason, url)

    def __reduce__(self) -> tuple[Any, ...]:
        # what Exception does here would call the class with `args`, and each of these has its own arguments
        return rebuilt, (type(self), self.args, self.__dict__)

    def __str__(self) -> str:
        where = f"{self.url}: " if self.url else ""
        said = f" ({self.detail})" if self.detail else ""
        return f"{where}{REASONS[self.reason]}{said}"


def rebuilt(kind: type[NewscleanError], args: tuple[Any, ...], said: dict[str, Any]) -> NewscleanError:
    """An error as it was before it was pickled, without its cause and its traceback."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(said)
    return error


class FetchError(NewscleanError):
    """Nothing came that could be read.

    Attributes:
        retry_after_s: seconds after which it is worth asking again, where that is known.
        attempts: how often the page was asked for; 0 if it never was, or that is not known.
    """

    retry_after_s: float | None = None
    attempts: int = 0


class BadUrl(FetchError):
    """The input is not a URL that can, or may, be fetched; trying again is no use."""

    default_reason = "invalid_url"


class Disallowed(FetchError):
    """The site's robots.txt says no; `robots=False` in the policy asks nobody."""

    default_reason = "robots_disallowed"


class Unreachable(FetchError):
    """No complete answer came; most reasons for it pass."""

    default_reason = "connect_error"


class HostUnavailable(Unreachable):
    """The page was not asked for: its host failed too often, asked to be left alone, or keeps its robots.txt back.

    Attributes:
        retry_after_s: seconds until the host is worth another question; None if that is never.
    """

    default_reason = "host_unavailable"

    def __init__(
        self, detail: str = "", *, reason: str | None = None, url: str | None = None, retry_after_s: float | None = None
    ) -> None:
        super().__init__(detail, reason=reason, url=url)
        self.retry_after_s = retry_after_s


class BadStatus(FetchError):
    """The server answered with something else than 2xx.

    Attributes:
        status: the HTTP status.
        retry_after_s: seconds that the server asked to wait, if it did.
    """

    def __init__(self, status: int, *, url: str | None = None, retry_after_s: float | None = None) -> None:
        reason = f"http_{status}" if f"http_{status}" in REASONS else f"http_{min(max(status // 100, 3), 5)}xx"
        super().__init__(f"HTTP {status}", reason=reason, url=url)
        self.status = status
        self.retry_after_s = retry_after_s


class NotModified(FetchError):
    """The page is as it was when it was last fetched: the server's answer to a fetch with `since`."""

    default_reason = "unchanged"


class BadRedirect(FetchError):
    """The redirects lead nowhere."""

    default_reason = "redirect_invalid"


class BadBody(FetchError):
    """The body is not a page, is too large, or broke in transit."""

    default_reason = "decode_error"


class NoArticle(NewscleanError):
    """The page holds no article; `reason` says what it is instead."""

    default_reason = "no_body"


class TooComplex(NewscleanError):
    """The page is nested so deeply, or so wide, that parsing it would not end in time."""

    default_reason = "html_too_complex"


class WorkerFailed(NewscleanError):
    """The worker process that had the page was ended, or ended itself; the other pages are not touched by that."""

    default_reason = "extract_crash"


class InputError(NewscleanError):
    """A file that was named can't be read."""

    default_reason = "unreadable_file"


class OutputError(NewscleanError):
    """A result can't be written."""

    default_reason = "write_error"


class FolderBusy(OutputError):
    """Another run is writing to this folder."""

    default_reason = "folder_busy"


class RuleError(NewscleanError):
    """A rule file is wrong; the detail names the file and the rule."""

    default_reason = "bad_rule"


class FixtureError(NewscleanError):
    """A fixture folder is incomplete; the detail names what is missing."""

    default_reason = "bad_fixture"
