"""The confidence of the rules: how often each is right on german-quotes/train.

    python -m training.rule_confidence [DATA]

Writes `languages/de/quotation-confidence.toml`. A rule's share is drawn towards the share of all rules, as if it had
been seen `PRIOR` times more often, so that a rule seen twice is not sure of itself.
"""

import sys
from collections import defaultdict
from pathlib import Path

from inquit.evaluation import load
from inquit.evaluation.gold import GoldArticle, scored
from inquit.evaluation.quotes import is_right, match
from inquit.languages import language
from inquit.quotations.ruled import read

PRIOR = 10
"""Times that every rule counts as seen with the share of all rules; set by hand."""

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src" / "inquit" / "languages" / "de" / "quotation-confidence.toml"


def answers(gold: tuple[GoldArticle, ...]) -> dict[bool, dict[str, list[bool]]]:
    """Whether each quotation was right, by whether it has a speaker and by its rule."""
    found: dict[bool, dict[str, list[bool]]] = {True: defaultdict(list), False: defaultdict(list)}
    for one in gold:
        ours = scored(read(one.article, language("de")), one.tokens)
        pairing = match([tokens for _, tokens in ours], [quotation.scored for quotation in one.quotations])
        right = {j for j, i in pairing.pairs if is_right(pairing.read[j], pairing.gold[i])}
        for j, (quotation, _) in enumerate(ours):
            rule = quotation.why[0].removeprefix("rule: ")
            found[bool(quotation.speaker)][rule].append(j in right)
    return found


def section(name: str, rules: dict[str, list[bool]]) -> str:
    """The lines of one table, the rules seen most often first."""
    every = [right for seen in rules.values() for right in seen]
    share = sum(every) / len(every)
    lines = [f"[{name}]", f"other = {share:.3f}"]
    for rule, seen in sorted(rules.items(), key=lambda item: (-len(item[1]), item[0])):
        lines.append(f'"{rule}" = {(sum(seen) + PRIOR * share) / (len(seen) + PRIOR):.3f}  # seen {len(seen)} times')
    return "\n".join(lines)


def main(data: Path) -> None:
    """Measure and write."""
    found = answers(load(data / "german-quotes" / "train.jsonl"))
    head = "# Share of the quotations of each rule whose quote, speaker and type are right in german-quotes/train.\n"
    head += "# Made by `python -m training.rule_confidence`."
    tables = [section("with_speaker", found[True]), section("without_speaker", found[False])]
    OUT.write_text("\n\n".join([head, *tables]) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data")
