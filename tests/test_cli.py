"""The commands as a user meets them: results on stdout or in files, the rest on stderr, and the exit status."""

import gzip
import io
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from newsclean.batch.lock import locked
from newsclean.cli import build_parser, main, policy_of
from newsclean.commands.progress import Tally
from newsclean.commands.run import advice
from newsclean.demo.server import serve
from newsclean.fetch.policy import FetchPolicy

BODY = (
    "The bakery on Alder Street opened its shutters at five on Monday, as it had every day before the fire.",
    "Neighbours who had carried water in buckets that night were served first, and paid nothing for their bread.",
    "The sisters who own it said the new oven was smaller than the old one, and that the rolls were the same.",
)


def page(*paragraphs: str, title: str = "Bakery opens again") -> bytes:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f'<html lang="en"><head><title>{title}</title></head><body><article>{body}</article></body></html>'.encode()


GOOD = page("Share this article", *BODY)
EMPTY = b"<html><body></body></html>"
LOOPBACK = ("--allow-private", "127.0.0.0/8")


@pytest.fixture
def saved(tmp_path):
    """A folder with a good page and an empty one."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "good.html").write_bytes(GOOD)
    (folder / "empty.html").write_bytes(EMPTY)
    return folder


@pytest.fixture
def stdin(monkeypatch):
    """Sets what stands on standard input."""

    def put(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return put


def manifest(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]


def test_run_writes_a_text_a_record_and_a_line_in_the_manifest(saved, tmp_path, capsys):
    status = main(["run", "--workers", "0", str(saved / "good.html"), "-o", str(tmp_path / "out")])

    (entry,) = manifest(tmp_path / "out")
    assert status == 0
    assert (tmp_path / "out" / entry["file"]).read_text("utf-8") == "\n\n".join(("Bakery opens again", *BODY)) + "\n"
    assert json.loads((tmp_path / "out" / entry["record"]).read_text("utf-8"))["title"] == "Bakery opens again"
    assert capsys.readouterr().out == ""


def test_run_exits_1_if_some_inputs_failed_and_says_which_and_why(saved, tmp_path, capsys):
    status = main(["run", "--workers", "0", str(saved), "-o", str(tmp_path / "out")])

    err = capsys.readouterr().err
    assert status == 1
    assert "empty.html: holds nothing to read" in err
    assert "1 done, 1 failed (1 empty_page)" in err
    assert {e["reason"] for e in manifest(tmp_path / "out")} == {None, "empty_page"}


def test_run_exits_3_if_all_failed(saved, tmp_path):
    assert main(["run", "--workers", "0", str(saved / "empty.html"), "-o", str(tmp_path / "out")]) == 3


def test_run_exits_2_on_a_file_that_is_not_there(tmp_path, capsys):
    status = main(["run", "--workers", "0", str(tmp_path / "urls.txt"), "-o", str(tmp_path / "out")])

    assert status == 2
    assert "urls.txt: no such file" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["run", "-o", "out"], ["extract"]], ids=["run", "extract"])
@pytest.mark.parametrize(
    ("name", "hint"),
    [("www.news.example", True), ("news.example/story", True), ("pages/story.html", False), ("../news/a", False)],
)
def test_a_url_without_its_scheme_is_told_from_a_missing_file(texts, command, name, hint, capsys):
    texts("list.txt")

    assert main([*command, name]) == 2
    err = capsys.readouterr().err
    assert f"{name}: no such file" in err
    assert (f"https://{name}" in err) is hint


@pytest.mark.parametrize("url", ["ftp://news.example/a", "FILE:///etc/hostname"])
def test_a_url_that_is_not_http_is_told_from_a_missing_file(url, capsys):
    assert main(["extract", url]) == 3
    assert f"{url}: only http and https are fetched" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["C:\\pages\\a.html", "C://pages/a.html", "Storm: ferries in port.html", "a.html://"])
def test_a_name_with_a_colon_is_a_file(name, capsys):
    assert main(["extract", name]) == 2
    assert f"{name}: no such file" in capsys.readouterr().err


def test_run_reads_a_url_list_with_blank_lines_comments_crlf_and_bad_lines(tmp_path, capsys):
    with serve({"/a.html": GOOD, "/b.html": page(*BODY, title="Another day at the bakery")}) as base:
        (tmp_path / "urls.txt").write_bytes(
            f"\ufeff# a list\r\n\r\n{base}/a.html\r\nnot a url\r\n{base}/b.html\r\n{base}/a.html\r\n".encode()
        )
        status = main(
            [
                "run",
                "--workers",
                "0",
                str(tmp_path / "urls.txt"),
                "-o",
                str(tmp_path / "out"),
                "--attempts",
                "1",
                *LOOPBACK,
            ]
        )

    assert status == 1
    assert [e["status"] for e in manifest(tmp_path / "out")] == ["done", "failed", "done", "duplicate"]
    assert "urls.txt, line 4" in capsys.readouterr().err


def test_run_again_skips_what_is_done_without_fetching(tmp_path, capsys):
    with serve({"/a.html": GOOD}) as base:
        main(["run", "--workers", "0", f"{base}/a.html", "-o", str(tmp_path / "out"), *LOOPBACK])
        url = f"{base}/a.html"
    capsys.readouterr()

    status = main(["run", "--workers", "0", url, "-o", str(tmp_path / "out")])  # the server is gone

    assert status == 0
    assert "1 skipped" in capsys.readouterr().err


def test_run_reads_urls_from_standard_input(tmp_path, stdin):
    with serve({"/a.html": GOOD}) as base:
        stdin(f"{base}/a.html\n".encode())
        status = main(["run", "--workers", "0", "-", "-o", str(tmp_path / "out"), *LOOPBACK])

    assert status == 0
    assert manifest(tmp_path / "out")[0]["title"] == "Bakery opens again"


def test_an_unreachable_host_is_a_typed_reason(tmp_path):
    with serve({}) as base:
        url = f"{base}/a.html"

    status = main(["run", "--workers", "0", url, "-o", str(tmp_path / "out"), "--attempts", "1", *LOOPBACK])

    assert status == 3
    assert manifest(tmp_path / "out")[0]["reason"] == "connect_error"


def test_extract_prints_the_text(saved, capsys):
    status = main(["extract", str(saved / "good.html")])

    assert status == 0
    assert capsys.readouterr().out == "\n\n".join(("Bakery opens again", *BODY)) + "\n"


def test_extract_explains_every_line(saved, capsys):
    main(["extract", str(saved / "good.html"), "--explain"])

    out = capsys.readouterr().out
    assert "-   0 paragraph Share this article" in out
    assert "[en/share-buttons]" in out
    assert f"+   1 paragraph {BODY[0]}" in out


def test_extract_gives_json_and_markdown(saved, capsys):
    main(["extract", str(saved / "good.html"), "--format", "json", "--url", "https://news.example/bakery"])
    record = json.loads(capsys.readouterr().out)
    main(["extract", str(saved / "good.html"), "--format", "md"])

    assert record["url"] == "https://news.example/bakery"
    assert record["changes"][0]["rule"] == "en/share-buttons"
    assert capsys.readouterr().out.startswith("# Bakery opens again\n")


def test_extract_fetches_a_url(capsys):
    with serve({"/a.html": GOOD}) as base:
        status = main(["extract", f"{base}/a.html", *LOOPBACK])

    assert status == 0
    assert BODY[0] in capsys.readouterr().out


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "holds nothing to read"),
        (b"%PDF-1.7 ...", "is not an HTML page (a PDF file)"),
        (b"\x89PNG\r\n\x1a\n", "is not an HTML page (a PNG image)"),
        (EMPTY, "holds nothing to read"),
        (
            page("We and our 612 partners use cookies to store information.", "Accept all", "Manage preferences"),
            "consent",
        ),
    ],
    ids=["empty", "pdf", "png", "no-text", "consent-wall"],
)
def test_extract_of_bad_input_says_why_without_a_traceback(data, reason, stdin, capsys):
    stdin(data)

    status = main(["extract", "-"])

    captured = capsys.readouterr()
    assert status == 3
    assert reason in captured.err
    assert captured.out == ""


def test_extract_of_a_folder_names_the_command_that_takes_one(saved, capsys):
    assert main(["extract", str(saved)]) == 3
    assert "is a folder; newsclean run takes those" in capsys.readouterr().err


def test_clean_reads_standard_input(stdin, capsys):
    stdin("\n".join(("Share this article", *BODY)).encode())

    status = main(["clean"])

    assert status == 0
    assert capsys.readouterr().out == "\n\n".join(BODY) + "\n"


def test_clean_of_an_empty_file_says_so_once_and_of_no_page(tmp_path, capsys):
    (tmp_path / "a.txt").touch()

    assert main(["clean", str(tmp_path / "a.txt")]) == 3
    assert capsys.readouterr().err == f"newsclean: {tmp_path / 'a.txt'}: holds nothing to read (no text)\n"


def test_clean_writes_each_file_under_its_own_name(tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text("\n".join(("Share this article", *BODY)), "utf-8")

    status = main(["clean", str(tmp_path / "one.txt"), str(tmp_path / "two.txt"), "-o", str(tmp_path / "out")])

    assert status == 0
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"one.txt", "two.txt"}
    assert (tmp_path / "out" / "two.txt").read_text("utf-8") == "\n\n".join(BODY) + "\n"


@pytest.fixture
def texts(tmp_path, monkeypatch):
    """Writes texts below the current folder, each its own name and a paragraph."""
    monkeypatch.chdir(tmp_path)

    def write(*names: str) -> None:
        for name in names:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(f"{name}\n{BODY[0]}", "utf-8")

    return write


@pytest.mark.parametrize(
    "data", [GOOD, gzip.compress(GOOD), b"\n<!doctype html><p>Rye."], ids=["page", "gz", "doctype"]
)
def test_clean_of_a_page_names_the_command_that_takes_one(data, stdin, capsys):
    stdin(data)

    assert main(["clean"]) == 3
    captured = capsys.readouterr()
    assert "newsclean extract takes pages" in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(("data", "warned"), [("\n".join(BODY).encode(), True), (GOOD, False)], ids=["text", "page"])
def test_extract_of_plain_text_names_the_command_for_it(data, warned, stdin, capsys):
    stdin(data)

    assert main(["extract", "-"]) == 0
    assert ("newsclean clean takes plain text" in capsys.readouterr().err) is warned


def test_a_saved_feed_is_no_url_for_feed(tmp_path, capsys):
    feed = tmp_path / "feed.xml"
    feed.write_bytes(b"<rss></rss>")

    assert main(["run", "--feed", str(feed), "-o", str(tmp_path / "out")]) == 2
    assert f"a saved feed is an INPUT: {feed}" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["list.txt", "empty.txt", "feed.xml", "folder"])
def test_where_there_is_nothing_to_do_that_is_no_failure_and_told(tmp_path, capsys, name):
    (tmp_path / "list.txt").write_bytes(b"\n# nothing yet\n")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "feed.xml").write_bytes(b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>')
    (tmp_path / "folder" / "2024-05-18").mkdir(parents=True)
    (tmp_path / "folder" / ".part").write_bytes(b"")

    assert main(["run", str(tmp_path / name), "-o", str(tmp_path / "out"), "--workers", "0"]) == 0
    assert "newsclean: no inputs; see" in capsys.readouterr().err


def test_a_folder_without_a_page_among_its_files_is_not_what_was_meant(tmp_path, capsys):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "todo.txt").write_text("wind the clock")

    assert main(["run", str(tmp_path / "notes"), "-o", str(tmp_path / "out")]) == 3
    assert "no saved page among the files of this folder" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_clean_takes_the_texts_of_a_folder(texts, tmp_path):
    texts("in/b.txt", "in/deep/a.txt", "in/notes.md", "in/.hidden.txt", "single.txt")

    assert main(["clean", "in", "single.txt", "-o", "out"]) == 0
    assert found_in(tmp_path / "out") == {"deep/a.txt", "b.txt", "single.txt"}


def test_texts_of_one_name_in_several_folders_stay_apart(texts, tmp_path):
    texts("in/may/a.txt", "in/june/a.txt")

    assert main(["clean", "in", "-o", "out", "--format", "md"]) == 0
    assert found_in(tmp_path / "out") == {"may/a.md", "june/a.md"}


def found_in(folder: Path) -> set[str]:
    """The files of a folder and the folders in it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_clean_that_cannot_write_says_so_once(texts, capsys):
    texts("in/a.txt", "in/b.txt", "file")

    assert main(["clean", "in", "-o", "file"]) == 74
    assert capsys.readouterr().err.count("the result can't be written") == 1


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        pytest.param(["in"], "2 files need -o DIR", id="several"),
        pytest.param(["none"], "none: no such file (no .txt file in this folder)", id="no text"),
        pytest.param(["in", "-o", "in"], "would take the place of the input", id="its own folder"),
        pytest.param(["in", "-o", "out", "--explain"], "leave out one of --explain and -o", id="explained"),
    ],
)
def test_clean_of_a_folder_that_would_go_wrong_says_why(texts, tmp_path, flags, said, capsys):
    texts("in/a.txt", "in/b.txt", "none/a.md")

    assert main(["clean", *flags]) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["extract", "clean"])
