"""The two corpora that newsclean was first made for, and the same shapes with other words (those are fixtures)."""

import json
from pathlib import Path

import pytest

import newsclean
from newsclean.output.render import to_txt

SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"
NAMES = ("000_a04d295204b6b752", "003_2a7b73b6f0ac0ba6")

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed corpora are not beside this checkout")


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_becomes_what_is_expected_byte_for_byte(name):
    article = newsclean.clean_text((SEEDS / f"{name}.txt").read_text("utf-8"))

    assert to_txt(article) == (SEEDS / "expected" / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_seeds_record_holds_what_is_expected(name):
    record = newsclean.clean_text((SEEDS / f"{name}.txt").read_text("utf-8")).to_dict()
    expected = json.loads((SEEDS / "expected" / f"{name}.json").read_text("utf-8"))

    assert {key: only(record[key], value) for key, value in expected.items()} == expected


def only(have, wanted):
    """What is there, cut to the keys that are asked for."""
    if isinstance(wanted, dict):
        return {key: have.get(key) for key in wanted}
    if isinstance(wanted, list) and len(have) == len(wanted):
        return [only(h, w) for h, w in zip(have, wanted, strict=True)]
    return have
