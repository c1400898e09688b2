"""Records to files and screens: JSON, the terminal, HTML and Markdown reports, notebooks, rows for tables."""

from inquit.exports.html import to_html
from inquit.exports.jsonlines import from_json, to_json
from inquit.exports.markdown import to_markdown
from inquit.exports.notebook import to_notebook
from inquit.exports.rows import rows
from inquit.exports.terminal import to_terminal

__all__ = ["from_json", "rows", "to_html", "to_json", "to_markdown", "to_notebook", "to_terminal"]
