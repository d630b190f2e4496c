"""The reason why there is no page, as an archive keeps it: an error goes in, JSON comes out, and the other way."""

from __future__ import annotations

import json

from newsclean import errors
from newsclean.errors import REASONS, FetchError, NewscleanError

FAILURE_TYPE = "application/x-newsclean-failure+json"
MAX_BYTES = 64 * 1024
MAX_DETAIL = 8192  # characters; what a server said may be long


def block_of(error: NewscleanError) -> bytes:
    """The error as a record's block; `message` is for people."""
    said = {
        "error": type(error).__name__,
        "reason": error.reason,
        "message": str(error)[:MAX_DETAIL],
        "detail": error.detail[:MAX_DETAIL],
        "url": error.url,
        "status": getattr(error, "status", None),
        "retry_after_s": getattr(error, "retry_after_s", None),
    }
    return json.dumps(said, sort_keys=True).encode()


def error_of(block: bytes) -> NewscleanError | None:
    """The error that a block tells of, as it was; None if it tells of none."""
    try:
        said = json.loads(block)
        kind = getattr(errors, said["error"])
        if not issubclass(kind, NewscleanError) or said["reason"] not in REASONS:
            return None
        error: NewscleanError = kind.__new__(kind)
        NewscleanError.__init__(error, str(said["detail"]), reason=said["reason"], url=said["url"])
        if isinstance(error, FetchError):
            error.retry_after_s = said["retry_after_s"]
        if isinstance(error, errors.BadStatus):
            error.status = int(said["status"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return error
