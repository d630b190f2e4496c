"""Every row of the fault matrix, with the tests that cover it: what can go wrong, and that the good pages still come.

Beside each fault three good pages are done (two in 66 and 69), unless a row is about good pages (51 to 53, 61, 67, 68,
70) or about the whole run (62, 63, 65); in the tables FAILURES and SUCCESSES three of the faulty host as well. What stands in: the core's network for packets that vanish (3), 64 MiB for bombs of 1 GiB (16 to 19),
fake system calls for a disk that is full (63). No row is left out; a power cut, which is none, can't be made in a test.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

HERE = Path(__file__).parent
FAULT = "fetch/test_fault_matrix.py::test_a_fault_has_its_reason"  # by the row, in its table FAILURES
TROUBLE = "fetch/test_fault_matrix.py::test_a_page_comes_in_spite_of_it"  # in SUCCESSES
NET = "fetch/test_fault_matrix.py::test_"
MAY = "fetch/test_permission.py::test_"
TURN = "batch/test_fetching.py::test_"
CHARSET = "extract/test_charset.py::test_"
HOSTILE = "batch/test_extractor.py::test_a_hostile_page_is_done_or_refused_in_time"
RUN = "batch/test_batch_faults.py::test_"
TABLES = {FAULT: "FAILURES", TROUBLE: "SUCCESSES", HOSTILE: "HOSTILE"}

ROWS: dict[int, tuple[str, ...]] = {
    1: (f"{NET}row_1_nobody_listens",),
    2: (FAULT,),
    3: (f"{NET}row_3_a_connection_that_never_stands", f"{NET}row_3_a_resolver_that_never_answers"),
    4: (FAULT,),
    5: (TROUBLE,),
    **dict.fromkeys(range(6, 14), (FAULT,)),
    14: (TROUBLE,),
    **dict.fromkeys((15, 16, 17, 18, 19, 20), (FAULT,)),
    21: (FAULT, TROUBLE),
    **dict.fromkeys(range(22, 27), (FAULT,)),
    27: (f"{NET}a_private_stand_in_is_never_connected_to",),
    28: (FAULT,),
    29: (TROUBLE,),
    30: (FAULT,),
    31: (f"{NET}a_private_stand_in_is_never_connected_to",),
    32: (f"{NET}row_32_an_unknown_name_is_asked_for_once",),
    33: (
        f"{NET}row_33_a_name_is_resolved_once_and_that_address_used",
        f"{NET}row_33_a_second_answer_is_vetted_as_the_first_was",
    ),
    34: (f"{NET}row_34_one_private_answer_blocks_all",),
    35: (f"{NET}row_35_a_disguised_address_is_not_connected_to",),
    36: (f"{NET}row_36_the_environment_names_no_proxy",),
    37: (f"{MAY}a_page_that_asks_for_rest_is_asked_again_after_it",),
    38: (f"{MAY}rest_is_read_in_all_its_forms", f"{TURN}retry_after_is_read_in_all_its_forms"),
    39: (FAULT, TROUBLE, f"{TURN}a_server_that_fails_twice_gives_its_page_at_the_third_attempt"),
    40: (FAULT, f"{TURN}a_refusal_is_final_whatever_it_says_of_later"),
    41: (
        f"{MAY}a_dead_host_is_asked_a_few_times_whatever_the_number_of_its_pages",
        f"{TURN}a_dead_host_with_a_thousand_urls_costs_a_few_connects_and_its_neighbour_nothing",
        f"{TURN}a_host_whose_pages_all_fail_is_left_alone",
    ),
    42: (f"{MAY}a_page_that_is_disallowed_is_never_asked_for",),
    43: (f"{MAY}without_a_robots_txt_all_is_allowed",),
    44: (f"{MAY}a_robots_txt_that_cannot_be_had_disallows_all",),
    45: (f"{MAY}what_stands_beyond_the_limit_does_not_count",),
    46: (f"{MAY}rules_are_obeyed_however_they_are_encoded",),
    47: (
        f"{MAY}rules_from_another_host_are_for_the_one_that_redirected",
        f"{MAY}redirects_to_nowhere_are_no_robots_txt",
    ),
    48: (f"{MAY}all_who_wait_for_it_wait_for_one_request",),
    49: (f"{MAY}a_crawl_delay_is_kept_from_the_robots_txt_on", f"{MAY}a_crawl_delay_over_the_cap_is_not_waited_for"),
    50: (FAULT,),
    51: (f"{CHARSET}a_label_that_is_no_encoding_is_passed_over",),
    52: (f"{CHARSET}utf_8_wins_whatever_the_label",),
    53: (f"{CHARSET}the_header_names_the_encoding", f"{CHARSET}the_page_names_the_encoding"),
    **dict.fromkeys(range(54, 58), (HOSTILE,)),
    58: (
        "batch/test_workers.py::test_a_fault_is_typed_and_costs_none_of_its_twenty_neighbours",
        "batch/test_workers.py::test_among_hundreds_of_faults_no_other_task_is_touched",
    ),
    59: (
        f"{RUN}what_a_title_or_an_input_says_moves_no_terminal_and_no_spreadsheet",
        "output/test_render.py::test_a_record_has_nothing_that_a_terminal_obeys_and_says_the_same",
    ),
    60: (f"{RUN}no_word_of_a_url_or_a_title_is_in_a_file_name",),
    61: ("batch/test_kill.py::test_fifty_kills_leave_what_one_run_without_any_does",),
    62: (
        f"{RUN}a_signal_lets_what_is_under_way_end_and_starts_nothing_more",
        f"{RUN}a_second_signal_ends_a_run_at_once",
    ),
    63: (
        f"{RUN}a_full_disk_stops_the_run_leaves_nothing_half_and_fails_no_input",
        "batch/test_run_archive.py::test_row_63_a_full_disk_under_the_archive_ends_the_run_and_can_be_gone_on_from",
    ),
    64: (f"{RUN}a_file_that_no_run_has_written_is_kept_and_its_input_fails",),
    65: (f"{RUN}a_second_run_in_the_folder_is_told_to_wait",),
    66: ("batch/test_run_archive.py::test_row_66_broken_places_of_an_archive_cost_only_themselves",),
    67: (
        "batch/test_run_archive.py::test_row_67_a_refresh_fetches_only_what_has_changed",
        "batch/test_archive.py::test_row_67_what_has_not_changed_is_taken_from_the_archive",
    ),
    68: (f"{RUN}a_thousand_times_the_same_url_is_one_fetch",),
    69: (f"{RUN}every_bad_line_fails_alone_and_the_run_goes_on",),
    70: (f"{RUN}a_complete_run_done_again_asks_for_nothing_and_writes_the_same",),
}


@cache
def module_of(file: str) -> ModuleType:
    """A module of tests, imported."""
    spec = spec_from_file_location(f"matrix_{Path(file).stem}_{Path(file).parent.name}", HERE / file)
    assert spec
    assert spec.loader
    module = sys.modules[spec.name] = module_from_spec(spec)  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


def rows_in(table: Any) -> set[int]:
    """The rows of a table of faults, which stand first in each of its lines, or begin their names."""
    return {line[0] if isinstance(line, tuple) else int(re.split(r"\D", line)[0]) for line in table}


def test_every_row_is_there() -> None:
    assert sorted(ROWS) == list(range(1, 71))


@pytest.mark.parametrize("row", ROWS)
def test_a_row_has_its_tests(row: int) -> None:
    for test in ROWS[row]:
        file, name = test.split("::")
        assert callable(getattr(module_of(file), name, None)), test
        if table := TABLES.get(test):
            assert row in rows_in(getattr(module_of(file), table)), f"{test}: not in {table}"
