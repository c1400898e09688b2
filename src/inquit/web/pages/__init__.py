"""One module a page: what is asked of the corpus, and the template that shows it."""
