"""The tables of the carnet: each feature declares its own on this METADATA, and creates them in a revision.

Only types that SQLite and PostgreSQL both keep: Text, Integer, Float, Boolean, Date, DateTime (UTC, naive).
"""

from datetime import UTC, datetime

from sqlalchemy import MetaData

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def now() -> datetime:
    """Return the present instant as the carnet keeps it: UTC, without zone."""
    return datetime.now(UTC).replace(tzinfo=None)
