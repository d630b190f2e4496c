"""How patiently, how politely and how much is fetched: every number of fetching, with its source."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_network
from typing import Literal

from newsclean.errors import UsageError

MIB = 1024 * 1024
MOST_CONNECTIONS = 128  # more bring nothing: a core is busy with some 300 pages/s, and a page takes less than 0.4 s

# What Scrapy retries (500 502 503 504 522 524 408 429) and, of the same kind, 425 Too Early (RFC 8470) and the
# other codes by which Cloudflare says that the server behind it failed. Not 501 and 505: they stay as they are.
RETRY_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 525)})


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """The limits of fetching; the defaults suit news sites and strangers' servers.

    Attributes:
        connect_timeout_s: until the connection stands, name resolution included, TLS counted anew.
        read_timeout_s: between two pieces of the answer.
        write_timeout_s: until the request is sent.
        total_timeout_s: for one attempt with its redirects and the body, waits for a turn left out.
        min_bytes_per_s: a body that comes slower than this over `min_rate_window_s` is given up.
        min_rate_window_s: how long a body may come so slowly.
        attempts: how often a page is asked for, the first time included.
        backoff_base_s: upper end of the random wait before the second attempt; doubles with each; 0 for no wait.
        backoff_cap_s: upper end that the doubling stops at.
        retry_after_cap_s: the most that a server's Retry-After can make us leave its host alone.
        patience_s: a Retry-After up to this is waited for within the fetch; with a longer one the error comes out at
            once, for the caller to plan. 0 for who can do something else meanwhile, as the batch does.
        max_bytes: of the body, as sent and as decoded.
        max_feed_bytes: likewise, of feeds and sitemaps.
        keep_raw: keep each body as sent, in `Page.raw`, beside the decoded one: at most `max_bytes` more for each page.
        max_redirects: redirects followed in one attempt.
        max_connections: requests at once, over all hosts; at most MOST_CONNECTIONS.
        max_per_host: requests at once to one host.
        delay_s: between the end of an answer and the next request to the same host; twice the time that the answer
            took, if that is longer, up to `max_slow_delay_s`. 0 for no pause at all but what robots.txt asks for.
        max_slow_delay_s: the longest pause that slow answers bring about.
        robots: ask robots.txt before anything else is asked of a host, and obey it.
        robots_agent: the name by which robots.txt calls us; name your crawler here and in `user_agent`.
        crawl_delay_cap_s: the longest Crawl-delay that is waited for; a site that asks for more is not fetched.
        breaker_failures: so many connections, or pages however often they were tried, that fail in a row, and the host
            is left alone.
        breaker_open_s: for how long the first time; twice as long the second; the third time for good.
        user_agent: sent with every request, printable ASCII; a crawler should add a contact address.
        retry_statuses: HTTP statuses that are worth another attempt.
        schemes: URL schemes that are fetched, redirects included; of http and https.
        ports: ports that are connected to.
        allow_private: networks as "10.1.0.0/16" that are connected to although they are not public, on any port.
        http: the client library; httpx2 needs newsclean[httpx2].
    """

    connect_timeout_s: float = 10.0  # three SYNs on Linux, sent at 0, 1, 3 and 7 s, may get lost
    read_timeout_s: float = 15.0  # Heritrix waits 20 s, trafilatura 30 s
    write_timeout_s: float = 10.0  # a request is one packet; as for connect
    total_timeout_s: float = 60.0  # the only stop for headers that never end; 10 MiB in it are 1.4 Mbit/s
    min_bytes_per_s: float = 1024.0  # a page of 20 KB in the window; a modem of 1994 was faster
    min_rate_window_s: float = 20.0  # longer than read_timeout_s, so that one stall is no slow page
    attempts: int = 3  # Scrapy: RETRY_TIMES = 2 beside the first
    backoff_base_s: float = 1.0  # full jitter: aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter
    backoff_cap_s: float = 60.0  # Google Cloud's client guides: maximum backoff 32 or 64 s
    retry_after_cap_s: float = 300.0  # what Heritrix bears as a crawl delay
    patience_s: float = 60.0  # as long as an attempt may take
    max_bytes: int = 10 * MIB  # Common Crawl's news crawl keeps 5 MiB, trafilatura 20 MB
    max_feed_bytes: int = 50 * MIB  # the most that sitemaps.org allows a sitemap
    keep_raw: bool = False
    max_redirects: int = 5  # RFC 9309 asks that many of robots.txt; browsers go to 20
    max_connections: int = 32  # enough to keep a core busy with pages that take 0.1 s
    max_per_host: int = 1  # one at a time, as Heritrix and Nutch do
    delay_s: float = 1.0  # Scrapy advises 0.25 to 2; Common Crawl's news crawl, with no hurry, takes 9
    max_slow_delay_s: float = 30.0  # Heritrix: five times the answer's time, 3 to 30 s
    robots: bool = True
    robots_agent: str = "newsclean"
    crawl_delay_cap_s: float = 60.0  # 1,400 pages a day; Common Crawl's news crawl bears 120 s, Heritrix 300 s
    breaker_failures: int = 5  # that many faulty pages beside each other are rare, even where some are
    breaker_open_s: float = 60.0  # a restart of a server
    user_agent: str = "Mozilla/5.0 (compatible; newsclean)"
    retry_statuses: frozenset[int] = RETRY_STATUSES
    schemes: frozenset[str] = frozenset({"http", "https"})
    ports: frozenset[int] = frozenset({80, 443})
    allow_private: tuple[str, ...] = ()
    http: Literal["httpx", "httpx2"] = "httpx"

    def __post_init__(self) -> None:
        for name in ("attempts", "max_bytes", "max_feed_bytes", "max_connections", "max_per_host", "breaker_failures"):
            if getattr(self, name) < 1:
                raise UsageError(f"FetchPolicy.{name} must be at least 1")
        if self.max_connections > MOST_CONNECTIONS:
            raise UsageError(f"FetchPolicy.max_connections must be at most {MOST_CONNECTIONS}")
        agent = self.user_agent
        if not (agent.isascii() and agent.isprintable() and agent == agent.strip() != ""):
            raise UsageError(f"FetchPolicy.user_agent must be a line of printable ASCII, not {agent!r}")
        if isinstance(self.allow_private, str):
            raise TypeError(f"FetchPolicy.allow_private takes several networks: ({self.allow_private!r},)")
        for network in self.allow_private:
            try:
                ip_network(network)
            except ValueError as error:
                raise UsageError(f"FetchPolicy.allow_private: {error}") from error


DEFAULT_POLICY = FetchPolicy()
ONE_PAGE = FetchPolicy(robots=False, delay_s=0)  # a person asks for one page: as a browser would, at once
