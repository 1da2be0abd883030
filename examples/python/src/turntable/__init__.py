"""Turntable from Python: the tasks of AI services as SQL tables.

    import turntable

    connection = turntable.connect("jdbc:turntable:demo")
    frame = turntable.read_sql("SELECT worker_id, SUM(credits) FROM tasks GROUP BY worker_id", connection)

It is DB-API 2.0 (PEP 249) over the JDBC driver, which JPype loads into a JVM of this process.
"""

from turntable.connection import Connection, connect
from turntable.cursor import Cursor
from turntable.errors import (
    DatabaseError,
    DataError,
    Error,
    IntegrityError,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    Warning,
)
from turntable.types import (
    BINARY,
    DATETIME,
    NUMBER,
    ROWID,
    STRING,
    Binary,
    Date,
    DateFromTicks,
    Time,
    TimeFromTicks,
    Timestamp,
    TimestampFromTicks,
)

apilevel = "2.0"
threadsafety = 2
paramstyle = "qmark"

__all__ = [
    "BINARY",
    "Binary",
    "Connection",
    "Cursor",
    "DATETIME",
    "DataError",
    "DatabaseError",
    "Date",
    "DateFromTicks",
    "Error",
    "IntegrityError",
    "InterfaceError",
    "InternalError",
    "NUMBER",
    "NotSupportedError",
    "OperationalError",
    "ProgrammingError",
    "ROWID",
    "STRING",
    "Time",
    "TimeFromTicks",
    "Timestamp",
    "TimestampFromTicks",
    "Warning",
    "apilevel",
    "connect",
    "paramstyle",
    "read_sql",
    "threadsafety",
]


def read_sql(sql, connection, params=(), **options):
    """Run a query and return a pandas frame; see ``turntable.frames.read_sql``."""
    # pandas is wanted only here.
    from turntable import frames

    return frames.read_sql(sql, connection, params, **options)


def load_ipython_extension(ipython):
    """Make %turntable and %%turntable known: ``%load_ext turntable``."""
    from turntable.magic import TurntableMagics

    ipython.register_magics(TurntableMagics)
