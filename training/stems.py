"""How often each word family stands in news articles: `languages/de/stem-frequencies.txt`.

    python -m training.stems DATA

Counts articles, not words, of `inquit-articles`, `german-quotes/train` and `text-de/derstandard`.
"""

import json
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from inquit.languages import language
from inquit.stories.terms import family

FEWEST = 3
"""Articles in which a family stands before it is listed: what is rarer is as telling as what was never seen."""

TARGET = Path(__file__).parent.parent / "src/inquit/languages/de/stem-frequencies.txt"
HEAD = "# In how many news articles each word family stands; made by training/stems.py. CC BY-NC-SA 4.0.\n"


def texts(data: Path) -> Iterator[str]:
    for line in (data / "inquit-articles/train.jsonl").open(encoding="utf-8"):
        yield json.loads(line)["article"]["text"]
    for line in (data / "german-quotes/train.jsonl").open(encoding="utf-8"):
        yield json.loads(line)["originalText"]
    with lzma.open(data / "text-de/derstandard.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)


def main(data: Path) -> None:
    german = language("de")
    counts: Counter[str] = Counter()
    total = 0
    for text in texts(data):
        total += 1
        counts.update({family(form, german) for form in set(re.findall(r"[^\W_]{2,}", text)) if not form.isdigit()})
    lines = [f"{stem} {count}" for stem, count in sorted(counts.items()) if count >= FEWEST]
    TARGET.write_text(HEAD + f"ARTICLES {total}\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print(total, len(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
