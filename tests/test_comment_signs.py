"""How readers' comments are signed: each kind with what it must and must not find."""

from __future__ import annotations

import pytest

from newsclean.rules.comments import comment_signs, may_be_signed, unsigned

HITS = [(sign, line) for sign in comment_signs() for line in sign.hits]
MISSES = [line for sign in comment_signs() for line in sign.misses]


@pytest.mark.parametrize(("sign", "line"), HITS, ids=[line for _, line in HITS])
def test_every_hit_is_found_and_has_an_anchor(sign, line):
    assert sign.pattern.search(line)
    assert may_be_signed(line)


@pytest.mark.parametrize("line", MISSES)
def test_no_miss_is_found(line):
    assert unsigned(line) is None


def test_every_kind_has_hits_and_misses():
    assert all(sign.hits and sign.misses for sign in comment_signs())


def test_what_is_left_of_a_signature_is_the_name():
    assert unsigned("riverfan · 3 hours ago") == "riverfan · "
    assert unsigned("Ann B. says: May 3, 2019 at 8:22 pm") == "Ann B. "
