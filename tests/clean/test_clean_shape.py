import pytest

from newsclean.clean import body_features
from newsclean.clean.shape import body_end, body_start, is_prose, word_count


@pytest.mark.parametrize(
    "text",
    [
        "The ferry will sail again on Monday, said the harbour office, if the weather holds until then.",
        "“The ferry will sail again on Monday if the weather holds until then, and only then,” she said.”)",
        "港の事務所は月曜日、新しい渡し船が来月から運航を始めると発表し、歓迎された。",
        "word " * 60 + "without a stop",
    ],
    ids=["sentence", "closing-quotes", "japanese", "very-long"],
)
def test_running_text_is_prose(text):
    assert is_prose(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The ferry sails again on Monday.",
        "Ferry sails again on Monday as the harbour office waits for better weather and a new propeller",
        "So we did as he said we do it, and so it is: a lamp, a net, an oar.",
        "Donaudampfschifffahrtsgesellschaftskapitän Rindfleischetikettierungsüberwachung bestätigt.",
        "港の事務所は月曜日に発表した。",
        "港の事務所は月曜日、新しい渡し船が来月から運航を始めると発表し、歓迎された",
    ],
    ids=["empty", "short", "no-final-stop", "few-characters", "few-words", "short-japanese", "japanese-headline"],
)
def test_a_line_is_not_prose(text):
    assert not is_prose(text)


def test_the_body_runs_from_the_first_prose_to_the_last(draft, prose):
    blocks = draft("Ferries", prose[0], "A subheading", prose[1], "Comments").blocks
    assert (body_start(blocks), body_end(blocks)) == (1, 4)


def test_without_prose_the_body_is_empty(draft):
    blocks = draft("Ferries", "Comments").blocks
    assert (body_start(blocks), body_end(blocks)) == (2, 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [("two  words", 2), ("it's 3.5 %", 4), ("港の船", 3), ("渡し船 ferry 9", 5), ("…", 0)],
    ids=["words", "parts", "characters", "mixed", "none"],
)
def test_words_are_counted_and_characters_where_no_spaces_are_written(text, words):
    assert word_count(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("นายกเทศมนตรีกล่าวเมื่อวันจันทร์ว่าสะพานเก่าจะปิดจนถึงฤดูใบไม้ผลิเพราะเสาต้นที่สองเคลื่อน", 17),
        ("ເຈົ້າເມືອງກ່າວໃນວັນຈັນວ່າຂົວເກົ່າຈະປິດຈົນເຖິງລະດູໃບໄມ້ປົ່ງເພາະເສົາທີສອງເຄື່ອນຍ້າຍ", 17),
        ("အဟောင်းတံတားကို နွေဦးအထိ ပိတ်ထားမည်ဟု မြို့တော်ဝန်က တနင်္လာနေ့တွင် ပြောကြားခဲ့သည်။", 17),
        ("អភិបាលក្រុងបាននិយាយកាលពីថ្ងៃចន្ទថាស្ពានចាស់នឹងត្រូវបិទរហូតដល់និទាឃរដូវខាងមុខ។", 15),
    ],
    ids=["Thai", "Lao", "Burmese", "Khmer"],
)
def test_scripts_that_part_no_words_have_words_and_running_text(text: str, words: int) -> None:
    assert is_prose(text)
    assert abs(word_count(text) - words) <= 2
    assert abs(body_features.model_words(text) - words) <= 2


@pytest.mark.parametrize("stop", "।۔።։؟")
def test_sentences_end_as_their_script_has_it(stop: str) -> None:
    text = "पुराना पुल वसंत तक बंद रहेगा क्योंकि दूसरा खंभा अपनी जगह से एक हाथ खिसक गया है ऐसा महापौर ने कहा"

    assert is_prose(text + stop)
    assert not is_prose(text)
