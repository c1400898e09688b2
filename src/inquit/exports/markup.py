"""A small builder of HTML and SVG: text is escaped unless it was built here, so that it cannot be forgotten."""

import re
from collections.abc import Iterable
from html import escape

from inquit.exports.excerpts import visible

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_VOID = frozenset({"meta", "br", "hr", "img", "link", "rect", "path", "circle", "line", "use"})


class Markup(str):
    """HTML or SVG that is ready; every other string still has to be escaped."""

    __slots__ = ()


def text(words: str) -> Markup:
    """Text as HTML shows it: escaped, and without harmful characters."""
    return words if isinstance(words, Markup) else Markup(escape(visible(words)))


def join(parts: Iterable[str], between: str = "") -> Markup:
    """The parts one after the other, each escaped unless it is ready."""
    return Markup(text(between).join(text(part) for part in parts))


def tag(name: str, /, *content: str, **attributes: str | int | float | bool | None) -> Markup:
    """An element; in attribute names an underscore stands for a hyphen, one at the end is dropped.

    An attribute that is `None` or `False` is left out, one that is `True` has its name as value. Written so that
    the same text is well-formed as HTML and as XML.
    """
    opening = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}"
    if name in _VOID and not content:
        return Markup(f"{opening}/>")
    return Markup(f"{opening}>{join(content)}</{name}>")


def classes(*names: str | None) -> str | None:
    """The value of a class attribute; `None` where there is none."""
    return " ".join(name for name in names if name) or None


def _attribute(key: str, value: str | int | float | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    if not _NAME.fullmatch(name):
        raise ValueError(f"not the name of an attribute: {name!r}")
    shown = name if value is True else f"{value:g}" if isinstance(value, float) else str(value)
    return f' {name}="{escape(visible(shown))}"'
