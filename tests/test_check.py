"""The regression harness: it fails what is not as expected, and lowers no floor by itself."""

import gzip
import json
import shutil

import pytest

from newsclean.check.harness import check, text_scores
from newsclean.cli import main
from newsclean.errors import FixtureError

BODY = (
    "The mill at Orrin Bridge turned its wheel on Friday for the first time since the flood of last spring.",
    "Its owner, a retired teacher, had spent the winter carving forty new paddles from the oaks behind the house.",
    "Visitors may watch the stones grind barley on the first Saturday of every month, if the river is high enough.",
)
PAGE = f"""<html lang="en"><head><title>Mill turns again</title></head><body><article><h1>Mill turns again</h1>
<p>Share this article</p>{"".join(f"<p>{p}</p>" for p in BODY)}</article></body></html>"""


@pytest.fixture
def folder(tmp_path):
    """A folder with one fixture that is as it should be, but for its changes.json."""
    one = tmp_path / "mill"
    one.mkdir()
    (one / "page.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (one / "meta.json").write_text(json.dumps({"url": "https://news.example/mill", "why": "a test"}))
    (one / "expected.json").write_text(json.dumps({"title": "Mill turns again", "authors": []}))
    (one / "expected.txt").write_text("\n\n".join(("Mill turns again", *BODY)) + "\n")
    return tmp_path


def floors(folder):
    return json.loads((folder / "floors.json").read_text())


def test_a_good_fixture_is_exact_and_gets_its_floor(folder):
    report = check(folder)

    assert report.ok
    assert report.results[0].exact
    assert floors(folder)["mill"]["f1"] == 1.0
    assert floors(folder)["mill"]["title"] == 1.0


def test_a_text_that_falls_below_its_floor_is_a_regression(folder):
    check(folder)
    (folder / "mill" / "page.html.gz").write_bytes(gzip.compress(PAGE.replace(f"<p>{BODY[2]}</p>", "").encode()))

    report = check(folder)

    assert not report.ok
    assert any("f1" in r for r in report.results[0].regressions)
    assert f"-{BODY[2]}" in report.results[0].diff
    assert floors(folder)["mill"]["f1"] == 1.0


def test_a_field_that_was_right_and_is_wrong_is_a_regression(folder):
    check(folder)
    (folder / "mill" / "page.html.gz").write_bytes(gzip.compress(PAGE.replace("again</", "still</").encode()))

    assert [r for r in check(folder).results[0].regressions if r.startswith("title")]


def test_changes_that_are_no_longer_held_are_a_regression(folder):
    check(folder, update=True)
    (folder / "mill" / "changes.json").unlink()

    assert check(folder).results[0].regressions == ("changes is no longer measured",)


def correct_by_hand(folder):
    """Expect what newsclean does not do today."""
    (folder / "mill" / "expected.txt").write_text("\n\n".join(("Mill turns again", *BODY[:2])) + "\n")


@pytest.mark.parametrize("before", ["updated", "new"])
def test_an_expectation_that_is_corrected_by_hand_fails_until_it_is_met(folder, capsys, before):
    if before == "updated":
        check(folder, update=True)
    correct_by_hand(folder)

    statuses = [main(["check", str(folder)]) for _ in range(2)]

    out = capsys.readouterr().out
    assert statuses == [1, 1]
    assert "FAILED mill: f1" in out
    assert "1 fixture, 0 exact, 1 failed" in out
    assert "--set-floors" in out
    assert floors(folder)["mill"].get("f1", 1.0) == 1.0


def test_a_floor_is_not_called_raised_where_an_expectation_fails(folder, capsys):
    check(folder, update=True)
    before = floors(folder)
    correct_by_hand(folder)

    main(["check", str(folder)])

    assert "floor" not in capsys.readouterr().out.replace("--set-floors", "")
    assert floors(folder) == before


def test_a_difference_that_no_run_of_four_words_shows_fails(folder):
    check(folder)
    wanted = (folder / "mill" / "expected.txt").read_text()
    (folder / "mill" / "expected.txt").write_text(wanted.replace("Friday for", "Friday, for"))

    assert check(folder).results[0].regressions == ("text 0.0000 < 1.0000",)


def test_a_field_that_is_asked_for_and_was_never_met_fails(folder):
    check(folder)
    (folder / "mill" / "expected.json").write_text('{"title": "Mill turns again", "authors": [], "section": "Rivers"}')

    assert check(folder).results[0].regressions == ("section 0.0000 < 1.0000",)


def test_floors_are_lowered_where_that_is_asked_for_and_fail_what_gets_worse(folder, capsys):
    check(folder, update=True)
    correct_by_hand(folder)

    lowered = main(["check", str(folder), "--set-floors"])
    out = capsys.readouterr().out
    as_before = main(["check", str(folder)])
    (folder / "mill" / "expected.txt").write_text("Mill turns again\n\n" + BODY[0] + "\n")
    worse = main(["check", str(folder)])

    assert (lowered, as_before, worse) == (0, 0, 1)
    assert "floor set lower: mill" in out
    assert "raised" not in out


def test_floors_that_name_their_expectation_are_still_read(folder):
    (folder / "floors.json").write_text('{"mill": {"expected": "0123456789abcdef", "text": 0.0, "f1": 0.5}}')

    assert check(folder).raised == ("mill",)
    assert floors(folder)["mill"]["f1"] == 1.0
    assert "expected" not in floors(folder)["mill"]


def test_a_fixture_that_cannot_be_run_is_not_counted_as_exact(folder, capsys):
    (folder / "mill" / "meta.json").write_text("5")

    main(["check", str(folder), "--update"])

    assert "1 fixture, 0 exact, 1 failed" in capsys.readouterr().out


def test_a_fixture_that_cannot_be_run_does_not_cost_the_others(folder):
    (folder / "bad").mkdir()
    (folder / "bad" / "page.txt").write_text("A line.")

    report = check(folder)

    assert [r.slug for r in report.results if not r.regressions] == ["mill"]
    assert "expected.txt" in report.results[0].regressions[0]
    assert not report.ok


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("expected.json", b"[1]"),
        ("expected.json", b'{"titel": "Mill"}'),
        ("expected.json", b"[" * 5000),
        ("meta.json", b"5"),
        ("meta.json", b'{"url": 5}'),
        ("meta.json", b"\xff"),
        ("page.html.gz", b"<p>"),
        ("page.html.gz", gzip.compress(PAGE.encode())[:-9]),
        ("page.html.gz", gzip.compress(PAGE.encode())[:12] + b"\xff" * 30),
        ("expected.txt", b"\xff"),
        ("changes.json", b"\xff"),
    ],
    ids=[
        *(
            "fields-list",
            "no-field",
            "deep",
            "meta-number",
            "url-number",
            "meta-not-utf-8",
            "not-gzip",
            "cut",
            "broken",
        ),
        *("text-not-utf-8", "changes-not-utf-8"),
    ],
)
@pytest.mark.parametrize("command", [[], ["--update"]], ids=["check", "update"])
def test_a_file_of_the_wrong_kind_is_named_and_does_not_cost_the_others(folder, capsys, name, content, command):
    shutil.copytree(folder / "mill", folder / "bad")
    (folder / "bad" / name).write_bytes(content)

    status = main(["check", str(folder), *command])

    out = capsys.readouterr().out
    assert status == 1
    assert f"FAILED bad: {folder / 'bad'}: the fixture is incomplete ({name}" in out
    assert "FAILED mill" not in out
    assert "mill" in floors(folder)


