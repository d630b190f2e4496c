"""A long run does not keep the memory of the pages that it is done with."""

import platform
import subprocess
import sys

import pytest

CODE = """
import resource
from pathlib import Path
from newsclean.commands.heap import give_pages_back

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()

if {call}:
    give_pages_back()
del (large := [bytearray(20 << 20)])[:]  # by which glibc learns to keep such blocks
pages = [bytearray(300_000) for _ in range(100)]
pins = [bytes(1000) for _ in range(50)]
before = resident()
pages = pages[-1:]
print(before - resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="needs glibc's malloc, and /proc")
def test_memory_of_pages_goes_back_though_something_newer_is_kept():
    def freed(call: bool) -> int:
        done = subprocess.run(
            [sys.executable, "-c", CODE.format(call=call)], capture_output=True, text=True, check=True
        )
        return int(done.stdout)

    assert freed(call=True) > 25_000_000
    assert freed(call=False) < 5_000_000
