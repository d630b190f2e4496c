"""Commands whose streams are closed, full, or nobody's: as a shell starts them."""

import os
import shutil
import subprocess
import sys

import pytest

from newsclean.commands.streams import tell

PARAGRAPHS = (
    "The lock keeper at Tarn Hythe counted forty boats on Saturday, twice as many as on any day last year.",
    "Most of them had come down from the lakes, where the water is now too low for anything but a punt.",
    "He let them through in fives, and wrote each name into the book that his grandmother had begun.",
)
PAGE = f"<html lang='en'><head><title>Boats</title></head><body>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</body>"
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}  # what fails at the end
BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(BASH is None, reason="needs bash, for PIPESTATUS")
needs_dev_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")  # noqa: PTH110


@pytest.fixture
def shell(tmp_path):
    """Runs a command line in a folder with a page, `boats.html`, its text, `boats.txt`, and a page without text, `none.html`."""
    (tmp_path / "boats.html").write_text(PAGE, "utf-8")
    (tmp_path / "boats.txt").write_text("\n\n".join(PARAGRAPHS), "utf-8")
    (tmp_path / "none.html").write_text("<html></html>", "utf-8")

    def run(command: str) -> subprocess.CompletedProcess[str]:
        line = f'newsclean() {{ "{sys.executable}" -m newsclean "$@"; }}\n{command}'
        return subprocess.run(
            [BASH, "-c", line], cwd=tmp_path, env=BUFFERED, capture_output=True, text=True, check=False, timeout=60
        )

    return run


@pytest.mark.parametrize("end", ["| true", "2>&1 | true"], ids=["stdout", "both"])
@pytest.mark.parametrize(
    "command", ["extract boats.html", "clean boats.txt", "--help"], ids=["extract", "clean", "help"]
)
def test_a_reader_that_has_gone_is_no_error(shell, command, end):
    done = shell(f"newsclean {command} {end}; exit ${{PIPESTATUS[0]}}")

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "end", ["2>&1 | true", "2>&-", pytest.param("2>/dev/full", marks=needs_dev_full)], ids=["broken", "closed", "full"]
)
def test_a_batch_that_nobody_listens_to_goes_on_to_its_end(shell, tmp_path, end):
    done = shell(f"newsclean run none.html boats.html -o out {end}; exit ${{PIPESTATUS[0]}}")

    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert len((tmp_path / "out" / "manifest.jsonl").read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize("command", ["extract boats.html", "clean boats.txt"], ids=["extract", "clean"])
@pytest.mark.parametrize(
    ("end", "said"),
    [
        (">&-", "newsclean: standard output: not writable\n"),
        pytest.param(">/dev/full", "newsclean: standard output: No space left on device\n", marks=needs_dev_full),
    ],
    ids=["closed", "full"],
)
def test_a_result_that_cannot_be_printed_is_a_failure(shell, command, end, said):
    done = shell(f"newsclean {command} {end}")

    assert (done.returncode, done.stderr) == (3, said)


@pytest.mark.parametrize(
    "command", ["extract -", "clean", "clean -o out", "run - -o out"], ids=["extract", "clean", "to-folder", "run"]
)
def test_an_input_that_is_closed_is_wrong_usage(shell, command):
    done = shell(f"newsclean {command} <&-")

    assert (done.returncode, done.stderr) == (2, "newsclean: standard input: no such file (it is closed)\n")


def test_an_input_that_cannot_be_read_is_a_failure_of_its_own(shell):
    done = shell("newsclean extract - 0>written.txt")

    assert (done.returncode, done.stderr) == (
        3,
        "newsclean: standard input: the file can't be read (Bad file descriptor)\n",
    )


def test_a_batch_needs_no_stdout(shell):
    assert shell("newsclean run boats.html -o out >&-").returncode == 0


def test_what_is_told_comes_at_once(capfd):
    tell("half a line", end="")

    assert capfd.readouterr().err == "half a line"
