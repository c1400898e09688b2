"""Records to pages: the workbench in the browser. The web server lives and dies here."""
