"""Answers as pandas frames."""

import pandas

_DTYPES = {
    "BIGINT": "Int64",
    "INTEGER": "Int32",
    "SMALLINT": "Int16",
    "TINYINT": "Int8",
    "DOUBLE": "float64",
    "FLOAT": "float64",
    "REAL": "float32",
    "BOOLEAN": "boolean",
    "VARCHAR": "string",
    "CHAR": "string",
    "TIMESTAMP": "datetime64[ns, UTC]",
    "DATE": "datetime64[ns]",
}


def read_sql(sql, connection, params=(), *, index_col=None, coerce_float=True):
    """Run a query and return a frame.

    Its dtypes follow from the columns' types, not from the rows, so that an answer without rows, or
    with a NULL, has the same: whole numbers stay whole, TIMESTAMP is in UTC, DATE is midnight
    without a zone. Columns of one name get ``_2``, ``_3`` behind it.

    connection: of ``turntable.connect``.
    params: a value for each ``?``.
    index_col: a column, or a list of columns, to be the index.
    coerce_float: whether DECIMAL becomes float64, as in pandas; else it is exact, as objects.

    The warnings about what the answer covers are given as Python's, and stay with the frame, as
    texts in ``frame.attrs["warnings"]``.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        if cursor.description is None:
            raise connection.ProgrammingError("the statement has no rows; use connection.execute")
        found = frame(cursor, coerce_float)
    return found if index_col is None else found.set_index(index_col)


def frame(cursor, coerce_float=True):
    """Return the rows that a cursor has still to give, as ``read_sql`` does."""
    columns = cursor.description
    rows = cursor.fetchall()
    values = zip(*rows) if rows else [()] * len(columns)
    series = [
        _series(list(of_column), column, coerce_float)
        for of_column, column in zip(values, columns)
    ]
    found = pandas.concat(series, axis=1)
    found.columns = unique([column[0] for column in columns])
    found.attrs["warnings"] = [str(warning) for _, warning in cursor.messages]
    return found


def unique(names):
    """Return the names, with ``_2`` and so on behind those that were there before."""
    found = []
    taken = set(names)
    for name in names:
        free, count = name, 1
        while free in found or (count > 1 and free in taken):
            count += 1
            free = f"{name}_{count}"
        found.append(free)
    return found


def _series(values, column, coerce_float):
    kind, nullable = column[1], column[6]
    if kind == "DECIMAL" and coerce_float:
        return pandas.Series(
            [None if value is None else float(value) for value in values], dtype="float64"
        )
    dtype = _DTYPES.get(kind, "object")
    if dtype.startswith("Int") and not nullable:
        dtype = dtype.lower()
    if dtype == "boolean" and not nullable:
        dtype = "bool"
    try:
        return pandas.Series(values, dtype=dtype)
    except pandas.errors.OutOfBoundsDatetime:
        # Nanoseconds reach from 1677 to 2262; other times stay as Python has them.
        return pandas.Series(values, dtype="object")
