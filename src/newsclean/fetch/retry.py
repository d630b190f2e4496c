"""Whether a failed fetch is worth another attempt, and how long the server asked to wait. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from newsclean.errors import BadStatus, FetchError, HostUnavailable
from newsclean.fetch.policy import FetchPolicy

# Not total_timeout: a server that took all of it once does so again. Not dns_error: an unknown name stays unknown.
TRANSIENT_REASONS = frozenset(
    {"resolver_failed", "connect_error", "connect_timeout", "read_timeout", "protocol_error", "truncated_body"}
)


def is_transient(error: BaseException, policy: FetchPolicy) -> bool:
    """Tell whether the same request may succeed a little later."""
    if isinstance(error, BadStatus):
        return error.status in policy.retry_statuses
    if not isinstance(error, FetchError) or isinstance(error, HostUnavailable):
        return False  # a host that is left alone is the caller's to plan
    return error.reason in TRANSIENT_REASONS


def asked_wait_s(error: BaseException | None, policy: FetchPolicy) -> float | None:
    """Give the seconds that the server asked to wait, at most `policy.retry_after_cap_s`; None if it didn't ask."""
    if not isinstance(error, BadStatus) or error.retry_after_s is None:
        return None
    return min(error.retry_after_s, policy.retry_after_cap_s)


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds from `now` (with a time zone), never negative; None for junk.

    >>> parse_retry_after("Wed, 04 Mar 2026 10:00:30 GMT", datetime(2026, 3, 4, 10, tzinfo=UTC))
    30.0
    """
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = _seconds_until(value, now)
    return None if math.isnan(seconds) else max(0.0, seconds)


def causes(error: BaseException) -> Iterator[BaseException]:
    """Give the error and what it was raised from, outermost first.

    One step may go by the context: httpcore's pool raises `from None` and so leaves nothing else. Further steps
    would lead to what the caller was handling when it called us.
    """
    cause: BaseException | None = error
    by_context = False
    while cause is not None:
        yield cause
        following = cause.__cause__
        if following is None and not by_context:
            following, by_context = cause.__context__, True
        cause = following


def _seconds_until(date: str, now: datetime) -> float:
    """Give the seconds from `now` to an HTTP date; NaN if it is none."""
    try:
        then = parsedate_to_datetime(date)
    except (ValueError, TypeError, OverflowError):
        return math.nan
    aware = then if then.tzinfo else then.replace(tzinfo=UTC)  # "-0000" gives a naive UTC time
    return (aware - now).total_seconds()