@pytest.mark.parametrize(
    "content",
    [b"[]", b"{", b"\xff", b'{"mill": 5}', b'{"mill": {"f1": "x"}}'],
    ids=["list", "cut", "bytes", "number", "text"],
)
def test_floors_that_are_none_stop_the_check_and_are_left_alone(folder, capsys, content):
    (folder / "floors.json").write_bytes(content)

    status = main(["check", str(folder)])

    assert status == 2
    assert "floors.json" in capsys.readouterr().err
    assert (folder / "floors.json").read_bytes() == content


def test_a_date_that_is_asked_for_as_a_number_differs(folder):
    page = PAGE.replace("<title>", '<meta property="article:published_time" content="2031-04-05"><title>')
    (folder / "mill" / "page.html.gz").write_bytes(gzip.compress(page.encode()))
    (folder / "mill" / "expected.json").write_text('{"date_published": 2031}')

    assert dict(check(folder).results[0].scores)["date_published"] == 0


def test_a_known_weakness_does_not_fail_and_its_floor_rises_once_it_is_mended(folder):
    wanted = (folder / "mill" / "expected.txt").read_text()
    (folder / "mill" / "expected.txt").write_text(wanted + "\nA fourth paragraph that newsclean does not find today.\n")
    first = check(folder, set_floors=True)
    low = floors(folder)["mill"]["f1"]
    (folder / "mill" / "expected.txt").write_text(wanted)

    second = check(folder)

    assert first.ok
    assert not first.results[0].exact
    assert low < 1
    assert second.raised == ("mill",)
    assert floors(folder)["mill"]["f1"] == 1.0


def test_other_changes_than_expected_are_seen(folder):
    check(folder, update=True)
    (folder / "mill" / "changes.json").write_text("[]\n")

    report = check(folder)

    assert [r for r in report.results[0].regressions if r.startswith("changes")]
    assert "share-buttons" in report.results[0].diff


def test_update_rewrites_the_expectation_to_what_came(folder):
    (folder / "mill" / "expected.txt").write_text("Something else\n")

    check(folder, update=True)

    assert (folder / "mill" / "expected.txt").read_text() == "\n\n".join(("Mill turns again", *BODY)) + "\n"
    assert json.loads((folder / "mill" / "changes.json").read_text())[-1]["rule"] == "en/share-buttons"
    assert check(folder).results[0].exact


def test_a_folder_without_fixtures_is_an_error(tmp_path):
    with pytest.raises(FixtureError, match=r"page\.html\.gz"):
        check(tmp_path)


def test_a_file_is_no_fixture(tmp_path):
    (tmp_path / "page.html").write_text("<p>Rye.")

    with pytest.raises(FixtureError, match="a fixture is a folder"):
        check(tmp_path / "page.html")


def test_a_fixture_without_an_expectation_says_what_to_do(folder):
    (folder / "mill" / "expected.txt").unlink()

    assert "--update" in check(folder).results[0].regressions[0]


def test_the_command_shows_the_difference_before_it_updates(folder, capsys):
    (folder / "mill" / "expected.txt").write_text("Something else\n")

    status = main(["check", str(folder), "--update"])

    out = capsys.readouterr().out
    assert status == 0
    assert out.index("-Something else") < out.index("updated mill")


def test_the_command_fails_on_a_regression_and_prints_the_fields(folder, capsys):
    main(["check", str(folder)])
    (folder / "mill" / "page.html.gz").write_bytes(gzip.compress(PAGE.replace("again</", "still</").encode()))

    status = main(["check", str(folder)])

    out = capsys.readouterr().out
    assert status == 1
    assert "title DIFFERS" in out
    assert "authors ok" in out
    assert "FAILED mill: title" in out


def test_scores_are_over_shingles_of_four_words():
    assert text_scores("a b c d e", "a b c d e f") == (2 / 3, 1.0, 0.8)
    assert text_scores("a b c d", "w x y z") == (0.0, 0.0, 0.0)