def test_reasons_have_no_format(saved, command):
    done = subprocess.run(
        [sys.executable, "-m", "newsclean", command, saved / "good.html", "--format", "json", "--explain"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "argument --explain: not allowed with argument --format" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("command", "statuses"),
    [
        ("run", "0 1 2 3 74 75 130 143"),
        ("clean", "0 1 2 3 74"),
        ("extract", "0 2 3"),
        ("status", "0 2 3"),
        ("demo", "0 2 3 74"),
        ("check", "0 1 2"),
    ],
)
def test_each_command_tells_its_exit_statuses(command, statuses, capsys):
    with pytest.raises(SystemExit):
        main([command, "--help"])

    told = " ".join(capsys.readouterr().out.split()).split("exit status: ")[1]
    assert re.findall(r"\b\d+\b", told) == statuses.split()


def test_clean_gives_texts_that_differ_in_their_suffix_their_whole_names(texts, tmp_path):
    texts("v.1", "v.2", "w.1")

    assert main(["clean", "v.1", "v.2", "w.1", "-o", "out"]) == 0
    assert {p.name: p.read_text("utf-8").split()[0] for p in (tmp_path / "out").iterdir()} == {
        "v.1.txt": "v.1",
        "v.2.txt": "v.2",
        "w.txt": "w.1",
    }


@pytest.mark.parametrize(
    ("files", "out", "said"),
    [
        (("a/x.txt", "b/x.txt"), "out", "the results of a/x.txt and b/x.txt would both be out/x.txt.txt"),
        (("v.1", "v.2", "v.1.md"), "out", "the results of v.1 and v.1.md would both be out/v.1.txt"),
        (("a/x.txt",), "a", "the result of a/x.txt would take the place of the input a/x.txt"),
        (("a/x.txt",), "./a/.", "the result of a/x.txt would take the place of the input a/x.txt"),
    ],
    ids=["same-name", "same-whole-name", "own-folder", "same-folder-otherwise"],
)
def test_clean_refuses_to_write_over_what_it_needs(texts, files, out, said, capsys):
    texts(*files)

    status = main(["clean", *files, "-o", out])

    assert status == 2
    assert said in capsys.readouterr().err
    assert all(Path(name).read_text("utf-8").startswith(name) for name in files)
    assert not Path("out").exists()


@pytest.mark.parametrize(
    "command",
    [["run", "list.txt", "-o", "out"], ["extract", "http://127.0.0.1:9/"], ["clean", "list.txt"]],
    ids=["run", "extract", "clean"],
)
@pytest.mark.parametrize("rules", ["nosuch", "wrong"])
def test_wrong_rules_are_told_before_anything_is_done(texts, tmp_path, command, rules, capsys):
    texts("list.txt", "wrong/other.example.toml")

    status = main([*command, "--rules", rules])

    captured = capsys.readouterr()
    assert status == 2
    assert ("nosuch" if rules == "nosuch" else "other.example.toml") in captured.err
    assert captured.out == ""
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "command",
    [["run", "list.txt", "-o", "out"], ["extract", "http://127.0.0.1:9/"], ["clean", "list.txt"]],
    ids=["run", "extract", "clean"],
)
def test_a_misspelt_rule_is_wrong_usage(texts, tmp_path, command, capsys):
    texts("list.txt")

    assert main([*command, "--without", "en/share-button"]) == 2
    captured = capsys.readouterr()
    assert "no such rule: en/share-button; did you mean en/share-buttons" in captured.err
    assert captured.out == ""
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("flag", "value"),
    [
        *(("--timeout-s", value) for value in ("nan", "inf", "-1", "0", "soon")),
        *(
            (flag, value)
            for flag in ("--attempts", "--max-bytes", "--connections", "--per-host")
            for value in ("0", "-2")
        ),
        ("--attempts", "1.5"),
        *(("--delay-s", value) for value in ("nan", "inf", "-1", "soon")),
        *(("--workers", value) for value in ("-1", "1.5", "all")),
    ],
)
def test_a_number_that_makes_no_sense_is_refused_with_the_name_of_its_flag(flag, value, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["run", "page.html", "-o", "out", flag, value])

    assert caught.value.code == 2
    assert f"argument {flag}: {value!r} is not a" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("flag", "value"), [("--connections", "200"), ("--allow-private", "somewhere"), ("--user-agent", "")]
)
def test_a_limit_that_fetching_refuses_is_wrong_usage(flag, value, capsys):
    assert main(["run", "page.html", "-o", "out", flag, value]) == 2
    said = capsys.readouterr().err
    assert {"--connections": "128", "--allow-private": "somewhere", "--user-agent": "not ''"}[flag] in said


