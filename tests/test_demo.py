"""`newsclean demo` does what README says, on a machine without internet."""

import json

import pytest

from newsclean.cli import build_parser, main


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo's output folder, exit status and what it printed."""
    out = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        printed = []
        patch.setattr("sys.stdout.write", printed.append)
        status = main(["demo", "--out", str(out)])
    return out, status, "".join(printed)


def entries(out):
    return [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]


def test_the_demo_succeeds_and_writes_at_least_eight_texts(demo):
    out, status, _ = demo

    assert status == 0
    assert len(list(out.glob("*.txt"))) >= 8
    assert len(list(out.glob("*.txt"))) == len(list(out.glob("*.json")))


def test_the_demo_stays_out_of_the_folder_that_the_examples_of_run_write_to():
    assert build_parser().parse_args(["demo"]).out == "demo-out"


def test_the_demo_has_a_redirect_a_404_a_duplicate_and_a_consent_wall(demo):
    found = {(e["status"], e["reason"]) for e in entries(demo[0])}

    assert {("duplicate", "duplicate"), ("failed", "http_4xx"), ("failed", "consent_wall")} <= found
    assert any(e["final_url"] != e["source"] for e in entries(demo[0]) if e["status"] == "done")


def test_the_demo_has_at_least_four_languages(demo):
    records = [json.loads(p.read_text("utf-8")) for p in demo[0].glob("*.json")]
    languages = {record["language"][:2] for record in records if record["language"]}

    assert len(languages) >= 4


def test_the_windows_1252_page_is_read_right(demo):
    texts = "".join(p.read_text("utf-8") for p in demo[0].glob("*.txt"))

    assert "\ufffd" not in texts
    assert "café" in texts.lower()


def test_the_demo_prints_a_reason_for_every_line_that_it_removes(demo):
    lines = demo[2].split("\n")
    removed = [i for i, line in enumerate(lines) if line.startswith("- ")]

    assert len(removed) >= 5
    assert all(lines[i + 1].startswith("      [") for i in removed)


@pytest.mark.parametrize("junk", ["share this", "you might also like", "newsletter", "\u00a0", "editing by", "main »"])
def test_no_text_holds_what_cleaning_is_for(demo, junk):
    texts = {p.name: p.read_text("utf-8").lower() for p in demo[0].glob("*.txt")}

    assert {name for name, text in texts.items() if junk in text} == set()


def test_the_demo_marks_all_that_is_not_in_the_text(demo):
    before, after = demo[2].split("after: as written to the text file")
    kept = [line.strip().rstrip("…") for line in before.splitlines() if line.startswith("  ") and line[2:3] != " "]

    assert len(kept) >= 8
    assert [line for line in kept if line not in after] == []
