"""Warnings of JDBC as warnings of Python."""

import sys
import warnings

from turntable.errors import Warning

# Between the statement of a user and the driver; a warning points at the user's line.
_PACKAGES = ("turntable", "pandas", "sqlalchemy", "IPython")


def drain(source):
    """Return the warnings that a connection, statement or result holds, and take them from it."""
    found = []
    warning = source.getWarnings()
    while warning is not None:
        state = warning.getSQLState()
        found.append(Warning(str(warning.getMessage()), None if state is None else str(state)))
        warning = warning.getNextWarning()
    if found:
        source.clearWarnings()
    return found


def show(found):
    """Give warnings to Python, at the line of the user."""
    level = _level()
    for warning in found:
        warnings.warn(warning, stacklevel=level)


def _level():
    """Return the level, as ``warnings.warn`` counts from its caller, of the first frame outside."""
    level = 1
    frame = sys._getframe(1)
    while frame.f_back is not None and _between(frame):
        frame = frame.f_back
        level += 1
    return level


def _between(frame):
    return frame.f_globals.get("__name__", "").split(".")[0] in _PACKAGES
