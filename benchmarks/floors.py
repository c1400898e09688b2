"""The ratchet: figures on gold data must not fall below their floors, and floors only rise.

    python -m benchmarks.floors [--data FOLDER] [--raise]

`floors.json` names for each gold file, or pattern of files, its checksum, and for each figure its floor and the noise
(in the unit of the figure) by which it may fall without being a loss: about what another seed changes. Figures that
begin with `given.` are those of the sources alone, with the gold quotations given. `--raise`
measures and writes higher floors where a figure has risen by more than its noise, and the checksums of the weights
they were reached with.
Exit status 0 when all floors hold or the data is not there (which is said), 1 when one does not.
"""

import argparse
import hashlib
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from inquit.evaluation import as_dict, evaluate, load
from inquit.exports import from_json
from inquit.ledger import read_anew
from inquit.records import Quotation

ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).with_name("floors.json")
DATA = ROOT.parent / "shared" / "data"
STORY_GOLD = "gold.json"
"""Name of the gold of a story set, which is a folder."""

LOWER_IS_BETTER = frozenset(("calibration.error",))
"""Figures whose floor is a ceiling."""


@dataclass(frozen=True, slots=True)
class Check:
    """One figure against its floor."""

    figure: str
    value: float
    floor: float
    noise: float

    @property
    def gain(self) -> float:
        """How much better the figure is than its floor; negative where it is worse."""
        return self.floor - self.value if self.figure in LOWER_IS_BETTER else self.value - self.floor

    @property
    def holds(self) -> bool:
        """Whether the figure is at its floor or at most its noise worse."""
        return self.gain >= -self.noise - 1e-9

    @property
    def raised(self) -> float:
        """The floor after `--raise`: the figure, where it is better by more than noise."""
        return round(self.value, 4) if self.gain > self.noise else self.floor


def checksum(*paths: Path) -> str:
    """SHA-256 of files, one after the other, in hexadecimal."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def figure(figures: dict[str, Any], name: str) -> float:
    """The figure at a dotted name such as `quotations.macro.joint.f1`."""
    value: Any = figures
    for step in name.split("."):
        value = value[step]
    return float(value)


def gold_quotations(gold: list[Path]) -> dict[str, tuple[Quotation, ...]]:
    """The gold quotations by article, without what the sources are to find."""
    bare: dict[str, Any] = {"chain": (), "stance": "assert", "hedges": (), "disputes": (), "supports": (), "why": ()}
    ledgers = [from_json(line) for path in gold for line in path.read_bytes().splitlines()]
    return {one.article.id: tuple(replace(quotation, **bare) for quotation in one.quotations) for one in ledgers}


def checks(gold: list[Path], floors: dict[str, dict[str, float]]) -> list[Check]:
    """All figures of the gold files against their floors: articles count as one file, of story sets the mean."""
    if all(path.name == STORY_GOLD for path in gold):
        from benchmarks.storyfigures import mean_figures

        figures: dict[str, Any] = mean_figures([path.parent for path in gold])
    else:
        articles = [article for path in gold for article in load(path)]
        figures = as_dict(evaluate(articles, read_anew))
        if any(name.startswith("given.") for name in floors):
            given = gold_quotations(gold)
            figures["given"] = as_dict(evaluate(articles, lambda article: read_anew(article, given=given[article.id])))
    return [Check(name, figure(figures, name), one["floor"], one["noise"]) for name, one in floors.items()]


def stale_weights(weights: dict[str, str]) -> list[str]:
    """Weights that are not those the floors were reached with."""
    return [name for name, known in weights.items() if not (ROOT / name).is_file() or checksum(ROOT / name) != known]


def raise_floors(known: dict[str, Any], measured: dict[str, list[Check]]) -> None:
    """Write the higher floors, and the checksums of the weights of today."""
    for name, found in measured.items():
        for check in found:
            known["gold"][name]["figures"][check.figure]["floor"] = check.raised
    weights = [path for folder in known["weight_folders"] for path in sorted((ROOT / folder).rglob("*"))]
    known["weights"] = {str(path.relative_to(ROOT)): checksum(path) for path in weights if path.is_file()}
    FLOORS.write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n", "utf-8")


def main(arguments: list[str]) -> int:
    """Check or raise the floors; the exit status."""
    parser = argparse.ArgumentParser(description="Check the accuracy floors.")
    parser.add_argument("--data", type=Path, default=DATA, help="folder with the gold data")
    parser.add_argument("--raise", dest="raising", action="store_true", help="write higher floors")
    options = parser.parse_args(arguments)
    known = json.loads(FLOORS.read_text("utf-8"))
    if not options.data.is_dir():
        print(f"floors: SKIPPED, there is no gold data at {options.data}")
        return 0
    failed = False
    measured: dict[str, list[Check]] = {}
    for name, gold in known["gold"].items():
        paths = sorted(options.data.glob(name))
        if not paths or checksum(*paths) != gold["sha256"]:
            print(f"{name}: FAILED, the gold is not that of the floors")
            failed = True
            continue
        measured[name] = checks(paths, gold["figures"])
        for check in measured[name]:
            verdict = "ok" if check.holds else "FAILED"
            floor = f"floor {check.floor:8.3f}, noise {check.noise:.3f}"
            print(f"{name:<28} {check.figure:<38} {check.value:8.3f}   {floor}   {verdict}")
            failed = failed or not check.holds
    if options.raising:
        raise_floors(known, measured)
    else:
        for stale in stale_weights(known["weights"]):
            print(f"note: {stale} has changed since the floors were set; set them anew with --raise")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
