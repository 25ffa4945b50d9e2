"""Alembic's environment: it runs inside the connection that `database.migrate` hands it."""

from alembic import context

from indieartist.library.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller's transaction holds it all
)
context.run_migrations()
