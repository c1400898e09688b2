"""How the tables of a corpus came to be, one file a change; Alembic runs those that a corpus does not have yet."""
