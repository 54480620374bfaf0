"""What Alembic runs for each upgrade: the versions that the database does not have yet, on the connection given."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
