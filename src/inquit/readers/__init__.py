"""Bytes to articles: each reader turns one format into `Article` or `Rejected`, and never raises on bad input."""
