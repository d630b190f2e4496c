"""The benchmark of a whole run works, on a small scale: its figures are for people, its count of lost pages is for us."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
LOAD = BENCHMARKS / "load.py"


@pytest.mark.parametrize(
    ("script", "flags", "said"),
    [
        pytest.param("load.py", ["--help"], "(default: 5000)", id="load help"),
        pytest.param("load.py", ["--hosts", "300"], "--hosts must be 1 to 254", id="load hosts"),
        pytest.param("load.py", ["--pages", "nosuch"], "no folder nosuch", id="load folder"),
        pytest.param("million_rows.py", ["--help"], "(default: 1,000,000)", id="rows help"),
        pytest.param("million_rows.py", ["10"], "ROWS must be at least 1,501", id="rows too few"),
        pytest.param("workers.py", ["--help"], "(default: 300)", id="workers help"),
        pytest.param("workers.py", ["nosuch"], "no saved page in nosuch", id="workers no folder"),
        pytest.param("workers.py", [], "usage: workers.py [-h] FOLDER [PAGES]", id="workers no arguments"),
    ],
)
def test_a_benchmark_says_how_it_is_called(script, flags, said):
    command = [sys.executable, BENCHMARKS / script, *flags]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert done.returncode == (0 if "--help" in flags else 2)
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="needs all of 127.0.0.0/8, and /proc")
def test_beside_seven_faulty_pages_no_good_one_is_lost():
    size = ("--urls", "16", "--hosts", "4", "--requests", "8", "--faulty", "0.2")
    done = subprocess.run([sys.executable, LOAD, *size], capture_output=True, text=True, check=False, timeout=300)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "good pages lost: 0" in done.stdout
    assert "CPU of a page" in done.stdout
    assert "times as much" in done.stdout
    assert done.stderr == ""
