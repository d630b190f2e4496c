"""How patiently, how politely and how much is fetched: every number of fetching, with its source."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024

# What Scrapy retries (500 502 503 504 522 524 408 429) and, of the same kind, 425 Too Early (RFC 8470) and the
# other codes by which Cloudflare says that the server behind it failed. Not 501 and 505: they stay as they are.
RETRY_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 525)})


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """The limits of fetching; the defaults suit news sites and strangers' servers.

    Attributes:
        connect_timeout_s: until the connection stands, TLS included.
        read_timeout_s: between two pieces of the answer.
        write_timeout_s: until the request is sent.
        total_timeout_s: for one attempt with its redirects and the body, waits for a free place left out.
        attempts: how often a page is asked for, the first time included.
        backoff_base_s: upper end of the random wait before the second attempt; doubles with each; 0 for no wait.
        backoff_cap_s: upper end that the doubling stops at.
        retry_after_cap_s: the most that a server's Retry-After can make us wait.
        max_bytes: of the body, as sent and as decoded.
        max_redirects: redirects followed in one attempt.
        max_connections: requests at once, over all hosts.
        max_per_host: requests at once to one host.
        user_agent: sent with every request; a crawler should add a contact address.
        retry_statuses: HTTP statuses that are worth another attempt.
        schemes: URL schemes that are fetched, redirects included; of http and https.
    """

    connect_timeout_s: float = 10.0  # three SYNs on Linux, sent at 0, 1, 3 and 7 s, may get lost
    read_timeout_s: float = 15.0  # Heritrix waits 20 s, trafilatura 30 s
    write_timeout_s: float = 10.0  # a request is one packet; as for connect
    total_timeout_s: float = 60.0  # the only stop for a byte every ten seconds; 10 MiB in it are 1.4 Mbit/s
    attempts: int = 3  # Scrapy: RETRY_TIMES = 2 beside the first
    backoff_base_s: float = 1.0  # full jitter: aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter
    backoff_cap_s: float = 60.0  # Google Cloud's client guides: maximum backoff 32 or 64 s
    retry_after_cap_s: float = 300.0  # what Heritrix bears as a crawl delay
    max_bytes: int = 10 * MIB  # Common Crawl's news crawl keeps 5 MiB, trafilatura 20 MB
    max_redirects: int = 5  # RFC 9309 asks that many of robots.txt; browsers go to 20
    max_connections: int = 32  # httpx 0.28 slows down above: 99 pages/s at 128, 36 at 400 (40 KB pages, loopback)
    max_per_host: int = 1  # one at a time, as Heritrix and Nutch do
    user_agent: str = "Mozilla/5.0 (compatible; newsclean)"
    retry_statuses: frozenset[int] = RETRY_STATUSES
    schemes: frozenset[str] = frozenset({"http", "https"})

    def __post_init__(self) -> None:
        for name in ("attempts", "max_bytes", "max_connections", "max_per_host"):
            if getattr(self, name) < 1:
                raise ValueError(f"FetchPolicy.{name} must be at least 1")


DEFAULT_POLICY = FetchPolicy()
