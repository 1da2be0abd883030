"""The exceptions of PEP 249, and which of them an SQLState is."""

import builtins


class Warning(builtins.UserWarning):  # noqa: A001 (PEP 249 names it so)
    """What an answer leaves out, or what the driver has not done as asked.

    Python's ``warnings`` shows it; ``sqlstate`` is the driver's.
    """

    def __init__(self, message, sqlstate=None):
        super().__init__(message)
        self.sqlstate = sqlstate


class Error(Exception):
    """What all errors of this package are.

    ``sqlstate`` is the SQLState of the driver, or None if the error arose in Python.
    """

    def __init__(self, message, sqlstate=None):
        super().__init__(message)
        self.sqlstate = sqlstate


class InterfaceError(Error):
    """The package is used wrongly, or cannot start: closed cursors, no Java, no driver."""


class DatabaseError(Error):
    """The driver or the service says no."""


class DataError(DatabaseError):
    """A value that is out of range or of the wrong form (SQLState 22…)."""


class OperationalError(DatabaseError):
    """Nothing that the statement could help: network, keys, limits, time-outs, the service."""


class IntegrityError(DatabaseError):
    """A missing value, an unknown parent, an id that is taken (SQLState 23…)."""


class InternalError(DatabaseError):
    """The driver failed in a way it has no SQLState for."""


class ProgrammingError(DatabaseError):
    """The statement is wrong: syntax, names, types, parameters (SQLState 42…)."""


class NotSupportedError(DatabaseError):
    """What cannot be done here, or not on a connection that is read-only."""


# By the longest prefix. A key that is refused (42501) is no mistake of the statement.
_BY_STATE = {
    "07": ProgrammingError,
    "0A": NotSupportedError,
    "21": ProgrammingError,
    "22": DataError,
    "23": IntegrityError,
    "25006": NotSupportedError,
    "42": ProgrammingError,
    "42501": OperationalError,
    "08": OperationalError,
    "28": OperationalError,
    "40": OperationalError,
    "53": OperationalError,
    "54": OperationalError,
    "55": OperationalError,
    "57": OperationalError,
    "58": OperationalError,
    "HY": OperationalError,
    "XX": InternalError,
}


def error_class(sqlstate):
    """Return the exception that an SQLState is."""
    for length in (5, 2):
        found = _BY_STATE.get((sqlstate or "")[:length])
        if found:
            return found
    return DatabaseError


def from_java(thrown):
    """Return the exception of Python for a ``java.lang.Throwable``.

    The driver writes no key into its messages; they are taken as they are.
    """
    message = thrown.getMessage()
    if not hasattr(thrown, "getSQLState"):
        name = thrown.getClass().getName()
        return InternalError(f"{name}: {message}" if message else str(name))
    state = thrown.getSQLState()
    state = None if state is None else str(state)
    error = error_class(state)(str(message), state)
    if hasattr(thrown, "getUpdateCounts"):
        # A batch: 1 was done, EXECUTE_FAILED (-3) was not, SUCCESS_NO_INFO (-2) is unknown.
        error.update_counts = [int(count) for count in thrown.getUpdateCounts() or ()]
    return error
