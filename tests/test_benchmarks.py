"""The benchmark of a whole run works, on a small scale: its figures are for people, its count of lost pages is for us."""

import subprocess
import sys
from pathlib import Path

import pytest

LOAD = Path(__file__).parent.parent / "benchmarks" / "load.py"


@pytest.mark.skipif(sys.platform != "linux", reason="needs all of 127.0.0.0/8, and /proc")
def test_beside_seven_faulty_pages_no_good_one_is_lost():
    size = ("--urls", "16", "--hosts", "4", "--requests", "8", "--faulty", "0.2")
    done = subprocess.run([sys.executable, LOAD, *size], capture_output=True, text=True, check=False, timeout=300)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "good pages lost: 0" in done.stdout
    assert "CPU of a page" in done.stdout
    assert "times as much" in done.stdout
    assert done.stderr == ""
