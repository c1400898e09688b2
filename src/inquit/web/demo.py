"""The demonstration: the shipped examples in a corpus of their own, which ends with the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from inquit.corpus import open_corpus
from inquit.errors import CorpusError


def examples() -> Path:
    """The folder of the examples: in an installed package its own, in a checkout the one beside the sources."""
    for folder in (Path(str(files(__package__))) / "examples", Path(__file__).parents[3] / "examples"):
        if folder.is_dir():
            return folder
    raise CorpusError("the examples are not installed; name a corpus with --corpus")


@contextmanager
def corpus() -> Iterator[str]:
    """A corpus of the examples."""
    with TemporaryDirectory(prefix="inquit-demo-") as folder:
        path = str(Path(folder) / "demo.db")
        with open_corpus(path, create=True) as opened:
            for _ in opened.add([examples()]):
                pass
            opened.compare()
        yield path
