"""Errors pass between processes as they are."""

import copy
import pickle

import pytest

from newsclean import errors
from newsclean.errors import REASONS, BadStatus, HostUnavailable, NewscleanError


def kinds(root=NewscleanError):
    """A class and all below it."""
    return [root, *(kind for below in root.__subclasses__() for kind in kinds(below))]


def made(kind):
    """An error that says all it can."""
    if kind is BadStatus:
        return BadStatus(429, url="https://weir.example/", retry_after_s=12.5)
    more = {"retry_after_s": 3.5} if kind is HostUnavailable else {}
    return kind("seen at noon", reason="too_large", url="https://weir.example/", **more)


@pytest.mark.parametrize("kind", kinds(), ids=lambda k: k.__name__)
@pytest.mark.parametrize("send", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy], ids=["pickled", "copied"])  # noqa: S301
def test_an_error_is_the_same_on_the_other_side(kind, send):
    error = made(kind)
    error.add_note("with a note")
    there = send(error)

    assert type(there) is kind
    assert (str(there), there.args, vars(there)) == (str(error), error.args, vars(error))


def test_its_cause_stays_behind():
    error = made(NewscleanError)
    error.__cause__ = OSError(28, "no space")
    there = pickle.loads(pickle.dumps(error))  # noqa: S301

    assert (there.__cause__, there.__context__, there.__traceback__) == (None, None, None)


@pytest.mark.parametrize("kind", kinds(), ids=lambda k: k.__name__)
def test_every_kind_has_a_reason_of_the_list_and_stands_in_the_tree(kind):
    assert kind.default_reason in REASONS
    assert kind.__name__ in errors.__doc__