@pytest.mark.parametrize(
    ("flag", "name"),
    [
        ("--timeout-s S", "total_timeout_s"),
        ("--attempts N", "attempts"),
        ("--max-bytes N", "max_bytes"),
        ("--connections N", "max_connections"),
        ("--per-host N", "max_per_host"),
        ("--delay-s S", "delay_s"),
    ],
)
def test_a_default_that_the_help_tells_is_that_of_fetching(flag, name, capsys):
    with pytest.raises(SystemExit):
        main(["run", "--help"])

    said = " ".join(capsys.readouterr().out.split())
    told = said.split(f"{flag} ")[1].split("(default: ")[1].split(")")[0]
    assert float(told) == getattr(FetchPolicy(), name)


def test_run_says_how_what_failed_is_tried_again(tmp_path, capsys):
    (tmp_path / "list.txt").write_text("http://127.0.0.1:9/a\n")
    flags = ["run", str(tmp_path / "list.txt"), "-o", str(tmp_path / "out"), "--workers", "0"]
    main(flags)
    first = capsys.readouterr().err
    main([*flags, "--retry-failed"])

    assert "--retry-failed" in first
    assert "--retry-failed" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("reasons", "retried", "said"),
    [
        (["http_4xx"], False, "the next run leaves what failed as it is; --retry-failed"),
        (["http_4xx", "connect_error"], False, "tries again what could not be reached, and leaves what else failed"),
        (["connect_error", "invalid_url"], False, "run the same command again later"),
        (["connect_error", "http_4xx"], True, "run the same command again later"),
        (["http_4xx"], True, ""),
        (["invalid_url"], False, ""),
    ],
)
def test_what_the_next_run_does_about_failures(reasons, retried, said):
    told = advice(Tally(reasons=Counter(reasons)), retried=retried)

    assert said in told
    assert bool(said) is bool(told)


