"""What waits for acceptance is found in the order in which it was submitted."""

from typing import Any


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001 - playhouse gives both
    """Add the index that the review queue is read from."""
    db.execute_sql(
        'CREATE INDEX "task_submitted" ON "task" ("submitted", "id")'
        " WHERE submitted IS NOT NULL AND closed IS NULL"
    )
