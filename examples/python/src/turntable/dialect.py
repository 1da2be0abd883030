"""The dialect of SQLAlchemy: ``turntable://handinger``, ``turntable://demo?maxRequests=100``.

The host is the service, or several joined by ``+``; what follows the question mark are properties of
the driver. A key in the URL is refused, since SQLAlchemy shows URLs: it belongs into the environment
(HANDINGER_API_KEY, RB_API_KEY) or into ``create_engine(…, connect_args={"apiKey": key})``.

Classes of the ORM that insert are best reflected. Where one is written out, its columns that the
service sets, the id too, need ``server_default=FetchedValue()``, or the ORM inserts NULL into them.
"""

import re

from sqlalchemy import exc, types
from sqlalchemy.engine import default, reflection, result
from sqlalchemy.sql import compiler

from turntable.waiting import translated

_SECRET = re.compile(r"(key|secret|password|token)$", re.IGNORECASE)

_TYPES = {
    "BIGINT": types.BigInteger(),
    "INTEGER": types.Integer(),
    "SMALLINT": types.SmallInteger(),
    "DOUBLE": types.Float(53),
    "REAL": types.REAL(),
    "BOOLEAN": types.Boolean(),
    "TIMESTAMP": types.TIMESTAMP(timezone=True),
    "DATE": types.Date(),
    "TIME": types.Time(),
    "VARBINARY": types.LargeBinary(),
}


class TurntableTypeCompiler(compiler.GenericTypeCompiler):
    """Types as Turntable spells them in CAST."""

    def visit_text(self, type_, **kw):
        return "VARCHAR"

    visit_TEXT = visit_unicode_text = visit_CLOB = visit_text

    def visit_large_binary(self, type_, **kw):
        return "VARBINARY"

    visit_BLOB = visit_large_binary

    def visit_datetime(self, type_, **kw):
        return "TIMESTAMP"

    # A TIMESTAMP means UTC, whether it is said or not.
    visit_DATETIME = visit_TIMESTAMP = visit_datetime

    def visit_FLOAT(self, type_, **kw):
        return "DOUBLE"

    def visit_uuid(self, type_, **kw):
        return "VARCHAR"

    def visit_JSON(self, type_, **kw):
        return "VARCHAR"


class TurntableExecutionContext(default.DefaultExecutionContext):
    """Asks for the id of what an INSERT of one row makes, if the program does not give it."""

    def wants_key(self):
        """Return whether to ask; for some tables that costs a request."""
        if not self.isinsert or self.executemany or getattr(self.compiled, "inline", False):
            return False
        statement = self.compiled.statement
        keys = list(statement.table.primary_key)
        return (
            len(keys) == 1
            and not getattr(statement, "_multi_values", None)
            and self.compiled_parameters[0].get(keys[0].key) is None
        )

    def _setup_ins_pk_from_empty(self):
        if not self.wants_key():
            return super()._setup_ins_pk_from_empty()
        (key,) = self.compiled.statement.table.primary_key
        return [result.result_tuple([key.key])([self.cursor.lastrowid])]


