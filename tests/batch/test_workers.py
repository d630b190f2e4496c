"""Rows 58 of the fault matrix and around: a task that hangs, swells or crashes costs only itself."""

from __future__ import annotations

import gc
import os
import pickle
import random
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
import traceback
import weakref
from concurrent.futures import BrokenExecutor, CancelledError, wait
from contextlib import suppress
from pathlib import Path

import pytest

from newsclean.batch.workers import WorkerPool
from newsclean.errors import BadStatus, NewscleanError, WorkerFailed

HERE = str(Path(__file__).parent)
TIMEOUT_S = 2.0
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no such limits and signals")


@pytest.fixture(scope="module", autouse=True)
def work():
    """The module of what workers do; on sys.path, as workers look for it there."""
    sys.path.insert(0, HERE)
    import faulty_work  # noqa: PLC0415

    yield faulty_work
    sys.path.remove(HERE)


@pytest.fixture(scope="module")
def pool(work):
    with WorkerPool(work.do, workers=2, timeout_s=TIMEOUT_S, memory_bytes=1 << 30) as pool:
        yield pool


FAULTS = [
    ("hang", "extract_timeout", "more than 2 s"),
    ("sleep", "extract_timeout", "more than 2 s"),
    ("c-hang", "extract_timeout", "more than 2 s"),
    ("segfault", "extract_crash", "SIGSEGV"),
    ("abort", "extract_crash", "SIGABRT"),
    ("os-exit", "extract_crash", "exit status 3"),
    ("sys-exit", "extract_crash", "SystemExit: 3"),
    ("interrupt", "extract_crash", "KeyboardInterrupt"),
    ("killed", "extract_oom", "SIGKILL"),
    ("memory", "extract_oom", ""),
    ("swell", "extract_oom", ""),
]


