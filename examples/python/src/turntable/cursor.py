"""Cursors."""

from collections.abc import Mapping

from turntable import errors, notices
from turntable.types import bind, reader
from turntable.waiting import translated, waiting

_RETURN_GENERATED_KEYS = 1
_NO_NULLS = 0


class Cursor:
    """Runs statements, one after another, and gives their rows; they are read as they are asked for."""

    arraysize = 1
    timeout = None
    """Seconds that a statement may take, or None."""

    def __init__(self, connection):
        self.connection = connection
        self.messages = []
        self._statement = None
        self._closed = False
        self._forget()

    def _forget(self):
        self.description = None
        self.rowcount = -1
        self.lastrowid = None
        self._free()

    def _free(self):
        self._rows = None
        self._readers = ()
        statement, self._statement = self._statement, None
        if statement is not None and not self.connection.closed:
            translated(statement.close)

    def execute(self, sql, parameters=(), *, keys=False):
        """Run a statement, with a value for each ``?``, and return this cursor.

        keys: whether ``lastrowid`` shall be the id of what an INSERT makes; for some tables that
        costs a request.
        """
        with _ended_by_failure(self):
            statement = self._prepare(sql, keys)
            self._bind(parameters)
            has_rows = waiting(statement.execute, statement.cancel)
            if has_rows:
                self._open(translated(statement.getResultSet))
            else:
                self.rowcount = translated(lambda: int(statement.getUpdateCount()))
            if keys:
                self.lastrowid = waiting(lambda: _first_key(statement), statement.cancel)
            self._hear()
        return self

    def executemany(self, sql, parameters):
        """Run a statement that writes once for each sequence of values, as one batch.

        If one of them fails, ``update_counts`` of the error tells which were done: 1 done,
        -3 not done or not started, -2 unknown.
        """
        with _ended_by_failure(self):
            statement = self._prepare(sql, False)
            sets = 0
            for each in parameters:
                self._bind(each)
                translated(statement.addBatch)
                sets += 1
            counts = waiting(statement.executeBatch, statement.cancel) if sets else ()
            self.rowcount = sum(int(count) for count in counts if count >= 0)
            self._hear()
        return self

    def fetchone(self):
        """Return the next row as a tuple, or None after the last."""
        rows = self.fetchmany(1)
        return rows[0] if rows else None

    def fetchmany(self, size=None):
        """Return the next rows, as many as size or ``arraysize`` says, fewer only at the end."""
        return self._fetch(self.arraysize if size is None else size)

    def fetchall(self):
        """Return the rest of the rows."""
        return self._fetch(None)

    def __iter__(self):
        return self

    def __next__(self):
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    def cancel(self):
        """End what another thread runs on this cursor, which gets an OperationalError (57014)."""
        statement = self._statement
        if statement is not None:
            translated(statement.cancel)

    def setinputsizes(self, sizes):
        """Do nothing."""

    def setoutputsize(self, size, column=None):
        """Do nothing."""

    def close(self):
        """Close it; closing again does nothing, and what it did can still be asked."""
        if not self._closed:
            self._free()
            self._closed = True

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.close()

    def _prepare(self, sql, keys):
        if self._closed:
            raise errors.InterfaceError("the cursor is closed", "55000")
        self._forget()
        self.messages = []
        jdbc = self.connection.jdbc
        more = (_RETURN_GENERATED_KEYS,) if keys else ()
        # Of rightbrain_runs, preparing asks the service which tables there are.
        self._statement = waiting(lambda: jdbc.prepareStatement(sql, *more), lambda: None)
        if self.timeout is not None:
            translated(lambda: self._statement.setQueryTimeout(int(self.timeout)))
        return self._statement

    def _bind(self, parameters):
        if isinstance(parameters, (str, bytes, Mapping)):
            raise errors.ProgrammingError(
                "parameters are a list or tuple, with a value for each ? of the statement"
            )
        statement = self._statement
        values = () if parameters is None else tuple(parameters)
        wanted = translated(lambda: int(statement.getParameterMetaData().getParameterCount()))
        if wanted != len(values):
            raise errors.ProgrammingError(
                f"the statement has {wanted} parameters (?), {len(values)} values are given", "07001"
            )
        for i, value in enumerate(values, 1):
            translated(lambda i=i, value=value: bind(statement, i, value))

    def _open(self, rows):
        self._rows = rows
        facts = translated(rows.getMetaData)
        columns = range(1, int(facts.getColumnCount()) + 1)
        self.description = tuple(_described(facts, i) for i in columns)
        self._readers = tuple(
            (reader(column[1]), i) for i, column in enumerate(self.description, 1)
        )

    def _fetch(self, size):
        if self._closed:
            raise errors.InterfaceError("the cursor is closed", "55000")
        if self.description is None:
            raise errors.ProgrammingError("there are no rows to fetch: run a query first")
        if self._rows is None:
            return []
        with _ended_by_failure(self):
            found, more = waiting(lambda: self._take(size), self._statement.cancel)
            if not more:
                self._rows.close()
                self._rows = None
                # What an answer covers is counted with its last row.
                self._hear()
        return found

    def _take(self, size):
        rows, readers = self._rows, self._readers
        found = []
        while size is None or len(found) < size:
            if not rows.next():
                return found, False
            found.append(tuple([read(rows, i) for read, i in readers]))
        return found, True

    def _hear(self):
        statement = self._statement
        found = translated(lambda: notices.drain(statement))
        self.messages.extend((type(warning), warning) for warning in found)
        notices.show(found)


class _ended_by_failure:
    """Leaves a cursor without rows when something goes wrong: half an answer is none."""

    def __init__(self, cursor):
        self._cursor = cursor

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None and not self._cursor._closed:
            self._cursor._forget()


def _described(facts, i):
    """Return the seven facts of PEP 249 of a column."""
    name = str(facts.getColumnTypeName(i))
    precision = int(facts.getPrecision(i))
    return (
        str(facts.getColumnLabel(i)),
        name,
        int(facts.getColumnDisplaySize(i)),
        None,
        precision if precision > 0 else None,
        int(facts.getScale(i)) if name == "DECIMAL" else None,
        int(facts.isNullable(i)) != _NO_NULLS,
    )


def _first_key(statement):
    keys = statement.getGeneratedKeys()
    try:
        return str(keys.getString(1)) if keys.next() else None
    finally:
        keys.close()
