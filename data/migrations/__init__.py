"""The database's tables, version by version (Alembic). A change of a table is a new file in `versions/`."""
