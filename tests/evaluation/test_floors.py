"""The ratchet: what holds, what fails, what is skipped, and that floors only rise."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FLOORS = Path(__file__).parents[2] / "benchmarks" / "floors.py"


@pytest.fixture
def floors(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("floors", FLOORS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "floors", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return module


def write_gold(tmp_path: Path) -> Path:
    text = "Eva Muster sagte, die Brücke sei sicher."
    quotation = {
        "id": 0, "type": "Indirect", "medium": "Speech", "quote": [[18, 39]], "speaker": [[0, 10]], "cue": [[11, 16]],
        "frame": [[0, 17]], "addressee": [],
    }  # fmt: skip
    path = tmp_path / "data" / "gold.jsonl"
    path.parent.mkdir()
    path.write_text(json.dumps({"article": {"id": "a", "text": text}, "quotations": [quotation]}), "utf-8")
    return path


def write_floors(module: ModuleType, gold: Path, floor: float, noise: float = 0.5) -> dict[str, Any]:
    figures = {"quotations.strict.quote.f1": {"floor": floor, "noise": noise}}
    weights = module.ROOT / "weights"
    weights.mkdir(exist_ok=True)
    (weights / "one.bin").write_bytes(b"1")
    known = {
        "weight_folders": ["weights"],
        "weights": {"weights/one.bin": module.checksum(weights / "one.bin")},
        "gold": {"gold.jsonl": {"sha256": module.checksum(gold), "figures": figures}},
    }
    module.FLOORS.write_text(json.dumps(known), "utf-8")
    return known


def test_a_figure_above_its_floor_holds(floors: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = write_gold(tmp_path)
    write_floors(floors, gold, 90.0)
    assert floors.main(["--data", str(gold.parent)]) == 0
    shown = capsys.readouterr().out
    assert "100.000   floor   90.000, noise 0.500   ok" in shown
    assert "note" not in shown


def test_a_figure_below_its_floor_fails(floors: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = write_gold(tmp_path)
    write_floors(floors, gold, 100.6)
    assert floors.main(["--data", str(gold.parent)]) == 1
    assert "FAILED" in capsys.readouterr().out
    write_floors(floors, gold, 100.5)
    assert floors.main(["--data", str(gold.parent)]) == 0


def test_other_gold_fails(floors: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = write_gold(tmp_path)
    write_floors(floors, gold, 0.0)
    gold.write_text(gold.read_text("utf-8") + "\n", "utf-8")
    assert floors.main(["--data", str(gold.parent)]) == 1
    assert "not that of the floors" in capsys.readouterr().out


def test_without_data_it_says_that_it_skips(
    floors: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_floors(floors, write_gold(tmp_path), 0.0)
    assert floors.main(["--data", str(tmp_path / "missing")]) == 0
    assert "SKIPPED" in capsys.readouterr().out


def test_floors_rise_and_never_fall(floors: ModuleType, tmp_path: Path) -> None:
    gold = write_gold(tmp_path)
    for floor, raised in ((90.0, 100.0), (99.8, 99.8), (100.2, 100.2)):
        write_floors(floors, gold, floor)
        (tmp_path / "weights" / "one.bin").write_bytes(b"2")
        assert floors.main(["--data", str(gold.parent), "--raise"]) == 0
        known = json.loads(floors.FLOORS.read_text("utf-8"))
        assert known["gold"]["gold.jsonl"]["figures"]["quotations.strict.quote.f1"]["floor"] == raised
        assert known["weights"] == {"weights/one.bin": floors.checksum(tmp_path / "weights" / "one.bin")}


def test_other_weights_are_named(floors: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = write_gold(tmp_path)
    write_floors(floors, gold, 0.0)
    (tmp_path / "weights" / "one.bin").write_bytes(b"2")
    assert floors.main(["--data", str(gold.parent)]) == 0
    assert "note: weights/one.bin has changed" in capsys.readouterr().out


def test_a_calibration_error_is_better_when_lower(floors: ModuleType) -> None:
    assert floors.Check("calibration.error", 0.04, 0.05, 0.005).raised == pytest.approx(0.04)
    assert not floors.Check("calibration.error", 0.06, 0.05, 0.005).holds
    assert floors.Check("quotations.macro.joint.f1", 80.0, 70.0, 0.5).raised == pytest.approx(80.0)


def test_the_floors_of_the_project_name_figures_that_there_are() -> None:
    known = json.loads(FLOORS.with_name("floors.json").read_text("utf-8"))
    of_stories = {"grouped", "links", "links_how", "copies", "claims", "independent", "circular", "denials", "primary"}
    for pattern, gold in known["gold"].items():
        assert len(gold["sha256"]) == 64
        there = of_stories if pattern.endswith("gold.json") else {"quotations", "chains", "calibration"}
        for name, one in gold["figures"].items():
            assert name.removeprefix("given.").split(".")[0] in there
            assert one["noise"] > 0


def test_a_story_set_has_floors_for_its_mean(
    floors: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(FLOORS.parents[1]))
    text = "Werft vor dem Aus\n\nHedda Brandt sagte, die Werft in Nordhaven werde im Herbst geschlossen."
    folder = tmp_path / "data" / "one"
    folder.mkdir(parents=True)
    (folder / "articles.jsonl").write_text(json.dumps({"url": "u", "text": text, "outlet": "Bote"}), "utf-8")
    (folder / "gold.json").write_text(json.dumps({"links": [], "claims": []}), "utf-8")
    figures = {"grouped": {"floor": 0.0, "noise": 0.0}, "links": {"floor": 100.5, "noise": 0.0}}
    known = write_floors(floors, folder / "gold.json", 0.0)
    known["gold"] = {"*/gold.json": {"sha256": floors.checksum(folder / "gold.json"), "figures": figures}}
    floors.FLOORS.write_text(json.dumps(known), "utf-8")
    assert floors.main(["--data", str(tmp_path / "data")]) == 1
    shown = capsys.readouterr().out
    assert "grouped" in shown
    assert shown.count("FAILED") == 1


@pytest.mark.parametrize(("floor", "status"), [(100.0, 0), (100.6, 1)])
def test_sources_are_measured_alone_with_the_gold_quotations_given(
    floors: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], floor: float, status: int
) -> None:
    gold = write_gold(tmp_path)
    ledger = json.loads(gold.read_text("utf-8"))
    # Nobody would find this quotation: its speaker can be right only where it is given.
    ledger["article"]["text"] = "Eva Muster ging. Die Brücke sei sicher."
    link = {"mention": [0, 10], "name": "Eva Muster", "kind": "person", "naming": "named"}
    ledger["quotations"][0] |= {
        "quote": [[17, 38]], "speaker": [[0, 10]], "cue": [], "frame": [], "chain": [link], "stance": "assert",
        "hedges": [], "disputes": [], "supports": [],
    }  # fmt: skip
    gold.write_text(json.dumps(ledger), "utf-8")
    known = write_floors(floors, gold, 0.0)
    names = ("chains.accuracy.speaker", "given.chains.accuracy.speaker")
    known["gold"]["gold.jsonl"]["figures"] = {
        name: {"floor": at, "noise": 0.5} for name, at in zip(names, (0.0, floor), strict=True)
    }
    floors.FLOORS.write_text(json.dumps(known), "utf-8")
    assert floors.main(["--data", str(gold.parent)]) == status
    shown = [line.split()[1:3] for line in capsys.readouterr().out.splitlines()]
    assert shown[:2] == [[names[0], "0.000"], [names[1], "100.000"]]
