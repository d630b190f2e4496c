"""The numbers of fetching."""

from __future__ import annotations

from typing import Any

import pytest

from newsclean.fetch.policy import MOST_CONNECTIONS, FetchPolicy


@pytest.mark.parametrize("name", ["attempts", "max_bytes", "max_connections", "max_per_host", "breaker_failures"])
def test_a_limit_below_one_is_refused(name: str) -> None:
    """A semaphore of zero places would wait for ever."""
    limit: dict[str, Any] = {name: 0}

    with pytest.raises(ValueError, match=name):
        FetchPolicy(**limit)


def test_more_connections_than_are_of_use_are_refused() -> None:
    assert FetchPolicy(max_connections=MOST_CONNECTIONS).max_connections == MOST_CONNECTIONS
    with pytest.raises(ValueError, match=f"at most {MOST_CONNECTIONS}"):
        FetchPolicy(max_connections=MOST_CONNECTIONS + 1)


def test_statuses_that_do_not_pass_are_not_retried() -> None:
    assert FetchPolicy().retry_statuses.isdisjoint({400, 401, 403, 404, 410, 451, 501, 505})


@pytest.mark.parametrize(
    "agent",
    ["", " ", "mill ", "mill\nX-Weir: 1", "mill\r\n", "m\x00ll", "M\u00fchle", "mill \u20ac", "mill\udcff"],
    ids=["empty", "space", "space-behind", "two-lines", "line-end", "nul", "latin-1", "unicode", "bytes"],
)
def test_a_user_agent_that_no_request_can_carry_is_refused(agent: str) -> None:
    with pytest.raises(ValueError, match="user_agent must be a line of printable ASCII"):
        FetchPolicy(user_agent=agent)


def test_a_single_network_is_not_read_letter_by_letter() -> None:
    with pytest.raises(TypeError, match=r"allow_private takes several networks: \('10\.1\.0\.0/16',\)"):
        FetchPolicy(allow_private="10.1.0.0/16")  # type: ignore[arg-type]