class TurntableDialect(default.DefaultDialect):
    """Turntable for SQLAlchemy."""

    name = "turntable"
    driver = "turntable"
    default_paramstyle = "qmark"
    statement_compiler = compiler.SQLCompiler
    type_compiler = type_compiler_cls = TurntableTypeCompiler
    execution_ctx_cls = TurntableExecutionContext

    supports_statement_cache = True
    supports_native_boolean = True
    supports_native_decimal = True
    supports_multivalues_insert = True
    supports_sane_multi_rowcount = False
    supports_default_values = False
    supports_empty_insert = False
    supports_alter = False
    supports_comments = True
    # Ids are texts, hence none of autoincrement: TurntableExecutionContext gets them.
    postfetch_lastrowid = False
    implicit_returning = False
    requires_name_normalize = False
    max_identifier_length = 128

    @classmethod
    def import_dbapi(cls):
        """Return the DB-API, as SQLAlchemy 2 asks for it."""
        import turntable

        return turntable

    # SQLAlchemy 1.4 asks for it so.
    dbapi = import_dbapi

    def create_connect_args(self, url):
        """Return the arguments of ``turntable.connect`` for a URL."""
        secrets = [name for name in url.query if _SECRET.search(name)]
        if url.password or secrets:
            raise exc.ArgumentError(
                "a URL is shown and logged, so it holds no key: set HANDINGER_API_KEY or RB_API_KEY,"
                ' or give connect_args={"apiKey": …}'
            )
        if url.port or url.database:
            raise exc.ArgumentError(
                "the URL is turntable://SERVICE?PROPERTY=VALUE, as turntable://demo?maxRequests=100"
            )
        properties = {
            name: ",".join(value) if isinstance(value, tuple) else value
            for name, value in url.query.items()
        }
        return [url.host], properties

    def do_execute(self, cursor, statement, parameters, context=None):
        keys = context is not None and context.wants_key()
        cursor.execute(statement, parameters, keys=keys)

    def do_ping(self, dbapi_connection):
        return translated(lambda: bool(dbapi_connection.jdbc.isValid(5)))

    def is_disconnect(self, e, connection, cursor):
        return getattr(e, "sqlstate", None) in ("08003", "08006")

    def get_isolation_level(self, dbapi_connection):
        return "AUTOCOMMIT"

    def get_isolation_level_values(self, dbapi_connection):
        return ["AUTOCOMMIT"]

    def get_default_isolation_level(self, dbapi_connection):
        return "AUTOCOMMIT"

    def set_isolation_level(self, dbapi_connection, level):
        """Do nothing: there are no transactions."""

    def _get_server_version_info(self, connection):
        facts = _facts(connection)
        return (int(facts.getDatabaseMajorVersion()), int(facts.getDatabaseMinorVersion()))

    def _get_default_schema_name(self, connection):
        return str(_dbapi(connection).jdbc.getSchema())

    @reflection.cache
    def get_schema_names(self, connection, **kw):
        return [row["TABLE_SCHEM"] for row in _rows(connection, "getSchemas")]

    @reflection.cache
    def get_table_names(self, connection, schema=None, **kw):
        return [row["TABLE_NAME"] for row in self._tables(connection, "%", schema)]

    @reflection.cache
    def get_view_names(self, connection, schema=None, **kw):
        return []

    def has_table(self, connection, table_name, schema=None, **kw):
        return self._table(connection, table_name, schema) is not None

    def has_sequence(self, connection, sequence_name, schema=None, **kw):
        return False

    @reflection.cache
    def get_columns(self, connection, table_name, schema=None, **kw):
        table = self._existing(connection, table_name, schema)
        rows = _rows(
            connection,
            "getColumns",
            None,
            _pattern(connection, table["TABLE_SCHEM"]),
            _pattern(connection, table["TABLE_NAME"]),
            None,
        )
        return [_column(row) for row in rows]

    @reflection.cache
    def get_pk_constraint(self, connection, table_name, schema=None, **kw):
        table = self._existing(connection, table_name, schema)
        rows = _rows(
            connection, "getPrimaryKeys", None, table["TABLE_SCHEM"], table["TABLE_NAME"]
        )
        rows.sort(key=lambda row: row["KEY_SEQ"])
        return {
            "constrained_columns": [row["COLUMN_NAME"] for row in rows],
            "name": rows[0]["PK_NAME"] if rows else None,
        }

    @reflection.cache
    def get_foreign_keys(self, connection, table_name, schema=None, **kw):
        table = self._existing(connection, table_name, schema)
        rows = _rows(
            connection, "getImportedKeys", None, table["TABLE_SCHEM"], table["TABLE_NAME"]
        )
        found = {}
        for row in rows:
            key = found.setdefault(
                (row["FK_NAME"], row["PKTABLE_SCHEM"], row["PKTABLE_NAME"]),
                {
                    "name": row["FK_NAME"],
                    "constrained_columns": [],
                    "referred_schema": self._shown(row["PKTABLE_SCHEM"], schema),
                    "referred_table": row["PKTABLE_NAME"],
                    "referred_columns": [],
                    "options": {},
                },
            )
            key["constrained_columns"].append(row["FKCOLUMN_NAME"])
            key["referred_columns"].append(row["PKCOLUMN_NAME"])
        return list(found.values())

    @reflection.cache
    def get_indexes(self, connection, table_name, schema=None, **kw):
        return []

    @reflection.cache
    def get_table_comment(self, connection, table_name, schema=None, **kw):
        return {"text": self._existing(connection, table_name, schema)["REMARKS"]}

    def _shown(self, schema, asked):
        """Return the schema as a reflected table names it: none if none was asked for."""
        return None if asked is None and schema == self.default_schema_name else schema

    def _tables(self, connection, pattern, schema):
        asked = _pattern(connection, schema or self.default_schema_name)
        return _rows(connection, "getTables", None, asked, pattern, None)

    def _table(self, connection, name, schema):
        found = self._tables(connection, _pattern(connection, name), schema)
        return found[0] if found else None

    def _existing(self, connection, name, schema):
        table = self._table(connection, name, schema)
        if table is None:
            raise exc.NoSuchTableError(f"{schema}.{name}" if schema else name)
        return table


def _dbapi(connection):
    # While an engine connects first, SQLAlchemy 1.4 gives the connection itself.
    found = connection.connection
    return getattr(found, "dbapi_connection", found)


def _facts(connection):
    return translated(_dbapi(connection).jdbc.getMetaData)


def _pattern(connection, name):
    """Return a pattern that means this name only."""
    escape = str(_facts(connection).getSearchStringEscape())
    return re.sub(r"[%_]", lambda found: escape + found.group(), name)


def _rows(connection, method, *arguments):
    """Return what a method of java.sql.DatabaseMetaData knows, as dicts."""

    def read():
        with getattr(_facts(connection), method)(*arguments) as rows:
            facts = rows.getMetaData()
            names = [str(facts.getColumnLabel(i + 1)) for i in range(facts.getColumnCount())]
            found = []
            while rows.next():
                values = (rows.getString(name) for name in names)
                found.append(
                    {n: None if v is None else str(v) for n, v in zip(names, values)}
                )
            return found

    return translated(read)


def _column(row):
    kind = row["TYPE_NAME"]
    if kind == "DECIMAL":
        found = types.DECIMAL(int(row["COLUMN_SIZE"]), int(row["DECIMAL_DIGITS"]))
    else:
        found = _TYPES.get(kind) or types.String()
    return {
        "name": row["COLUMN_NAME"],
        "type": found,
        "nullable": row["IS_NULLABLE"] != "NO",
        # Whatever an INSERT does not give, the service sets: without a default the ORM would give NULL.
        "default": "DEFAULT",
        "autoincrement": False,
        "comment": row["REMARKS"],
    }
