"""What README says is so."""

import re
from pathlib import Path

import pytest

import newsclean
from newsclean.cli import build_parser
from newsclean.demo import before_and_after
from newsclean.output.explain import explain
from newsclean.output.render import to_txt
from newsclean.parts import DROPPED

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text("utf-8")
PAGE = (ROOT / "src" / "newsclean" / "demo" / "pages" / "tram-line.html").read_bytes()


@pytest.fixture(scope="module")
def article():
    return newsclean.extract(PAGE, url="https://www.gullpointcourier.example/local-news/tram-line")


BEFORE, AFTER = re.findall(r"```text\n(.*?)```", TEXT, re.DOTALL)


def beginning(line):
    return re.escape(line.strip().removesuffix("…").strip())


def test_each_removed_line_of_the_example_is_removed_for_the_reason_shown(article):
    told = explain(article)
    removed = re.findall(r"(?m)^- (.*)\n +(.*)$", BEFORE)

    assert len(removed) >= 4
    for line, reason in removed:
        assert re.search(rf"(?m)^-  *\d+ \w+ +{beginning(line)}.*\n +{re.escape(reason)}$", told), line


def test_each_line_of_the_example_that_stays_is_in_the_text(article):
    kept = re.findall(r"(?m)^  (?! )(.*)$", BEFORE) + [line for line in AFTER.splitlines() if line]

    assert len(kept) >= 6
    for line in kept:
        assert re.search(rf"(?m)^{beginning(line)}", to_txt(article)), line


def test_the_demo_prints_all_lines_of_the_page_cut_to_the_width(article):
    width = 60
    told = before_and_after(article, width)

    assert "prints all of its lines, cut to the terminal's width" in TEXT
    assert max(map(len, told.splitlines())) <= max(width, len(told.partition("\n")[0]))
    assert all(block.text[: width - 10] in told for block in article.blocks)
    assert all(change.before[: width - 10] in told for change in article.changes if change.before)


@pytest.mark.parametrize("where", ["README", "--keep", "extract"])
def test_what_goes_by_default_is_said_alike(capsys, where):
    with pytest.raises(SystemExit):
        build_parser().parse_args(["extract", "--help"])
    said = {"README": TEXT, "--keep": capsys.readouterr().out, "extract": newsclean.extract.__doc__}[where]
    said = " ".join(said.split()).replace("fact boxes", "fact-boxes")

    assert all(part in said for part in DROPPED)
    assert "later numbered posts" in said


def test_the_two_commands_are_those_that_ci_runs():
    first, second = re.findall(r"```sh\n(python3 -m venv.*?)\n(.*?)\n```", TEXT)[0]

    assert first == (
        'python3 -m venv .venv && .venv/bin/pip install -e ".[test]" && .venv/bin/newsclean demo --out demo-out'
    )
    assert f"{second}\n" in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("command", re.findall(r"^newsclean (\w+ .*?)  +# ", TEXT, re.MULTILINE))
def test_a_command_that_is_shown_parses(command):
    assert build_parser().parse_args(command.split()).command


@pytest.mark.parametrize("name", sorted({*re.findall(r"newsclean\.([A-Za-z_]+)", TEXT)} - {"errors"}))
def test_a_name_that_is_shown_is_public(name):
    assert name in newsclean.__all__


def test_the_python_that_is_shown_compiles():
    for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL):
        compile(block, "README.md", "exec")


def test_values_that_are_shown_are_right(article):
    assert article.author_names == ("Tessa Holm", "Marcus Ayodele")
    assert article.date_published == "2024-05-18T07:15:00-04:00"


def test_files_that_are_linked_are_there():
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (ROOT / target).exists(), target


def test_the_record_that_is_documented_is_the_record(article):
    documented = (ROOT / "docs" / "record.md").read_text("utf-8").split("# The manifest")[0]
    keys = {key for row in re.findall(r"(?m)^\| (`.*?) \|", documented) for key in re.findall(r"`(\w+)`", row)}

    assert keys == article.to_dict().keys()
