"""An id of no rule is refused; what counts as one is what changes really carry."""

import ast
import json
from pathlib import Path

import pytest

import newsclean
from newsclean.clean import body
from newsclean.clean.options import Options
from newsclean.clean.rule_ids import CODED, packaged_ids

SOURCE = Path(newsclean.__file__).parent / "clean"
FIXTURES = Path(__file__).parents[2] / "fixtures"
OWN = '[[phrase]]\nid = "tip-line"\nscope = "line"\npattern = "tips?"\nhits = ["Tip"]\nmisses = ["A tip came."]\n'


def written_ids() -> set[str]:
    """The ids that the cleaners write in so many words: in changes, or as their RULE."""
    found = {rule for rule, _ in body.RULES.values()}
    for path in SOURCE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Change", "FieldChange", "Verdict"}:
                found |= {a.value for a in node.args[:1] if isinstance(a, ast.Constant)}
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "RULE":
                found.add(node.value.value)
    return found


def test_the_coded_rules_are_those_that_the_cleaners_write():
    assert written_ids() == CODED


def test_every_rule_of_the_fixtures_changes_is_known():
    seen = {
        change["rule"] for path in FIXTURES.glob("*/changes.json") for change in json.loads(path.read_text("utf-8"))
    }
    assert len(seen) > 50
    assert seen <= packaged_ids()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param("headlines", "did you mean headline", id="of code"),
        pytest.param("en/share-button", "did you mean en/share-buttons", id="of a language"),
        pytest.param("share-buttons", "did you mean en/share-buttons", id="without its language"),
        pytest.param("xyzzy", "--explain", id="like none"),
    ],
)
def test_an_unknown_rule_is_refused_with_the_nearest(wrong, said):
    with pytest.raises(ValueError, match=f"no such rule: {wrong}; {said}"):
        Options(without=frozenset({"byline", wrong}))


def test_a_rule_of_ones_own_is_one(tmp_path):
    (tmp_path / "mill.example.toml").write_text(OWN, "utf-8")

    assert Options(without=frozenset({"mill.example/tip-line"}), rules=tmp_path).without
    with pytest.raises(ValueError, match=r"did you mean mill\.example/tip-line"):
        Options(without=frozenset({"mill.example/tip-lines"}), rules=tmp_path)


def test_the_library_refuses_it_too():
    with pytest.raises(ValueError, match="no such rule: headlin"):
        newsclean.clean_text("The weir is open again.", without=["headlin"])