@pytest.mark.parametrize("flag", ["--retry-failed", "--refresh"])
def test_doing_again_needs_the_input_of_the_run(saved, tmp_path, flag, capsys):
    out = str(tmp_path / "out")
    main(["run", "--workers", "0", str(saved), "-o", out])
    assert main(["run", flag, "-o", out]) == 2
    assert f"{flag} needs the INPUT, --feed or --from-warc of the run" in capsys.readouterr().err


def test_a_failure_of_an_earlier_run_is_told_as_such(saved, tmp_path, capsys):
    flags = ["run", str(saved), "-o", str(tmp_path / "out"), "--workers", "0"]
    main(flags)
    assert "not tried now" not in capsys.readouterr().err
    main(flags)

    said = capsys.readouterr().err
    (told,) = (line for line in said.splitlines() if "empty.html" in line)
    assert told.endswith("(in an earlier run; not tried now)")
    assert "1 input failed in an earlier run and was not tried now; --retry-failed tries again" in said


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param("http://127.0.0.1:1/a", "run the same command again later", id="out of reach"),
        pytest.param("nonsense", None, id="no URL"),
    ],
)
def test_nobody_is_told_to_retry_what_that_would_not_help(lines, said, tmp_path, capsys):
    (tmp_path / "list.txt").write_text(lines, "utf-8")
    fast = ["--workers", "0", "--attempts", "1", *LOOPBACK]
    main(["run", str(tmp_path / "list.txt"), "-o", str(tmp_path / "out"), *fast])

    err = capsys.readouterr().err
    assert "--retry-failed" not in err
    assert said is None or said in err


