"""Values on their way from Java to Python and back.

Times mean UTC: a TIMESTAMP becomes an aware datetime in UTC, and a datetime without a zone that is
bound to a parameter is taken for UTC.
"""

import datetime
import decimal
import uuid

from turntable.errors import DataError, ProgrammingError
from turntable.jvm import java

UTC = datetime.timezone.utc

Date = datetime.date
Time = datetime.time
Timestamp = datetime.datetime
Binary = bytes


def DateFromTicks(ticks):
    """Return the date, in UTC, of so many seconds since 1970."""
    return TimestampFromTicks(ticks).date()


def TimeFromTicks(ticks):
    """Return the time of day, in UTC, of so many seconds since 1970."""
    return TimestampFromTicks(ticks).time()


def TimestampFromTicks(ticks):
    """Return the time, in UTC, of so many seconds since 1970."""
    return datetime.datetime.fromtimestamp(ticks, UTC)


class TypeObject:
    """A group of SQL types, equal to the ``type_code`` of each of its columns."""

    def __init__(self, name, *types):
        self._name = name
        self._types = frozenset(types)

    def __eq__(self, other):
        return other in self._types if isinstance(other, str) else self is other

    def __hash__(self):
        return hash(self._name)

    def __repr__(self):
        return f"turntable.{self._name}"


STRING = TypeObject("STRING", "VARCHAR", "CHAR")
BINARY = TypeObject("BINARY", "VARBINARY", "BINARY")
NUMBER = TypeObject(
    "NUMBER", "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "DECIMAL", "DOUBLE", "REAL", "FLOAT"
)
DATETIME = TypeObject("DATETIME", "TIMESTAMP", "DATE", "TIME")
ROWID = TypeObject("ROWID")


def _integer(rows, i):
    value = rows.getLong(i)
    return None if value == 0 and rows.wasNull() else int(value)


def _float(rows, i):
    value = rows.getDouble(i)
    return None if value == 0 and rows.wasNull() else float(value)


def _boolean(rows, i):
    value = rows.getBoolean(i)
    return None if not value and rows.wasNull() else bool(value)


def _text(rows, i):
    value = rows.getString(i)
    return None if value is None else str(value)


def _parsed(parse):
    def read(rows, i):
        text = _text(rows, i)
        if text is None:
            return None
        try:
            return parse(text)
        except ValueError:
            # Java's years go beyond Python's 1 to 9999.
            raise DataError(f"Python has no such date or time: {text}", "22008") from None

    return read


def _timestamp(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=UTC)


def _bytes(rows, i):
    value = rows.getBytes(i)
    return None if value is None else bytes(value)


def _array(rows, i):
    value = rows.getArray(i)
    return None if value is None else [_from_object(each) for each in value.getArray()]


def _from_object(value):
    """Return the value of an object of Java, as an element of an array is one."""
    if value is None:
        return None
    name = str(value.getClass().getName()) if hasattr(value, "getClass") else type(value).__name__
    if name == "java.lang.Boolean":
        return bool(value)
    if name in ("java.lang.Byte", "java.lang.Short", "java.lang.Integer", "java.lang.Long"):
        return int(value)
    if name in ("java.lang.Float", "java.lang.Double"):
        return float(value)
    if name == "java.math.BigDecimal":
        return decimal.Decimal(str(value.toPlainString()))
    if name == "java.sql.Timestamp":
        return _timestamp(str(value))
    if name == "java.sql.Date":
        return datetime.date.fromisoformat(str(value))
    return str(value)


_READERS = {
    "BIGINT": _integer,
    "INTEGER": _integer,
    "SMALLINT": _integer,
    "TINYINT": _integer,
    "DOUBLE": _float,
    "REAL": _float,
    "FLOAT": _float,
    "DECIMAL": _parsed(decimal.Decimal),
    "BOOLEAN": _boolean,
    "TIMESTAMP": _parsed(_timestamp),
    "DATE": _parsed(datetime.date.fromisoformat),
    "TIME": _parsed(datetime.time.fromisoformat),
    "VARBINARY": _bytes,
    "BINARY": _bytes,
    "ARRAY": _array,
}


def reader(type_name):
    """Return the function that takes a value of an SQL type out of the current row."""
    return _READERS.get(type_name, _text)


def bind(statement, i, value):
    """Set a parameter of a prepared statement, counted from 1."""
    value = _plain(value)
    if value is None:
        statement.setNull(i, 0)
    elif isinstance(value, bool):
        statement.setBoolean(i, value)
    elif isinstance(value, int):
        if -(2**63) <= value < 2**63:
            statement.setLong(i, value)
        else:
            statement.setBigDecimal(i, java("java.math.BigDecimal")(str(value)))
    elif isinstance(value, float):
        statement.setDouble(i, value)
    elif isinstance(value, str):
        statement.setString(i, value)
    elif isinstance(value, decimal.Decimal):
        if not value.is_finite():
            raise DataError(f"parameter {i}: SQL has no {value}", "22003")
        statement.setBigDecimal(i, java("java.math.BigDecimal")(str(value)))
    elif isinstance(value, datetime.datetime):
        zone = "LocalDateTime" if value.tzinfo is None else "OffsetDateTime"
        statement.setObject(i, java(f"java.time.{zone}").parse(value.isoformat()))
    elif isinstance(value, datetime.date):
        statement.setObject(i, java("java.time.LocalDate").parse(value.isoformat()))
    elif isinstance(value, datetime.time):
        statement.setObject(i, java("java.time.LocalTime").parse(value.isoformat()))
    elif isinstance(value, (bytes, bytearray, memoryview)):
        statement.setBytes(i, bytes(value))
    elif isinstance(value, uuid.UUID):
        statement.setString(i, str(value))
    else:
        raise ProgrammingError(
            f"parameter {i} is a {type(value).__name__}; SQL takes text, numbers, bool, bytes,"
            " dates and times, UUID and None; JSON goes as text (json.dumps)"
        )


def _plain(value):
    """Return what numpy's and pandas' values are in Python; they are not imported for that."""
    module = type(value).__module__
    if module.startswith("numpy"):
        if type(value).__name__ == "datetime64":
            # In nanoseconds its item would be a bare number.
            return value.astype("datetime64[us]").item()
        return value.item() if hasattr(value, "item") else value
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    return value
