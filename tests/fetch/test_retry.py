"""What is worth another attempt, and how long the server asked to wait."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.errors import BadBody, BadStatus, BadUrl, FetchError, HostUnavailable, Unreachable
from newsclean.fetch.policy import RETRY_STATUSES, FetchPolicy
from newsclean.fetch.retry import TRANSIENT_REASONS, asked_wait_s, causes, is_transient, parse_retry_after

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
POLICY = FetchPolicy(retry_after_cap_s=300)


@pytest.mark.parametrize(
    ("error", "again"),
    [
        pytest.param(BadStatus(429), True, id="429"),
        pytest.param(BadStatus(503), True, id="503"),
        pytest.param(BadStatus(521), True, id="521"),
        pytest.param(BadStatus(403), False, id="403"),
        pytest.param(BadStatus(404), False, id="404"),
        pytest.param(BadStatus(410), False, id="410"),
        pytest.param(BadStatus(501), False, id="501"),
        pytest.param(Unreachable(), True, id="connection refused"),
        pytest.param(Unreachable(reason="read_timeout"), True, id="read timeout"),
        pytest.param(Unreachable(reason="total_timeout"), False, id="total timeout"),
        pytest.param(Unreachable(reason="tls_error"), False, id="certificate"),
        pytest.param(Unreachable(reason="dns_error"), False, id="unknown host"),
        pytest.param(Unreachable(reason="resolver_failed"), True, id="resolver busy"),
        pytest.param(HostUnavailable(reason="connect_error"), False, id="a host that is left alone"),
        pytest.param(BadBody(reason="truncated_body"), True, id="truncated"),
        pytest.param(BadBody(reason="too_large"), False, id="too large"),
        pytest.param(BadUrl(), False, id="no URL"),
        pytest.param(FetchError(), False, id="internal"),
        pytest.param(RuntimeError(), False, id="not ours"),
    ],
)
def test_only_what_may_pass_is_transient(error: Exception, again: bool) -> None:
    assert is_transient(error, POLICY) is again


def test_the_docs_name_what_is_tried_again() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "batch.md").read_text("utf-8")
    reasons, statuses = docs.split("## What is tried again")[1].split("\n| ")[2:4]

    assert set(re.findall(r"`(\w+)`", reasons)) == TRANSIENT_REASONS
    assert set(map(int, re.findall(r"\d{3}", statuses))) == RETRY_STATUSES


def test_the_policy_says_which_statuses_are_retried() -> None:
    assert is_transient(BadStatus(404), FetchPolicy(retry_statuses=frozenset({404})))


def test_causes_stop_before_what_the_caller_was_handling() -> None:
    callers, real, hidden, ours = KeyError(), OSError(), ValueError(), RuntimeError()
    ours.__cause__ = hidden
    hidden.__context__ = real
    real.__context__ = callers

    assert list(causes(ours)) == [ours, hidden, real]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        pytest.param("7", 7.0, id="seconds"),
        pytest.param(" 7 ", 7.0, id="spaces"),
        pytest.param("-1", 0.0, id="negative"),
        pytest.param("1e9", 1e9, id="far too long, for the cap to deal with"),
        pytest.param("Wed, 04 Mar 2026 12:01:30 GMT", 90.0, id="date"),
        pytest.param("Wed, 04 Mar 2026 12:01:30 -0000", 90.0, id="date without a zone"),
        pytest.param("Wed, 04 Mar 2026 11:00:00 GMT", 0.0, id="date gone by"),
        pytest.param("Wed, 99 Mar 2026 11:00:00 GMT", None, id="no such date"),
        pytest.param("nan", None, id="nan"),
        pytest.param("soon", None, id="junk"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="no header"),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, NOON) == seconds


@given(st.text())
def test_any_retry_after_is_a_wait_or_none(value: str) -> None:
    seconds = parse_retry_after(value, NOON)

    assert seconds is None or (seconds >= 0 and not math.isnan(seconds))


@pytest.mark.parametrize(
    ("asked_s", "wait_s"),
    [
        pytest.param(20.0, 20.0, id="as asked"),
        pytest.param(math.inf, 300.0, id="clamped"),
        pytest.param(0.0, 0.0, id="at once"),
        pytest.param(None, None, id="not asked"),
    ],
)
def test_a_server_is_waited_for_up_to_the_cap(asked_s: float | None, wait_s: float | None) -> None:
    assert asked_wait_s(BadStatus(503, retry_after_s=asked_s), POLICY) == wait_s


def test_other_errors_ask_for_no_wait() -> None:
    assert asked_wait_s(Unreachable(), POLICY) is None
