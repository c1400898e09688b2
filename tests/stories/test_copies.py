from dataclasses import replace

from story_corpus import article

from inquit.records import Article
from inquit.stories import compare, find_reuse, sketch
from inquit.stories.links import parents

HEAD = "Hafen von Nordhaven bekommt zweite Schleuse"
LEAD = "Nordhaven (ndk) - Der Hafen von Nordhaven bekommt bis zum Herbst 2029 eine zweite Schleuse für größere Schiffe."
BODY = (
    "Das Vorhaben kostet nach Angaben der Hafenbehörde rund 310 Millionen Euro und wird zur Hälfte vom Land bezahlt. "
    "Die alte Schleuse stammt aus dem Jahr 1931 und muss jeden Winter mehrere Wochen lang gewartet werden. "
    "Reeder hatten seit Jahren beklagt, dass ihre Schiffe vor dem Tor oft länger als einen Tag warten müssen."
)
END = (
    "Mit den Arbeiten am Damm wird im kommenden Frühjahr begonnen, die Fischer bekommen einen Ersatzkai im Süden. "
    "Der Gemeinderat hatte dem Bau im Juni mit knapper Mehrheit zugestimmt, eine Klage der Anwohner blieb erfolglos."
)
OTHER = (
    "Auf der Insel Sandholm ist am Sonntag der erste Leuchtturmlauf gestartet worden, trotz Regen und starkem Wind. "
    "Gewonnen hat eine Lehrerin aus Ostersiel, die erst vor zwei Jahren mit dem Laufen angefangen hatte."
)
BOILERPLATE = (
    "Unsere Redaktion arbeitet nach strengen Regeln und trennt Nachricht von Meinung. Haben Sie einen Fehler "
    "gefunden, schreiben Sie uns bitte, wir berichtigen ihn umgehend und nennen die Stelle am Ende des Artikels."
)


def original() -> Article:
    return article("agency", f"{HEAD}\n\n{LEAD}\n\n{BODY}\n\n{END}", "ndk", 8, credit="ndk")


def test_a_copy_with_another_headline_marks_and_double_s_is_one() -> None:
    text = f"Größere Schiffe kommen\n\nFoto: ndk\n\n{LEAD} {BODY} {END}".replace("ß", "ss").replace(" - ", " – ")
    reuse = compare(article("paper", text, "Abendpost", 10, credit="ndk"), original())
    assert reuse is not None
    assert reuse.whole
    assert (reuse.derived.id, reuse.original.id) == ("paper", "agency")
    assert "credits ndk" in reuse.why


def test_half_of_a_text_is_abridged_and_the_evidence_is_what_is_shared() -> None:
    paper = article("paper", f"Schleuse kommt\n\nDas teilte man hier mit. {BODY}", "Abendpost", 10)
    reuse = compare(original(), paper)
    assert reuse is not None
    assert not reuse.whole
    assert " ".join(paper.text[b:e] for b, e in reuse.evidence) == BODY.rstrip(".")
    assert " ".join(reuse.original.text[b:e] for b, e in reuse.original_evidence) == BODY.rstrip(".")


def test_credits_say_who_was_first_even_against_the_clock() -> None:
    paper = article("paper", f"Neu\n\n{LEAD} {BODY}", "Abendpost", 7, credit="ndk/red")
    reuse = compare(paper, original())
    assert reuse is not None
    assert reuse.derived.id == "paper"
    assert any("earlier" in why for why in reuse.why)


def test_without_credits_and_times_nothing_is_claimed_but_length() -> None:
    one = replace(original(), published=None, credits=(), outlet=None)
    other = replace(one, id="other", text=f"{HEAD}\n\n{BODY}")
    reuse = compare(one, other)
    assert reuse is not None
    assert reuse.derived.id == "other"
    assert "no credit and no time" in reuse.why[0]


def test_the_result_does_not_depend_on_the_order_of_the_two() -> None:
    paper = article("paper", f"Neu\n\n{LEAD} {BODY}", "Abendpost", 10)
    assert compare(paper, original()) == compare(original(), paper)


def test_what_one_person_said_is_no_text_of_the_outlet() -> None:
    words = f"„{BODY} {END}“"
    one = article("one", f"Schleuse\n\nDie Direktorin sagte vor der Presse: {words} Sie lächelte.", "Abendpost", 9)
    other = article("other", f"Hafen\n\nIm Rathaus hieß es am Abend so: {words} Niemand fragte.", "Morgenblatt", 10)
    assert compare(one, other) is None


def test_an_article_and_its_own_earlier_version() -> None:
    first = article("v1", f"{HEAD}\n\n{LEAD}\n\n{BODY}", "Abendpost", 8)
    second = article("v2", f"{HEAD}\n\n{LEAD}\n\n{BODY}\n\n{END}", "Abendpost", 12)
    (reuse,) = find_reuse([second, first], [sketch(second), sketch(first)])
    assert (reuse.derived.id, reuse.original.id) == ("v2", "v1")
    assert reuse.whole


def test_boilerplate_of_an_outlet_makes_no_copies() -> None:
    topics = [f"Bericht {i}\n\n" + " ".join(f"wort{i}a{j}" for j in range(90)) for i in range(6)]
    pages = [article(f"p{i}", f"{topic}\n\n{BOILERPLATE} {BODY}", "Abendpost", i) for i, topic in enumerate(topics)]
    assert find_reuse(pages, [sketch(page) for page in pages]) == []


def test_many_versions_of_one_article_are_not_boilerplate() -> None:
    versions = [article(f"v{i}", f"{HEAD}\n\n{LEAD} {BODY} {END} Stand {i}", "Abendpost", i) for i in range(6)]
    assert len(find_reuse(versions, [sketch(one) for one in versions])) == 15


def test_each_copy_of_an_agency_has_the_agency_as_its_parent() -> None:
    text = f"{LEAD}\n\n{BODY}\n\n{END}"
    papers = [article(f"p{i}", f"Titel {i}\n\n{text}", f"Blatt{i}", 9 + i, credit="ndk") for i in range(4)]
    articles = [*papers, original()]
    found = find_reuse(articles, [sketch(one) for one in articles])
    chosen = {
        paper.id: [r.original.id for r in parents([r for r in found if r.derived.id == paper.id])] for paper in papers
    }
    assert chosen == {f"p{i}": ["agency"] for i in range(4)}


def test_text_from_two_agencies_has_two_parents() -> None:
    second = article("second", f"Anderes\n\n{OTHER}", "wod", 8)
    paper = article("paper", f"Beides\n\n{BODY}\n\n{OTHER}", "Abendpost", 11)
    articles = [paper, original(), second]
    found = find_reuse(articles, [sketch(one) for one in articles])
    assert {r.original.id for r in parents([r for r in found if r.derived.id == "paper"])} == {"agency", "second"}


def test_unrelated_and_empty_articles_are_no_copies() -> None:
    articles = [original(), article("other", OTHER, "Abendpost", 9), article("empty", "", "Abendpost", 9)]
    assert find_reuse(articles, [sketch(one) for one in articles]) == []
    assert find_reuse([], []) == []
