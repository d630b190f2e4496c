import pytest

from newsclean import clean_text, extract
from newsclean.clean.options import Options
from newsclean.clean.prompts import cut_prompts
from newsclean.rules import rules_for

OWN = {
    "en": "The pier will be rebuilt in steel at a cost of nine million pounds, the board said.",
    "de": "Der Pier bleibt zu.",
    "fr": "La jetée reste fermée.",
    "es": "El muelle sigue cerrado.",
    "it": "Il molo resta chiuso.",
    "pt": "O cais continua fechado.",
    "nl": "De pier blijft dicht.",
    "pl": "Molo pozostaje zamknięte.",
    "ru": "Пирс остаётся закрытым.",
    "ja": "桟橋は来年まで閉鎖される。",
}
PROMPT = {
    "en": " Sign up for our newsletter here.",
    "de": " Abonnieren Sie unseren Newsletter.",
    "fr": " Inscrivez-vous à notre newsletter.",
    "es": " Suscríbete a nuestro newsletter.",
    "it": " Iscriviti alla nostra newsletter.",
    "pt": " Assine nossa newsletter.",
    "nl": " Schrijf je in voor onze nieuwsbrief.",
    "pl": " Zapisz się na newsletter.",
    "ru": " Подпишитесь на нашу рассылку.",
    "ja": "メルマガ登録はこちら",
}


def cut(draft, text, language="en"):
    """What is left of a paragraph; the paragraph itself if nothing is cut."""
    changes = list(cut_prompts(draft(text), rules_for(language), Options()))
    return changes[0].after if changes else text


@pytest.mark.parametrize("language", OWN)
def test_only_the_prompts_sentence_is_cut(draft, language):
    assert cut(draft, OWN[language] + PROMPT[language], language) == OWN[language]


def test_a_cut_is_named_by_the_prompts_rule(draft):
    (change,) = cut_prompts(draft(OWN["en"] + PROMPT["en"]), rules_for("en"), Options())
    assert (change.rule, change.reason) == ("en/newsletter-prompt", "ends in boilerplate: newsletter prompt")


def test_a_prompt_behind_direct_speech_is_cut(draft):
    text = "“The pier is lost,” she said. “We will build another.” Sign up to our morning newsletter"
    assert cut(draft, text) == "“The pier is lost,” she said. “We will build another.”"


def test_the_end_of_a_paragraph_too_long_to_be_one_line_is_cut(draft):
    assert cut(draft, OWN["en"] * 9 + PROMPT["en"]) == OWN["en"] * 9


@pytest.mark.parametrize(
    "text",
    [
        "Sign up for our newsletter here.",
        "He closed the pier. “Sign up for our newsletter,” said the sign on it.",
        "“Read this. Sign up for our newsletter.”",
        "The board has two plans. It sent a newsletter about both.",
        "The museum is open until nine. Follow us.",
        "The council warns of floods. Sign up for its free e-mail alerts.",
        "St. Subscribe to our newsletter.",
        "The fraud begins like this. “Subscribe to our newsletter.”",
        "The school has new rules. Sign up for the school's weekly newsletter.",
        "Das Theater bleibt zu. Abonnieren Sie den Newsletter des Theaters.",
        "Fraudsters pose as banks. Don't click on links sent to your inbox.",
    ],
    ids=[
        "nothing-before",
        "quoted",
        "in-quotes",
        "about-one",
        "another-phrase",
        "alerts",
        "abbreviation",
        "a-quotation",
        "others",
        "anderer",
        "advice",
    ],
)
def test_other_ends_stay(draft, text):
    assert cut(draft, text) == text


@pytest.mark.parametrize("language", OWN)
def test_a_texts_own_sentence_is_not_lost_with_a_prompt(language, prose):
    article = clean_text("\n\n".join((prose[0], OWN[language] + PROMPT[language], *prose[1:3])), language=language)
    assert article.text.split("\n\n") == [prose[0], OWN[language], *prose[1:3]]


def test_a_pages_own_sentence_is_not_lost_with_a_prompt_that_is_a_link(prose):
    own = f"<p>{OWN['en']} <a href='/letters'>Sign up to our morning newsletter</a></p>"
    body = "".join(f"<p>{p}</p>" for p in prose[:3]) + own + f"<p>{prose[3]}</p>"
    article = extract(f"<html lang=en><title>Night ferry</title><article><h1>Night ferry</h1>{body}</article></html>")
    assert article.text.split("\n\n") == [*prose[:3], OWN["en"], prose[3]]
