"""Alembic's environment: :mod:`mithaq.store.migrate` gives the connection."""

from __future__ import annotations

from alembic import context

from mithaq.store.schema import is_described, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    include_name=is_described,
)
with context.begin_transaction():
    context.run_migrations()
