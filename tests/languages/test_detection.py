"""The language of short and long texts."""

import pytest

from inquit.languages import detection

GERMAN = [
    "Der Bundesrat hat das Geschäft traktandiert und den Vorstoss zur Annahme empfohlen.",
    "Heuer gibt es im Jänner weniger Schnee als im Vorjahr, sagt der Wirt der Jausenstation.",
    "«Mir händ das nöd gwüsst», sagte der Bauer. Die Behörden hätten ihn nicht informiert.",
    "«We are the champions», sang der Fanblock nach dem Schlusspfiff. Trainer Hug sprach von einem verdienten Sieg.",
    "Das sei nicht mo\u0308glich, hiess es.",
]
UNCLEAR = [
    "Der Film «The Power of the Night» von Jane Example gewann.",
    "",
    "Hallo",
    "12.3.2024",
    "Bern, New York",
    "Krisen-Gipfel in Bern",
    "Trump: «America first»",
    "+++",
    "„“",
]
FOREIGN = {
    "en": "The minister rejected the accusations on Tuesday and said that nobody had warned her before the closure.",
    "fr": "La ministre a rejeté les accusations mardi et a déclaré que personne ne l'avait prévenue avant.",
    "it": "La ministra ha respinto le accuse martedì e ha detto che nessuno l'aveva avvertita prima della chiusura.",
    "es": "La ministra rechazó las acusaciones el martes y dijo que nadie le había advertido antes del cierre.",
    "pt": "A ministra rejeitou as acusações na terça-feira e disse que ninguém a tinha avisado antes do encerramento.",
    "nl": "De minister wees de beschuldigingen dinsdag van de hand en zei dat niemand haar had gewaarschuwd.",
    "da": "Ministeren afviste tirsdag anklagerne og sagde, at ingen havde advaret hende, før broen blev lukket.",
    "no": "Ministeren avviste anklagene tirsdag og sa at ingen hadde advart henne før broen ble stengt.",
    "sv": "Ministern avvisade anklagelserna på tisdagen och sade att ingen hade varnat henne innan bron stängdes.",
    "fi": "Ministeri torjui syytökset tiistaina ja sanoi, että kukaan ei ollut varoittanut häntä.",
    "pl": "Ministra odrzuciła we wtorek oskarżenia i powiedziała, że nikt jej nie ostrzegł przed zamknięciem mostu.",
    "cs": "Ministryně v úterý obvinění odmítla a řekla, že ji před uzavřením mostu nikdo nevaroval.",
    "hu": "A miniszter kedden visszautasította a vádakat, és azt mondta, hogy senki sem figyelmeztette a híd előtt.",
    "ro": "Ministra a respins marți acuzațiile și a spus că nimeni nu a avertizat-o înainte de închiderea podului.",
    "tr": "Bakan salı günü suçlamaları reddetti ve köprü kapatılmadan önce kimsenin onu uyarmadığını söyledi.",
    "hr": "Ministrica je u utorak odbacila optužbe i rekla da je nitko nije upozorio prije zatvaranja mosta.",
    "lb": "D'Ministesch huet d'Virwërf en Dënschdeg zeréckgewisen a gesot, datt keen hatt gewarnt hätt.",
    "gsw": "Mir händ das nöd gwüsst, und es isch öis au niemert cho säge, was da gnau gange isch.",
    "nds": "De Minister hett dat trüchwiest un seggt, dat em nüms wohrschoot harr, as de Brügg dicht maakt worrn is.",
    "ru": "Министр во вторник отвергла обвинения.",
    "el": "Η υπουργός απέρριψε την Τρίτη τις κατηγορίες.",
    "ja": "大臣は火曜日に疑惑を否定した。",
    "zh": "部长周二否认了这些指控。",
    "ar": "رفضت الوزيرة الاتهامات يوم الثلاثاء.",
    "ko": "장관은 화요일에 의혹을 부인했다.",
}


@pytest.mark.parametrize("text", GERMAN)
def test_german_of_all_countries_is_german(text: str) -> None:
    assert detection.detect(text) == "de"


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_nothing_speaks_against_is_not_called_foreign(text: str) -> None:
    assert detection.detect(text) in {None, "de"}


@pytest.mark.parametrize(("code", "text"), FOREIGN.items(), ids=FOREIGN)
def test_other_languages_are_told_from_german_and_named(code: str, text: str) -> None:
    assert detection.detect(text) == code
    assert detection.name(code) != code


@pytest.mark.parametrize("quoted", ["en", "fr", "it", "gsw"])
def test_a_german_article_with_a_long_foreign_quotation_is_german(quoted: str) -> None:
    text = f"Die Ministerin war wütend. «{FOREIGN[quoted]}» Das sagte sie am Dienstag. {GERMAN[0]}"
    assert detection.detect(text) == "de"


def test_a_foreign_article_with_a_german_quotation_is_foreign() -> None:
    assert detection.detect(f"{FOREIGN['en']} {FOREIGN['en']} He called it “Vorsprung durch Technik”.") == "en"


def test_repeated_words_are_no_language() -> None:
    assert detection.detect("le &c; " * 50) in {None, "de"}


@pytest.mark.parametrize("text", ["The police said that it was not true.", "Il a dit que ce n'est pas dans la loi."])
def test_a_short_foreign_sentence_without_a_german_word_is_foreign(text: str) -> None:
    assert detection.detect(text) in {"en", "fr"}


def test_an_unknown_code_is_its_own_name() -> None:
    assert detection.name("xx") == "xx"
    assert detection.name("de") == "German"
