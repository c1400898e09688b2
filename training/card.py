"""The model card of the reader: what it was made from, how it scores, and under which licence it may be used."""

import datetime
import hashlib
from pathlib import Path

SOURCES = {
    "german-quotes/train.jsonl": (
        "gold quotations, German Wikinews", "CC BY-NC-SA 4.0", "Petersen-Frey and Biemann 2024"),
    "german-quotes/dev.jsonl": (
        "thresholds, fusion, scale of confidence", "CC BY-NC-SA 4.0", "Petersen-Frey and Biemann 2024"),
    "inquit-articles/train.jsonl": ("gold quotations, written for this project", "CC BY 4.0", "Inquit"),
    "derstandard-quotes/train.jsonl": (
        "gold quotations, Austrian news", "CC BY 4.0, texts CC BY-NC-SA 4.0", "Inquit; One Million Posts corpus"),
    "redewiedergabe/main.tsv.xz": ("auxiliary, 1840 to 1919", "CC BY-NC-SA 4.0", "Brunner et al. 2020"),
    "spkatt/train.jsonl": ("auxiliary, Bundestag speeches", "see its repository", "Rehbein et al. 2023"),
    "text-de/bundestag.txt.xz": ("plain text for pretraining", "CC BY-NC-SA", "GermaParl, PolMine"),
    "text-de/derstandard.jsonl.xz": (
        "plain text for pretraining, read by the teachers", "CC BY-NC-SA 4.0", "One Million Posts corpus"),
}  # fmt: skip
"""Files of the data folder that training reads: what for, licence, credit."""

HEAD = """# Model card: German quotation reader

Finds quotations in German news with speaker, cue, frame, addressee, type, medium, stance and hedges. A small
network: two bidirectional LSTM layers over subword vectors, a scorer of candidate spans, and a scorer of roles around
each span. It learnt from gold data, and from news that three such networks and the rules had read. The rules of
`inquit.quotations.rules` are heard beside it (weights in `reader.json`), and a regression over words (`media.npy`)
beside its medium.
Made by `python -m training.train --data DATA` on {date}. Licence: CC BY-NC-SA 4.0 (`../LICENSE-weights.md`).

Not made for: languages other than German, fiction, transcripts. It tells what a text says, not whether it is true.

## Figures

F1 in percent, over the reader's own tokens, with the files as shipped; `docs/accuracy.md` has the
figures by the published scorer. Thresholds, the weights of the fusion with the rules and the scale of confidence were
set on both sets. "Cross-fitted" are figures with weights and scale fitted to one half of the articles and scored on
the other half, and the other way round.

"""


def write_card(out: Path, data: Path, figures: dict[str, dict[str, float]], errors: tuple[float, float]) -> None:
    names = list(next(iter(figures.values())))
    lines = [
        HEAD.format(date=datetime.date.today().isoformat()),
        "| set | " + " | ".join(names) + " |",
        "|---" * (len(names) + 1) + "|",
    ]
    lines += [f"| {name} | " + " | ".join(str(f[n]) for n in names) + " |" for name, f in figures.items()]
    error = "Expected calibration error of `confidence` on german-quotes/dev: {:.3f}, cross-fitted {:.3f}."
    lines += ["", error.format(*errors), ""]
    lines += ["## Data", "", "| file | use | licence | credit | SHA-256 |", "|---|---|---|---|---|"]
    for name, (use, licence, credit) in SOURCES.items():
        digest = hashlib.sha256((data / name).read_bytes()).hexdigest()
        lines.append(f"| {name} | {use} | {licence} | {credit} | `{digest}` |")
    lines += ["", "## Files", "", "| file | SHA-256 |", "|---|---|"]
    made = sorted(p for p in out.rglob("*") if p.is_file() and p.name != CARD)
    lines += [f"| {p.relative_to(out).as_posix()} | `{hashlib.sha256(p.read_bytes()).hexdigest()}` |" for p in made]
    (out / CARD).write_text("\n".join(lines).replace("\n\n\n", "\n\n") + "\n", "utf-8")


CARD = "CARD.md"
