"""The DB-API of JPype, and pandas on it, as the slow tests drive them.

A line of standard input names what to do, the lines of the answer end with a dot.
"""

import sys
import warnings

import jpype
import jpype.dbapi2
import pandas

warnings.filterwarnings("ignore", message="pandas only supports SQLAlchemy")

url, driver = sys.argv[1:]
# Debian keeps JPype's own jar outside the Python package.
jpype.startJVM(classpath=[driver, "/usr/share/java/org.jpype.jar"])
connection = jpype.dbapi2.connect(url, driver="dev.turntable.jdbc.TurntableDriver")


def types(sql):
    for name, kind in pandas.read_sql(sql, connection).dtypes.items():
        yield f"{name} {kind}"


def rows(sql, *parameters):
    frame = pandas.read_sql(sql, connection, params=list(parameters) or None)
    for row in frame.itertuples(index=False):
        yield "|".join(str(value) for value in row)


def group():
    """The whole table once; the rest is pandas."""
    tasks = pandas.read_sql("SELECT worker_id, credits FROM tasks", connection)
    for worker, credits in tasks.groupby("worker_id")["credits"].sum().items():
        yield f"{worker} {credits}"


def fetch(sql, *parameters):
    """The DB-API itself: some rows at a time."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        yield " ".join(f"{column[0]}:{column[1]}" for column in cursor.description)
        for row in cursor.fetchmany(2):
            yield repr(row)


def insert(worker, *inputs):
    with connection.cursor() as cursor:
        sql = "INSERT INTO tasks (worker_id, input) VALUES (?, ?)"
        cursor.executemany(sql, [[worker, text] for text in inputs])
        yield f"{cursor.rowcount} {cursor.lastrowid}"
    # JPype has switched auto-commit off.
    connection.commit()
    connection.rollback()


def fail(sql):
    try:
        pandas.read_sql(sql, connection)
    except Exception as error:
        yield f"{type(error).__name__}: {error}"


for line in sys.stdin:
    name, *words = line.rstrip("\n").split("\t")
    for answer in globals()[name](*words):
        print(answer)
    print(".", flush=True)
connection.close()
