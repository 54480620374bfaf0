"""The tables as they were before their versions were counted, and the lease of those that share a database.

A database of an earlier release has some of them already; these stay as they are.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None


def upgrade() -> None:
    """Makes what is missing."""
    there = set(sa.inspect(op.get_bind()).get_table_names())

    def make(name: str, *columns: sa.Column) -> None:
        if name not in there:
            op.create_table(name, *columns)

    make(
        "answers",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("fetched", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    for name, content in (("own_theses", "files"), ("own_scenarios", "content"), ("own_notes", "content")):
        make(
            name,
            sa.Column("name", sa.String(60), primary_key=True),
            sa.Column(content, sa.Text, nullable=False),
            sa.Column("changed", sa.Float, nullable=False),
            sa.Column("deleted", sa.Float, nullable=False),
        )
    make(
        "leases",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("holder", sa.String(80), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
    make(
        "wanted",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
    )
