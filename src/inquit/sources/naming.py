"""Kind, naming and shown name of each source."""

from inquit.languages import Language
from inquit.records import Kind, Naming
from inquit.sources.reading import Reading
from inquit.sources.relays import Link


def described(text: Reading, link: Link, language: Language) -> tuple[Kind, Naming, str]:
    """Kind, naming and name of a link."""
    entity = link.entity
    kind: Kind = entity.kind or "organization"
    return kind, "named" if entity.named else "described", entity.name
