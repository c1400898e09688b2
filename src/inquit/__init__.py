"""Reads news articles and says who said what, on whose word, how firmly, and who disputes it.

import inquit

ledger = inquit.read("article.txt")
for item in inquit.read_many(["archive/"]):
    ...
"""

from inquit.errors import InquitError, LanguageError, RejectedError, UsageError
from inquit.ledger import Ledger, read, read_article, read_many
from inquit.readers import Limits
from inquit.records import Article, Dispute, PrimarySource, Quotation, Rejected, Source, Span, Summary

__all__ = [
    "Article",
    "Dispute",
    "InquitError",
    "LanguageError",
    "Ledger",
    "Limits",
    "PrimarySource",
    "Quotation",
    "Rejected",
    "RejectedError",
    "Source",
    "Span",
    "Summary",
    "UsageError",
    "read",
    "read_article",
    "read_many",
]