def test_the_summary_tells_texts_of_other_lists_apart(saved, tmp_path, capsys):
    (saved / "other.html").write_bytes(page(*BODY[::-1], title="Another"))
    for name in ("good.html", "other.html"):
        main(["run", str(saved / name), "-o", str(tmp_path / "out"), "--workers", "0"])

    first, second = (line for line in capsys.readouterr().err.splitlines() if "manifest" in line)
    assert first.endswith("1 input: 1 done; see " + str(tmp_path / "out/manifest.jsonl"))
    assert second.endswith(
        "1 input: 1 done; see " + str(tmp_path / "out/manifest.jsonl") + ", which also has 1 text of other lists"
    )


@pytest.mark.parametrize("nothing", ["0", "0.0"])
def test_a_pause_may_be_nothing(nothing):
    assert policy_of(build_parser().parse_args(["run", "urls.txt", "-o", "out", "--delay-s", nothing])).delay_s == 0


@pytest.mark.parametrize("flag", ["--connections", "--per-host", "--delay-s"])
def test_extract_has_no_flag_for_many_pages(flag, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["extract", "page.html", flag, "1"])

    assert caught.value.code == 2
    assert f"unrecognized arguments: {flag} 1" in capsys.readouterr().err


def test_a_list_of_one_failure_and_its_duplicate_has_failed(saved, tmp_path):
    empty = str(saved / "empty.html")

    assert main(["run", "--workers", "0", empty, empty, "-o", str(tmp_path / "out")]) == 3
    assert main(["run", "--workers", "0", empty, str(saved / "good.html"), empty, "-o", str(tmp_path / "out")]) == 1


