"""Bylines in shapes that pages print and no other table has, and words beside them that name nobody."""

from __future__ import annotations

from typing import Any

import pytest

from newsclean.bylines import is_byline, parse_byline

PEOPLE = {
    "en-dispatch": (
        "By Corin Halloway, Harbour Dispatch",
        "Corin Halloway;agency=Harbour Dispatch · Harbour Dispatch;kind=organization",
    ),
    "en-trust": ("Harbour Wildlife Trust", "Harbour Wildlife Trust;kind=organization"),
    "en-holdings": ("By Harbour Holdings", "Harbour Holdings;kind=organization"),
    "no-posten": ("Av Harbour Posten", "Harbour Posten;kind=organization"),
    "en-ceo": ("By Corin Halloway, CEO", "Corin Halloway;job=CEO"),
    "de-text-and-photos": ("Text und Fotos: Klara Ohnesorg", "Klara Ohnesorg"),
    "de-roles-in-brackets": (
        "Von Klara Ohnesorg (Text) und Bruno Tietz (Fotos)",
        "Klara Ohnesorg · Bruno Tietz;role=photographer",
    ),
    "ja-interviewer": ("聞き手・沢村大地", "沢村大地"),
    "zh-slash": ("文/周子墨", "周子墨"),
    "zh-slashes": ("文/周子墨 图/林雅筑", "周子墨 · 林雅筑;role=photographer"),
    "ko-entered": ("입력 : 2024.05.03 14:22 한도윤 기자", "한도윤;role=reporter"),
    "ko-entered-afternoon": ("입력 2024.05.03 오후 2:22 한도윤 기자", "한도윤;role=reporter"),
    "en-dash-place": ("By Corin Halloway — Reuters", "Corin Halloway;agency=Reuters · Reuters;kind=agency"),
    "en-pronouns": ("By Corin Halloway (she/her)", "Corin Halloway"),
    "en-title": ("By Dr Corin Halloway", "Dr Corin Halloway"),
    "en-initials-numeral": ("By C. D. Halloway III", "C. D. Halloway III"),
    "en-agencies": ("By Corin Halloway and agencies", "Corin Halloway"),
    "en-with-agency": ("By Corin Halloway with AFP", "Corin Halloway;agency=AFP · AFP;kind=agency"),
    "en-clock": ("Corin Halloway 9:27 AM", "Corin Halloway"),
    "en-pen": ("✍️ Corin Halloway", "Corin Halloway"),
    "en-date-read": ("By Corin Halloway | 3 May 2020 | 5 min read", "Corin Halloway"),
    "en-updated": ("By Corin Halloway Updated 3 May 2020", "Corin Halloway"),
    "en-published-by": ("Published 3 May 2020 by Corin Halloway", "Corin Halloway"),
    "en-story-photos": (
        "Story by Corin Halloway; Photos by Della Prout",
        "Corin Halloway · Della Prout;role=photographer",
    ),
    "de-unserem": (
        "Von unserem Korrespondenten Corin Hallweg, Oslo",
        "Corin Hallweg;job=unserem Korrespondenten;location=Oslo",
    ),
    "en-and-agency": ("By Corin Halloway and Reuters", "Corin Halloway · Reuters;kind=agency"),
    "en-names-and-agency": (
        "By Corin Halloway, Della Prout and Reuters",
        "Corin Halloway · Della Prout · Reuters;kind=agency",
    ),
    "en-and-desk": ("By Corin Halloway and WQX News", "Corin Halloway · WQX News;kind=organization"),
    "en-names-of-agency": (
        "By Corin Halloway and Della Prout, Reuters",
        "Corin Halloway;agency=Reuters · Della Prout;agency=Reuters · Reuters;kind=agency",
    ),
    "de-and-agency": ("Corin Hallweg und dpa", "Corin Hallweg · dpa;kind=agency"),
    "de-by-and-agency": ("Von Jana Köhler und dpa", "Jana Köhler · dpa;kind=agency"),
    "de-with-agency": ("Von Jana Köhler mit dpa", "Jana Köhler;agency=dpa · dpa;kind=agency"),
    "es-and-agency": ("Por Inés Calderón y EFE", "Inés Calderón · EFE;kind=agency"),
    "de-comment": ("Ein Kommentar von Della Prutz", "Della Prutz"),
    "fr-place": ("Par Élodie Vautrin, à Lyon", "Élodie Vautrin;location=Lyon"),
    "fr-agency": ("Par Élodie Vautrin (avec AFP)", "Élodie Vautrin;agency=AFP · AFP;kind=agency"),
    "fr-interview": ("Propos recueillis par Élodie Vautrin", "Élodie Vautrin"),
    "es-envoy": ("Por Inés Calderón, enviada especial", "Inés Calderón;job=enviada especial"),
    "es-pt-and": ("Por Inés Calderón e Rui Tavares", "Inés Calderón · Rui Tavares"),
    "pt-photos": ("Texto: Rui Tavares | Fotos: Inês Serra", "Rui Tavares · Inês Serra;role=photographer"),
    "it-and": ("Di Paola Ferri e Luca Conti", "Paola Ferri · Luca Conti"),
    "it-editor": ("a cura di Paola Ferri", "Paola Ferri;role=editor"),
    "nl-and": ("Door Kees van der Molen en Els Bos", "Kees van der Molen · Els Bos"),
    "sv-and": ("Skriven av Åsa Lindroth och Nils Ek", "Åsa Lindroth · Nils Ek"),
    "da-place": ("Af Mads Friis, korrespondent i Oslo", "Mads Friis;job=korrespondent;location=Oslo"),
    "no-photo": ("Tekst: Kari Moen Foto: Lars Vik", "Kari Moen · Lars Vik;role=photographer"),
    "fi-label": ("Kirjoittaja: Aino Lehtola", "Aino Lehtola"),
    "pl-writes": ("Pisze Jan Wilk", "Jan Wilk"),
    "pl-agency": ("Jan Wilk (PAP)", "Jan Wilk;agency=PAP · PAP;kind=agency"),
    "cs-wrote": ("Napsala Eva Dvořáková", "Eva Dvořáková"),
    "hu-dash-agency": ("Kovács Béla – MTI", "Kovács Béla;agency=MTI · MTI;kind=agency"),
    "ro-job": ("Autor: Ionuț Barbu, redactor", "Ionuț Barbu;job=redactor"),
    "lt-label": ("Autorius: Jonas Kazlauskas", "Jonas Kazlauskas"),
    "el-article": ("Γράφει η Ελένη Δούκα", "Ελένη Δούκα"),
    "tr-label": ("Yazar: İpek Yıldız", "İpek Yıldız"),
    "id-two": ("Reporter: Budi Harsono | Editor: Sari Wulan", "Budi Harsono;role=reporter · Sari Wulan;role=editor"),
    "vi-label": ("Bởi Trần Minh Khuê", "Trần Minh Khuê"),
    "ar-wrote": ("كتب: سامر النجار", "سامر النجار"),
    "he-label": ("מאת דנה לוי", "דנה לוי"),
    "hi-name": ("By अनिल वर्मा", "अनिल वर्मा"),
    "ru-agency": ("Олег Вершинин, ТАСС", "Олег Вершинин;agency=TASS · TASS;kind=agency"),
    "uk-text": ("Автор тексту: Ірина Коваль", "Ірина Коваль"),
    "zh-channel": ("新江日报·晨河点记者 周子墨", "周子墨;role=reporter;agency=新江日报·晨河点"),
    "zh-box": ("□ 本报记者 周子墨", "周子墨;role=reporter"),
    "zh-place": ("記者 林雅筑 台北報導", "林雅筑;role=reporter;location=台北"),
    "ja-label": ("取材・文：沢村大地", "沢村大地"),
    "ko-senior": ("한도윤 선임기자", "한도윤;role=reporter"),
}
NOBODY = [
    *("By the river the town sleeps", "By far the largest fleet", "Written by hand", "Posted by mistake"),
    *("Von der Küste bis zum Wald", "Por fin llegó la lluvia", "Par ailleurs, le prix monte", "Di nuovo in testa"),
    *("Door het raam gezien", "Av alla städer i norr", "Od jutra nowe ceny", "De la mare la munte"),
    *("Oleh karena itu harga naik", "Автор победил", "Текст закона принят", "记者会在北京举行", "记者节快乐"),
    *("记者会見の様子", "文章来源", "总阅读量", "기자회견 열려", "기자들이 모였다", "Photo finish in Oslo"),
    *("Par exemple", "Por ejemplo", "Von Trier gewinnt", "By 2030 all ships sail"),
]


