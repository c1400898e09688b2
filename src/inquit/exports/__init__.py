"""Records to files and screens: JSON, the terminal, HTML and Markdown reports, rows for tables."""