def test_a_second_run_into_the_same_folder_is_refused(saved, tmp_path, capsys):
    (tmp_path / "out").mkdir()
    with locked(tmp_path / "out"):
        status = main(["run", "--workers", "0", str(saved / "good.html"), "-o", str(tmp_path / "out")])

    assert status == 75
    assert "another run is writing to this folder" in capsys.readouterr().err
    assert not (tmp_path / "out" / "manifest.jsonl").exists()


def test_clean_of_several_files_needs_a_folder(tmp_path, capsys):
    assert main(["clean", "a.txt", "b.txt"]) == 2
    assert "-o" in capsys.readouterr().err


def test_clean_goes_on_after_a_bad_file(tmp_path, capsys):
    (tmp_path / "latin.txt").write_bytes("caf\xe9".encode("latin-1"))
    (tmp_path / "good.txt").write_text("\n".join(BODY), "utf-8")
    files = [str(tmp_path / n) for n in ("latin.txt", "missing.txt", "good.txt")]

    status = main(["clean", *files, "-o", str(tmp_path / "out")])

    err = capsys.readouterr().err
    assert status == 1
    assert "iconv" in err
    assert "missing.txt: no such file" in err
    assert (tmp_path / "out" / "good.txt").exists()


def test_parts_can_be_kept_and_dropped(stdin, capsys):
    dateline, credit = (
        f"PORT ANSEL (Reuters) - {BODY[0]}",
        "(Reporting by Nora Whitlock in PORT ANSEL; Editing by Tom Hale)",
    )
    stdin("\n".join((dateline, *BODY[1:], credit)).encode())

    main(["clean", "--keep", "credits", "--drop", "dateline"])

    assert capsys.readouterr().out == "\n\n".join((*BODY, credit)) + "\n"


def test_a_part_cannot_be_both(stdin, capsys):
    stdin(BODY[0].encode())

    assert main(["clean", "--keep", "credits", "--drop", "credits"]) == 2
    assert "both kept and dropped" in capsys.readouterr().err


def test_what_a_terminal_would_obey_is_not_printed(tmp_path, capsys):
    (tmp_path / "\x1b[31mred.html").write_bytes(EMPTY)

    main(["run", "--workers", "0", str(tmp_path), "-o", str(tmp_path / "out")])

    assert "\x1b" not in capsys.readouterr().err


def test_wrong_usage_exits_2():
    done = subprocess.run([sys.executable, "-m", "newsclean", "run"], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "usage: newsclean run" in done.stderr


def test_a_reader_that_has_seen_enough_is_no_error(saved):
    command = f"{sys.executable} -m newsclean extract {saved / 'good.html'} --explain | head -n 1"

    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)  # noqa: S607

    assert done.stdout.startswith("title:")
    assert done.stderr == ""
