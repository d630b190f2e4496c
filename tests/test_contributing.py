"""The worked examples of CONTRIBUTING.md are right."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsclean.rules import fold, read_phrases

TEXT = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text("utf-8")
RULES = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
PAGE = """<html lang="en"><head><title>Storm keeps ferries in port</title></head><body><article>
<p>The island ferries stayed in port on Sunday while a storm pushed waves over the east pier and into the fish market.</p>
<p>The harbour office counted four torn moorings and one missing rowing boat, which was found in a garden on Mill Lane.</p>
<p>Crossings are to begin again on Monday at noon, if the wind turns to the west as the forecasters now expect.</p>
</article></body></html>"""


@pytest.mark.parametrize("toml", RULES)
def test_a_rule_that_is_shown_is_a_good_rule(toml):
    (phrase,) = read_phrases(toml, "xx")

    assert all(any(p.matches(fold(hit)) for p in phrase.patterns) for hit in phrase.hits)
    assert not any(p.matches(fold(miss)) for p in phrase.patterns for miss in phrase.misses)


def test_the_commands_that_make_a_fixture_make_one(tmp_path):
    (commands,) = re.findall(r"```sh\n(mkdir fixtures.*?)```", TEXT, re.DOTALL)
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "fixtures").mkdir()
    script = commands.replace(".venv/bin/newsclean", f"{sys.executable} -m newsclean")

    subprocess.run(["sh", "-ec", script], cwd=tmp_path, check=True, capture_output=True)  # noqa: S607

    made = {p.name for p in (tmp_path / "fixtures" / "weather-alerts").iterdir()}
    assert made == {"page.html.gz", "meta.json", "expected.txt", "expected.json", "changes.json"}


def test_there_is_a_worked_example_for_each_task():
    for heading in ("Add a phrase", "Add a site rule", "Add a fixture"):
        assert f"## {heading}\n" in TEXT
    assert len(RULES) == 2
