"""Connections."""

import os

from turntable import errors, jvm, notices
from turntable.cursor import Cursor
from turntable.waiting import translated, waiting

_PREFIX = "jdbc:turntable:"


def connect(url=None, *, jar=None, jvm_options=(), **properties):
    """Open a connection.

    url: ``jdbc:turntable:handinger``, or shorter ``handinger``; without it the environment variable
    TURNTABLE_URL, else the demo. It should hold no key.
    jar, jvm_options: where the driver's jar is and how the one JVM of this process is started;
    only the first call of a process can choose.
    properties: those of the driver by their names, as ``maxRequests=100``, ``readOnly=True`` or
    ``taskIds=[…]``; with several services as ``**{"handinger.apiKey": key}``. Keys are better left
    in the environment (HANDINGER_API_KEY, RB_API_KEY), where the driver finds them.

    What the driver does not know it tells by a warning.
    """
    url = url or os.environ.get("TURNTABLE_URL") or "demo"
    if not url.startswith("jdbc:"):
        url = _PREFIX + url
    driver = jvm.driver(jar, jvm_options)
    java = jvm.java("java.util.Properties")()
    for name, value in properties.items():
        if value is not None:
            java.setProperty(name, _text(name, value))
    jdbc = waiting(lambda: driver.connect(url, java), lambda: None)
    if jdbc is None:
        raise errors.InterfaceError(f"the URL has to begin with {_PREFIX}")
    connection = Connection(jdbc, url[len(_PREFIX) :].split(":", 1)[0])
    notices.show(translated(lambda: notices.drain(jdbc)))
    return connection


def _text(name, value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (str, int, float)):
        return str(value)
    if isinstance(value, (list, tuple, set)):
        return ",".join(_text(name, each) for each in value)
    raise errors.InterfaceError(
        f"the property {name} is a {type(value).__name__}; it can be text, a number, bool, or a list"
    )


class Connection:
    """A connection; threads may share it.

    There are no transactions: each statement is done when it has returned. ``commit`` and
    ``rollback`` are there for programs that call them, and do nothing.
    """

    Warning = errors.Warning
    Error = errors.Error
    InterfaceError = errors.InterfaceError
    DatabaseError = errors.DatabaseError
    DataError = errors.DataError
    OperationalError = errors.OperationalError
    IntegrityError = errors.IntegrityError
    InternalError = errors.InternalError
    ProgrammingError = errors.ProgrammingError
    NotSupportedError = errors.NotSupportedError

    autocommit = True

    def __init__(self, jdbc, sources):
        self._jdbc = jdbc
        self._sources = sources

    @property
    def jdbc(self):
        """The java.sql.Connection, for what PEP 249 has no words for."""
        if self._jdbc is None:
            raise errors.InterfaceError("the connection is closed", "08003")
        return self._jdbc

    def cursor(self):
        """Return a new cursor."""
        self.jdbc
        return Cursor(self)

    def execute(self, sql, parameters=()):
        """Run a statement on a new cursor, and return that."""
        return self.cursor().execute(sql, parameters)

    def commit(self):
        """Do nothing: everything has been done already."""
        self.jdbc

    def rollback(self):
        """Do nothing: what a service has done it does not take back."""
        self.jdbc

    def close(self):
        """Close it, its cursors with it; closing again does nothing."""
        jdbc, self._jdbc = self._jdbc, None
        if jdbc is not None:
            translated(jdbc.close)

    @property
    def closed(self):
        """Whether it is closed."""
        return self._jdbc is None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.close()

    def __repr__(self):
        # Not the URL, which might hold a key.
        state = "closed" if self.closed else "open"
        return f"<turntable.Connection to {self._sources}, {state}>"
