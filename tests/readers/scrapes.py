"""Made-up articles as scrapers leave them, furniture between double square brackets: the forms of many outlets."""

import re

from inquit.records import Span

PARAGRAPH = (
    "Die Gemeinde Oberwil hat den Bau des Hallenbads am Dienstag gestoppt. Gemeindepräsidentin Ruth Amrein sagte, die "
    "Kosten seien aus dem Ruder gelaufen. «Wir haben das zu spät gemerkt», räumte sie vor den Medien ein."
)
SECOND = (
    "Der Architekt widersprach. Er habe die Gemeinde schon im Frühling gewarnt, sagte Paul Kern dem «Landboten», aber "
    "niemand habe darauf reagiert. Die Rechnungen lägen alle vor, man müsse sie nur lesen."
)

SCRAPES = {
    "portal with kicker, counts and credits": f"""[[Startseite > Schweiz > Zürich]]
Hallenbad Oberwil: Gemeinde zieht die Notbremse
[[Aktualisiert: 04.02.2025, 16:20]]
[[5 Min. Lesezeit]]
[[Teilen]]
[[Merken]]
[[Das Hallenbad im Rohbau. (Archivbild)]]
[[Bild: Keystone/Anna Muster]]

{PARAGRAPH}

[[Das könnte Sie auch interessieren:]]
[[«So teuer war noch keine Badi»: Was andere Gemeinden zahlen]]
[[Wo das Wasser am wärmsten ist]]

{SECOND}

[[(sda/rki)]]
[[Publiziert: 04.02.2025, 11:02]]""",
    "broadcaster": f"""Hallenbad in Oberwil gestoppt

[[Stand: 04.02.2025 16:20 Uhr]]

{PARAGRAPH}

[[Mehr zum Thema]]

[[Kommunen in Not: Wenn die Bäder schließen]]

[[Sanierungsstau bei Schwimmbädern]]

{SECOND}

[[Dieses Thema im Programm: Landesfunk | Regional | 04.02.2025 | 17:00 Uhr]]""",
    "Austrian daily": f"""[[Chronik > Niederösterreich]]
Hallenbad in Oberwil: „Zu spät gemerkt“
[[4. Februar 2025, 16:20]]
[[132 Postings]]

{PARAGRAPH}

[[© APA/HANS MUSTER]]

{SECOND} (APA, red, 4.2.2025)""",
    "tabloid": f"""[[News]]
Bade-Zoff in Oberwil!
[[Von: ]]
[[Anzeige]]

{PARAGRAPH}

[[Lesen Sie auch]]

[[➔ „Ich kündige!“ – Bademeister packt aus]]

[[➔ Diese Bäder sind gratis]]

{SECOND}

[[Folgen Sie uns auf WhatsApp, Instagram und TikTok!]]

[[Hier geht’s zur Übersicht: Alle Meldungen aus der Region]]""",
    "weekly with paywall and newsletter": f"""Wer hat das Bad versenkt?

Ein Artikel von Moritz Vale

{PARAGRAPH}

[[Abonnieren Sie jetzt unseren kostenlosen Newsletter und lesen Sie jeden Freitag das Beste aus der Woche.]]

[[Mit Ihrer Anmeldung nehmen Sie die Datenschutzerklärung zur Kenntnis.]]

{SECOND}

[[Haben Sie Informationen zu diesem Thema? Schreiben Sie uns: hinweise@beispiel.example]]

[[Quelle: beispiel.example]]""",
    "embeds": f"""Gemeinde stoppt Hallenbad

{PARAGRAPH}

[[Empfohlener redaktioneller Inhalt
An dieser Stelle finden Sie einen externen Inhalt von X, der den Artikel ergänzt.
Externen Inhalt anzeigen
Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden.]]

[[Pfeil nach links]]
[[1 von 7]]

{SECOND}

[[Im Video: So sollte das Bad aussehen]]
[[Video: beispiel.example/red]]""",
    "regional with picture captions and table of links": f"""Oberwil baut kein Bad

[[Ruth Amrein steht vor dem Rohbau. Foto: Peter Kunz]]

{PARAGRAPH}

[[Symbolfoto: Ein leeres Schwimmbecken
Foto: dpa]]

{SECOND}

[[Themen: Oberwil, Hallenbad, Finanzen]]
[[Schlagworte: Gemeinderat | Schwimmen]]
[[© Landbote – Nachdruck nicht gestattet]]""",
    "republished": f"""Hallenbad gestoppt

[[Dieser Artikel erschien zuerst im Landboten.]]

{PARAGRAPH}

{SECOND}

[[Verwendete Quellen:]]
[[Nachrichtenagentur dpa]]
[[Mit Material der dpa]]""",
}


def unmarked(scrape: str) -> tuple[str, list[Span]]:
    """The text without the brackets, and the spans that they enclosed."""
    text = ""
    spans: list[Span] = []
    for piece in re.split(r"(\[\[.*?\]\])", scrape, flags=re.DOTALL):
        content = piece[2:-2] if piece.startswith("[[") else piece
        if content != piece:
            spans.append(Span(len(text), len(text) + len(content)))
        text += content
    return text, spans