@pytest.mark.parametrize(("line", "people"), PEOPLE.values(), ids=list(PEOPLE))
def test_a_byline_names_its_people(line: str, people: str, notation: Any) -> None:
    assert notation.show(parse_byline(line)) == notation.read(people)


@pytest.mark.parametrize("line", NOBODY)
def test_other_words_name_nobody(line: str) -> None:
    assert not parse_byline(line)
    assert not is_byline(line)


GLUED = {
    "published": "By Ines CallowayPublished 3 hours agoShare",
    "updated": "By Ines CallowayUpdated May 3, 2024",
    "month": "By Ines CallowayMay 3, 2024",
    "day": "By Ines Calloway3 May 2024",
    "hours": "Ines Calloway9 hours ago",
    "job": "Ines CallowayStaff Writer",
    "button": "Ines CallowayFollow",
    "german": "Von Ines CallowayAktualisiert am 3.5.2024",
    "russian": "Автор: Олег ВершининОпубликовано 3 мая 2024",
}


@pytest.mark.parametrize("case", GLUED)
def test_a_name_ends_where_a_word_of_its_box_is_glued_to_it(case):
    expected = "Олег Вершинин" if case == "russian" else "Ines Calloway"
    assert [p.name for p in parse_byline(GLUED[case])] == [expected]


@pytest.mark.parametrize(
    "name", ["Ines MacArthur", "Ann FitzGerald", "Ann DeShawn", "AnnaMay Calloway", "Radio Mix1 Calloway"]
)
def test_capitals_and_digits_within_a_word_part_no_other_names(name):
    assert [p.name for p in parse_byline(f"By {name}")] == [name]
