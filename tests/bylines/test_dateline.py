"""parse_dateline: the openings of agency stories."""

from __future__ import annotations

import pytest

from newsclean.bylines import parse_dateline
from newsclean.model import Dateline

SHAPES = [
    ("SEOUL (Reuters) - North Korea said", ("SEOUL", None, "Reuters")),
    ("LA CROSSE, Wis. (AP) — A man", ("LA CROSSE, Wis", None, "AP")),
    ("WASHINGTON, May 3 (Reuters) - The", ("WASHINGTON", "May 3", "Reuters")),
    ("SEOUL, May 3 (Yonhap) -- South", ("SEOUL", "May 3", "Yonhap")),
    ("MOSCOW, September 3. /TASS/. Russian", ("MOSCOW", "September 3", "TASS")),
    ("Berlin (dpa/lni) - Der", ("Berlin", None, "dpa")),
    ("Paris (AFP) – Le", ("Paris", None, "AFP")),
    ("(ANSA) - ROMA, 03 MAG - Il", ("ROMA", "03 MAG", "ANSA")),
    ("Madrid, 3 may (EFE).- El", ("Madrid", "3 may", "EFE")),
    ("New Delhi [India], May 3 (ANI): The", ("New Delhi [India]", "May 3", "ANI")),
    ("NEW DELHI, May 3 (PTI) The", ("NEW DELHI", "May 3", "PTI")),
    ("МОСКВА, 3 мая - РИА Новости. Глава", ("МОСКВА", "3 мая", "RIA Novosti")),
    ("МОСКВА, 3 мая. /ТАСС/. Глава", ("МОСКВА", "3 мая", "TASS")),
    ("新华社北京5月3日电 国家", ("北京", "5月3日", "Xinhua")),
    ("[東京 3日 ロイター] - 日本", ("東京", "3日", "Reuters")),
    ("(서울=연합뉴스) 한도윤 기자 = 정부", ("서울", None, "Yonhap")),
    ("LAHORE: The high court", ("LAHORE", None, None)),
    ("WASHINGTON — The president", ("WASHINGTON", None, None)),
    ("The quick brown: fox", None),
    ("US: The economy grew", None),
    ("WASHINGTON was quiet", None),
]

MORE = [
    ("WICKHAM, Mo. (AP) — A ship", ("WICKHAM, Mo", None, "AP")),
    ("OSLO, Norway (AP) -- The ship", ("OSLO, Norway", None, "AP")),
    ("RIO DE JANEIRO, 3 de maio (Reuters) - O porto", ("RIO DE JANEIRO", "3 de maio", "Reuters")),
    ("PARIS/BERLIN, May 3 (Reuters) - The two", ("PARIS/BERLIN", "May 3", "Reuters")),
    ("Frankfurt/Main (dpa) - Der Hafen", ("Frankfurt/Main", None, "dpa")),
    ("Oslo, 3. mai (NTB): Skipet", ("Oslo", "3. mai", "NTB")),
    ("KUALA LUMPUR: The harbour", ("KUALA LUMPUR", None, None)),
    ("JAKARTA, HARBOUR.com – Kapal itu", ("JAKARTA", None, None)),
    ("WASHINGTON, D.C. — The ship", ("WASHINGTON, D.C", None, None)),
    ("WICKHAM, Kan. — The harbour", ("WICKHAM, Kan", None, None)),
    ("中新社上海5月3日电 港口", ("上海", "5月3日", "China News Service")),
]

OTHERS = [
    "U.S. — The economy grew",
    "BREAKING: The harbour is closed",
    "REPORTER: What did you see?",
    "WATCH — The harbour closes",
    "He said (Reuters) - and left",
    "May 3 (Reuters) - The harbour",
    "The Reuters office (Reuters) was closed",
    "Ann Bell (born 1950) – The sailor",
    "WASHINGTON — and beyond",
    "",
]


def said(dateline: Dateline | None) -> tuple[str, str | None, str | None] | None:
    return (dateline.location, dateline.date, dateline.agency) if dateline else None


@pytest.mark.parametrize(("text", "expected"), SHAPES + MORE)
def test_each_shape_is_read(text: str, expected: tuple[str, str | None, str | None] | None) -> None:
    assert said(parse_dateline(text)) == expected


@pytest.mark.parametrize("text", OTHERS)
def test_another_opening_is_no_dateline(text: str) -> None:
    assert parse_dateline(text) is None


def test_the_opening_is_kept_up_to_the_first_word_of_the_story() -> None:
    dateline = parse_dateline("SEOUL, May 3 (Reuters) - North Korea said")
    assert dateline is not None
    assert dateline.printed == "SEOUL, May 3 (Reuters) - "