@POSIX
@pytest.mark.parametrize(("deed", "reason", "said"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_fault_is_typed_and_costs_none_of_its_twenty_neighbours(pool, deed, reason, said):
    before = [pool.submit(n) for n in range(10)]
    fault = pool.submit(deed)
    after = [pool.submit(n) for n in range(10, 20)]

    error = fault.exception(30)
    assert (type(error), error.reason) == (WorkerFailed, reason)
    assert said in error.detail
    assert [f.result(30) for f in before + after] == [2 * n for n in range(20)]


BUGS = [
    ("bug", "Bug: drops and weir"),
    ("deep", "RecursionError"),
    ("unpicklable", "lambda"),
    ("untold", "Untold: <exception str() failed>"),
]


@pytest.mark.parametrize(("deed", "said"), BUGS, ids=[b[0] for b in BUGS])
def test_what_is_a_defect_is_an_internal_error_and_costs_no_process(pool, deed, said):
    pid = pool.submit("pid").result(30)
    error = pool.submit(deed).exception(30)

    assert (type(error), error.reason) == (NewscleanError, "internal_error")
    assert said in error.detail
    os.kill(pid, 0)


@pytest.mark.parametrize(("deed", "result"), [("prints", "printed"), ("reads", "")])
def test_what_a_library_prints_or_reads_does_not_touch_the_pipes(pool, deed, result):
    assert [pool.submit(task).result(30) for task in (deed, 4)] == [result, 8]


def test_a_typed_error_comes_back_as_it_was(pool):
    error = pool.submit("typed").exception(30)

    assert type(error) is BadStatus
    assert (error.reason, error.url, error.status, error.detail) == (
        "http_5xx",
        "https://mill.example/",
        503,
        "HTTP 503",
    )
    assert error.retry_after_s == 7.5


def test_an_error_is_held_by_nothing_but_its_holder(pool):
    """In its traceback stands the page, which else would stay until the collector comes by."""
    future = pool.submit("typed")
    error = weakref.ref(future.exception(30))
    pool.submit(1).result(30)
    gc.disable()
    try:
        del future
        assert error() is None
    finally:
        gc.enable()


def test_an_error_does_not_hold_its_page(work):
    with WorkerPool(work.run_errand, workers=1) as pool:
        error = pool.submit(work.Errand("https://weir.example/", "typed")).exception(30)

    held = [value for frame, _ in traceback.walk_tb(error.__traceback__) for value in frame.f_locals.values()]
    assert held
    assert not any(isinstance(value, bytes | work.Errand) for value in held)


def test_a_defect_brings_its_traceback(pool):
    error = pool.submit("bug").exception(30)

    assert "in raise_bug" in error.__notes__[0]


def test_an_error_names_the_url_of_its_task(work):
    with WorkerPool(work.run_errand, workers=1) as pool:
        errors = [
            pool.submit(work.Errand("https://weir.example/", deed)).exception(30) for deed in ("os-exit", "typed")
        ]

    assert [e.url for e in errors] == ["https://weir.example/", "https://mill.example/"]


def test_one_worker_does_tasks_in_their_order_whatever_crashes_between(work):
    done = []
    tasks = [*range(8), "os-exit", *range(24)]
    with WorkerPool(work.do, workers=1) as pool:
        for at, task in enumerate(tasks):
            pool.submit(task).add_done_callback(lambda _, at=at: done.append(at))

    assert done == [*range(len(tasks))]


def test_a_task_that_crashed_its_worker_is_tried_once_more(work, tmp_path):
    with WorkerPool(work.Once(str(tmp_path / "tried")), workers=1) as pool:
        assert pool.submit("a").result(30) == "a"
        assert not pool.lost
        futures = [pool.submit(task) for task in ("crash", "b")]

    assert [f.result() for f in futures] == ["crash", "b"]
    assert pool.lost


def test_and_never_a_third_time(work, tmp_path):
    with WorkerPool(work.log_and_crash, workers=2) as pool:
        error = pool.submit(str(tmp_path / "log")).exception(30)

    assert error.reason == "extract_crash"
    assert len((tmp_path / "log").read_text().split()) == 2


def test_two_workers_share_the_work(work, tmp_path):
    with WorkerPool(work.log_and_sleep, workers=2) as pool:
        for _ in range(10):
            pool.submit((str(tmp_path / "log"), 0.05))

    assert len({*(tmp_path / "log").read_text().split()}) == 2


def test_no_process_is_started_before_there_is_something_to_do(work, monkeypatch):
    monkeypatch.setattr("newsclean.batch.workers.Popen", lambda *_, **__: pytest.fail("started"))
    with WorkerPool(work.do):
        pass


def test_a_worker_is_replaced_after_a_thousand_tasks_and_none_is_lost_or_done_twice(work, tmp_path):
    with WorkerPool(work.log_and_wait, workers=1) as pool:
        pids = [
            pool.submit("pid") if n in {0, 999, 1000} else pool.submit((str(tmp_path / "log"), n, 0))
            for n in range(1002)
        ]

    first, last, next_one = (f.result() for f in (pids[0], pids[999], pids[1000]))
    assert first == last != next_one
    assert (tmp_path / "log").read_text().split() == [str(n) for n in range(1002) if n not in {0, 999, 1000}]


@POSIX
def test_a_task_that_is_late_while_the_caller_is_busy_is_not_tried_again(work, tmp_path):
    with WorkerPool(work.log_and_wait, workers=1, timeout_s=0.5) as pool:
        tasks = [(str(tmp_path / "log"), number, 20 if number == 2 else 0.1) for number in range(10)]
        futures = [pool.submit(task) for task in tasks]
        futures[1].add_done_callback(lambda _: time.sleep(2.5))

    assert futures[2].exception().reason == "extract_timeout"
    assert (tmp_path / "log").read_text().split() == [*"0123456789"]


def test_the_collector_of_a_worker_need_not_walk_what_was_loaded_for_good(pool):
    assert pool.submit("frozen").result(30) > 1000


INNOCENT = ("ok", "slow", "large")


@POSIX
@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_among_hundreds_of_faults_no_other_task_is_touched(work, busy):
    """Also when this process is too busy to read what workers say as they say it."""
    some = random.Random(5)
    tasks = [
        (some.choice(("os-exit", "segfault", "killed", "hang")) if n % 4 == 0 else some.choice(INNOCENT), n)
        for n in range(120)
    ]
    over = threading.Event()
    spinning = threading.Thread(target=spin, args=[over])
    if busy:
        spinning.start()
    with WorkerPool(work.mixed, workers=3, timeout_s=0.15) as pool:
        futures = [pool.submit(task) for task in tasks]
    over.set()
    if busy:
        spinning.join()

    reasons = {
        "os-exit": "extract_crash",
        "segfault": "extract_crash",
        "killed": "extract_oom",
        "hang": "extract_timeout",
    }
    for (deed, n), future in zip(tasks, futures, strict=True):
        assert future.result() == n if deed in INNOCENT else future.exception().reason == reasons[deed]


def spin(over: threading.Event) -> None:
    """Keep the interpreter busy."""
    while not over.is_set():
        sum(range(1000))


@POSIX
def test_a_worker_that_is_lost_while_it_has_nothing_to_do_costs_no_task(work):
    with WorkerPool(work.do, workers=1) as pool:
        for n in range(5):
            os.kill(pool.submit("pid").result(30), signal.SIGKILL)
            assert pool.submit(n).result(30) == 2 * n


def test_an_answer_that_could_not_be_read_is_not_the_next_tasks(work, monkeypatch):
    load, failing = pickle.load, [3]  # the first is the answer of the work that is loaded

    def fail_once(file):
        failing[0] -= 1
        if not failing[0]:
            raise MemoryError
        return load(file)

    with WorkerPool(work.do, workers=1) as pool:
        monkeypatch.setattr("newsclean.batch.workers.pickle.load", fail_once)
        futures = [pool.submit(n) for n in range(4)]

    assert isinstance(futures.pop(1).exception(), MemoryError)
    assert [f.result() for f in futures] == [0, 4, 6]


@POSIX
def test_a_worker_that_is_lost_while_it_starts_is_tried_again(work, tmp_path):
    with WorkerPool(work.Begins(str(tmp_path / "begun")), workers=1) as pool:
        assert pool.submit(3).result(30) == 3


@POSIX
def test_a_fork_of_the_program_does_not_hold_the_pool(work):
    """It has the pipes too, so that closing ours tells the worker nothing."""
    pool = WorkerPool(work.do, workers=1)
    pid = pool.submit("pid").result(30)
    if not (child := os.fork()):
        time.sleep(20)
        os._exit(0)
    start = time.monotonic()
    pool.close()
    took_s = time.monotonic() - start
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

    assert took_s < 4
    assert not is_alive(pid)


@POSIX
def test_ctrl_c_ends_the_waiting_of_close():
    script = (
        f"import sys; sys.path.insert(0, {HERE!r})\n"
        "from faulty_work import do\n"
        "from newsclean.batch.workers import WorkerPool\n"
        "with WorkerPool(do, workers=1, timeout_s=20) as pool:\n"
        "    print(pool.submit(1).result(), flush=True)\n"
        "    futures = [pool.submit('sleep') for _ in range(3)]\n"
    )
    running = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    running.stdout.readline()
    time.sleep(0.5)
    start = time.monotonic()
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)

    assert said.rstrip().endswith(b"KeyboardInterrupt")
    assert time.monotonic() - start < 5


@POSIX
def test_a_pool_that_is_closed_at_once_blames_nothing_on_the_second_try(work, tmp_path):
    pool = WorkerPool(work.Once(str(tmp_path / "tried"), then_s=20), workers=1)
    future = pool.submit("crash")
    until = time.monotonic() + 20
    while not (tmp_path / "tried").exists():
        assert time.monotonic() < until
        time.sleep(0.02)
    time.sleep(1)
    pool.close(wait=False)

    assert isinstance(future.exception(), CancelledError)


@POSIX
@pytest.mark.parametrize("content", ["", "raise SystemExit('not this one')"], ids=["empty", "ends"])
def test_the_limit_of_memory_holds_beside_a_module_named_resource(tmp_path, content):
    (tmp_path / "resource.py").write_text(content)
    (tmp_path / "script.py").write_text(
        f"import sys; sys.path.insert(1, {HERE!r})\n"
        "from faulty_work import do\n"
        "from newsclean.batch.workers import WorkerPool\n"
        "with WorkerPool(do, workers=1, memory_bytes=1 << 29) as pool:\n"
        "    print(pool.submit('swell').exception().reason, pool.submit(2).result())"
    )
    done = python(str(tmp_path / "script.py"))

    assert (done.stdout, done.stderr) == ("extract_oom 4\n", "")


@POSIX
def test_a_worker_that_dies_within_its_answer_costs_only_its_task(work):
    with WorkerPool(work.do, workers=2, timeout_s=1) as pool:
        futures = [pool.submit("dies-in-answer" if n == 3 else n) for n in range(8)]

    assert futures.pop(3).exception().reason == "extract_oom"
    assert [f.result() for f in futures] == [0, 2, 4, 8, 10, 12, 14]


@POSIX
@pytest.mark.parametrize("after_s", [0.0, 0.01, 0.05, 0.2, 0.5])
def test_a_pool_may_be_dropped_at_any_time(work, after_s):
    pool = WorkerPool(work.mixed, workers=3, timeout_s=0.5)
    futures = [pool.submit((("slow", "os-exit", "hang")[n % 3], n)) for n in range(30)]
    time.sleep(after_s)
    began = time.monotonic()
    pool.close(wait=False)

    assert time.monotonic() - began < 5
    assert all(future.done() for future in futures)


# The end


def test_leaving_the_block_waits_for_what_was_submitted(work):
    with WorkerPool(work.do, workers=2) as pool:
        futures = [pool.submit(n) for n in range(50)]

    assert [f.result(0) for f in futures] == [2 * n for n in range(50)]


def test_leaving_it_by_an_exception_cancels_what_is_not_done(work):
    start = time.monotonic()
    with suppress(ZeroDivisionError), WorkerPool(work.do, workers=2, timeout_s=60) as pool:
        futures = [pool.submit("sleep") for _ in range(20)]
        raise ZeroDivisionError

    assert time.monotonic() - start < 10
    assert wait(futures, 0).not_done == set()
    for future in futures:
        with pytest.raises(CancelledError):
            future.result(0)


@POSIX
def test_closing_a_busy_pool_leaves_no_process_and_no_thread(work):
    before = threading.active_count()
    pool = WorkerPool(work.do, workers=2, timeout_s=60)
    pids = {pool.submit("pid").result(30) for _ in range(5)}
    futures = [pool.submit("c-hang"), pool.submit("sleep"), pool.submit(1)]
    while not futures[1].running():
        time.sleep(0.01)
    pool.close(wait=False)

    assert all(f.done() for f in futures)
    assert not any(map(is_alive, pids))
    assert threading.active_count() == before


@POSIX
def test_a_pool_that_nobody_holds_leaves_no_process_and_no_thread(work):
    """Nor is it held by what was done last."""
    before = threading.active_count()
    pool = WorkerPool(work.do, workers=3)
    future = pool.submit("pid")
    future.add_done_callback(lambda _, pool=pool: None)
    pid = future.result(30)
    del pool, future

    until = time.monotonic() + 10
    while is_alive(pid) or threading.active_count() > before:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_what_was_submitted_to_a_pool_that_nobody_holds_is_done(work):
    futures = [*map(WorkerPool(work.do, workers=1).submit, range(20))]

    assert [f.result(30) for f in futures] == [2 * n for n in range(20)]


@pytest.mark.parametrize("wait", [True, False], ids=["waiting", "at-once"])
def test_a_closed_pool_takes_no_more(work, wait):
    pool = WorkerPool(work.do, workers=1)
    pool.submit("sleep" if not wait else 1)
    pool.close(wait=wait)

    with pytest.raises(RuntimeError, match="after shutdown"):
        pool.submit(1)


def test_a_task_that_is_cancelled_while_it_waits_is_not_done(work, tmp_path):
    with WorkerPool(work.log_and_sleep, workers=1) as pool:
        pool.submit((str(tmp_path / "log"), 0.3))
        second = pool.submit((str(tmp_path / "log"), 0))
        third = pool.submit((str(tmp_path / "log"), 0))
        assert second.cancel()

    assert third.done()
    assert len((tmp_path / "log").read_text().split()) == 2


# What can't be done at all


def test_a_task_that_can_not_be_pickled_is_refused_at_once(pool):
    with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
        pool.submit(lambda: 1)


@pytest.mark.parametrize(
    ("name", "said"),
    [("Warm", "no worker starts: .*cookies"), ("Dies", "no worker starts: .*exit status 4")],
    ids=["raises", "dies"],
)
def test_where_no_worker_starts_each_task_says_so(work, name, said):
    made = {"Warm": work.Warm("consent_wall"), "Dies": work.Dies()}[name]
    with WorkerPool(made, workers=2) as pool:
        errors = [f.exception(30) for f in [pool.submit(n) for n in range(5)]]

    assert {type(e) for e in errors} == {BrokenExecutor}
    assert all(re.match(said, str(e)) for e in errors)


def test_where_the_system_starts_no_process_each_task_says_so(work, monkeypatch):
    monkeypatch.setattr("sys.executable", "/no/such/python")
    with WorkerPool(work.do, workers=1) as pool:
        error = pool.submit(1).exception(30)

    assert isinstance(error, BrokenExecutor)
    assert "/no/such/python" in str(error)


# Around the pool


@pytest.mark.parametrize(
    "wrong",
    [
        {"workers": 0},
        {"timeout_s": 0},
        {"timeout_s": -1},
        {"timeout_s": float("inf")},
        {"timeout_s": float("nan")},
        {"memory_bytes": -1},
        {"memory_bytes": 1 << 63},
    ],
    ids=str,
)
def test_a_number_out_of_range_is_refused_at_once(work, wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        WorkerPool(work.do, **wrong)


@POSIX
@pytest.mark.parametrize(
    "before",
    [
        "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})",
        "signal.signal(signal.SIGALRM, signal.SIG_IGN)",
        "signal.signal(signal.SIGCHLD, signal.SIG_IGN)",
        "sys.path.append(Path())",
    ],
    ids=["alarm-blocked", "alarm-ignored", "children-not-waited-for", "strange-path"],
)
def test_the_limit_of_time_holds_whatever_the_program_does_with_signals(before):
    done = python(
        "-c",
        f"import signal, sys; from pathlib import Path; sys.path.insert(0, {HERE!r}); {before}\n"
        "from faulty_work import do\n"
        "from newsclean.batch.workers import WorkerPool\n"
        "with WorkerPool(do, workers=1, timeout_s=0.5) as pool:\n"
        "    print(pool.submit('hang').exception().reason, pool.submit(2).result())",
    )

    assert (done.stdout, done.stderr) == ("extract_timeout 4\n", "")


@POSIX
@pytest.mark.parametrize("deed", ["alarm-off", "thread"])
def test_what_a_task_leaves_behind_holds_neither_the_next_nor_the_pool(work, deed):
    start = time.monotonic()
    with WorkerPool(work.do, workers=1, timeout_s=1) as pool:
        first = pool.submit(deed)
        assert isinstance(pool.submit("hang").exception(30), WorkerFailed)
        assert pool.submit(2).result(30) == 4
        first.exception(30)

    assert time.monotonic() - start < 25


def test_where_a_system_has_no_limits_the_worker_does_without():
    done = python(
        "-c",
        "import pickle, sys; sys.modules['resource'] = None\n"
        "from newsclean.batch import worker_main\n"
        "worker_main.limit_memory(1); print(pickle.loads(worker_main.answered(pickle.dumps(abs), pickle.dumps(-3))))",
    )

    assert (done.stdout, done.stderr) == ("(3, None)\n", "")


def python(*args: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """A script of its own."""
    return subprocess.run([sys.executable, *args], input=stdin, capture_output=True, text=True, check=False, timeout=60)


SCRIPT = f"""
import sys
sys.path.insert(0, {HERE!r})
print("once")
from faulty_work import do
from newsclean.batch.workers import WorkerPool
with WorkerPool(do, workers=2) as pool:
    print(sum(f.result() for f in [pool.submit(n) for n in range(10)]))
"""


def test_a_script_needs_no_main_guard_and_runs_once(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)
    done = python(str(tmp_path / "script.py"))

    assert (done.stdout, done.stderr) == ("once\n90\n", "")


def test_it_works_where_main_is_no_file_as_in_a_notebook():
    done = python("-", stdin=SCRIPT)

    assert (done.stdout, done.stderr) == ("once\n90\n", "")


def test_modules_in_the_working_folder_do_not_get_in_the_way(tmp_path, monkeypatch, work):
    (tmp_path / "struct.py").write_text("raise SystemExit('not this one')")
    monkeypatch.chdir(tmp_path)
    with WorkerPool(work.do, workers=1) as pool:
        assert pool.submit(2).result(30) == 4


def test_the_work_is_found_in_a_folder_whose_name_has_what_separates_paths(tmp_path):
    folder = tmp_path / f"a{os.pathsep}b"
    folder.mkdir()
    (folder / "own_work.py").write_text("def double(n): return 2 * n")
    done = python(
        "-c",
        f"import sys; sys.path.insert(0, {str(folder)!r})\n"
        "from own_work import double\n"
        "from newsclean.batch.workers import WorkerPool\n"
        "with WorkerPool(double, workers=1) as pool: print(pool.submit(4).result())",
    )

    assert (done.stdout, done.stderr) == ("8\n", "")


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "term"])
def test_a_worker_leaves_it_to_its_parent_to_stop_it(pool, number):
    pid = pool.submit("pid").result(30)
    os.kill(pid, number)

    assert pool.submit(1).result(30) == 2
    assert is_alive(pid)


@POSIX
@pytest.mark.parametrize("deed", ["pid", "hang", "c-hang"], ids=["idle", "hanging", "hanging-in-c"])
def test_no_worker_outlives_a_parent_that_was_killed(work, deed, tmp_path):
    script = textwrap.dedent(
        f"""
        import sys, time
        sys.path.insert(0, {HERE!r})
        from faulty_work import do
        from newsclean.batch.workers import WorkerPool
        pool = WorkerPool(do, workers=1, timeout_s=1)
        print(pool.submit("pid").result(30), flush=True)
        pool.submit({deed!r})
        time.sleep(0.1)
        print(flush=True)
        time.sleep(60)
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.stdout.readline()
    parent.kill()
    parent.communicate()

    until = time.monotonic() + 10
    while is_alive(pid):
        assert time.monotonic() < until
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
