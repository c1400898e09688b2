"""Articles and ledgers to links, stories, claims and the number of their independent sources."""
