"""Connections and cursors, as PEP 249 has them."""

import pytest

import turntable
from conftest import TASK, WORKER


def test_the_module_says_what_it_is():
    assert (turntable.apilevel, turntable.threadsafety, turntable.paramstyle) == ("2.0", 2, "qmark")


def test_columns_are_described(demo):
    cursor = demo.execute("SELECT id, credits, created_at FROM tasks WHERE id = ?", [TASK])
    assert [column[:2] for column in cursor.description] == [
        ("id", "VARCHAR"),
        ("credits", "BIGINT"),
        ("created_at", "TIMESTAMP"),
    ]
    kinds = [column[1] for column in cursor.description]
    assert kinds == [turntable.STRING, turntable.NUMBER, turntable.DATETIME]
    assert kinds[0] != turntable.NUMBER
    assert [column[6] for column in cursor.description] == [False, True, True]


def test_a_row_is_read_by_one_request(demo, sent):
    cursor = demo.execute("SELECT id, credits FROM tasks WHERE id = ?", (TASK,))
    assert cursor.fetchall() == [(TASK, 42)]
    assert sent() == 1


def test_rows_come_as_they_are_asked_for(demo):
    cursor = demo.execute("SELECT x FROM (VALUES 1, 2, 3, 4, 5, 6) AS v (x) ORDER BY x")
    assert cursor.fetchone() == (1,)
    assert cursor.fetchmany() == [(2,)]
    cursor.arraysize = 2
    assert cursor.fetchmany() == [(3,), (4,)]
    assert next(cursor) == (5,)
    assert list(cursor) == [(6,)]
    assert cursor.fetchone() is None
    assert cursor.fetchmany(3) == cursor.fetchall() == []
    assert cursor.rowcount == -1


def test_what_is_not_read_costs_no_request(demo, sent):
    with demo.cursor() as cursor:
        cursor.execute("SELECT id FROM rightbrain.task_runs LIMIT 1")
        assert len(cursor.fetchall()) == 1
    assert sent() <= 2


def test_a_write_counts_its_rows_and_gives_its_key(demo, sent):
    cursor = demo.cursor()
    cursor.execute(
        "INSERT INTO tasks (worker_id, input) VALUES (?, ?)", [WORKER, "東京の天気は?"], keys=True
    )
    assert cursor.rowcount == 1 and cursor.description is None
    assert cursor.lastrowid.startswith("tsk_")
    assert sent() == 1
    read = demo.execute("SELECT input FROM turns WHERE task_id = ?", [cursor.lastrowid])
    assert read.fetchall() == [("東京の天気は?",)]
    assert demo.execute("DELETE FROM tasks WHERE id = ?", [cursor.lastrowid]).rowcount == 1


def test_a_batch_is_written_once_each(demo, sent):
    cursor = demo.cursor()
    rows = [(WORKER, f"Was kostet Köln, {i}?") for i in range(3)]
    cursor.executemany("INSERT INTO tasks (worker_id, input) VALUES (?, ?)", rows)
    assert cursor.rowcount == 3
    assert sent() == 3
    assert cursor.executemany("DELETE FROM tasks WHERE id = ?", []).rowcount == 0
    assert sent() == 0


def test_a_batch_that_fails_tells_what_was_done(demo):
    cursor = demo.cursor()
    rows = [(WORKER, "first"), (WORKER, None), (WORKER, "third")]
    with pytest.raises(turntable.Error) as caught:
        cursor.executemany("INSERT INTO tasks (worker_id, input) VALUES (?, ?)", rows)
    assert isinstance(caught.value, turntable.IntegrityError), caught.value.sqlstate
    assert len(caught.value.update_counts) == 3


def test_there_are_no_transactions_to_undo(demo):
    assert demo.autocommit is True
    demo.commit()
    demo.rollback()


def test_an_id_of_the_wrong_number_of_values_is_refused_before_anything_is_sent(demo, sent):
    with pytest.raises(turntable.ProgrammingError, match="1 parameters .* 2 values"):
        demo.execute("SELECT id FROM tasks WHERE id = ?", [TASK, TASK])
    with pytest.raises(turntable.ProgrammingError, match="list or tuple"):
        demo.execute("SELECT id FROM tasks WHERE id = ?", TASK)
    with pytest.raises(turntable.ProgrammingError, match="list or tuple"):
        demo.execute("SELECT id FROM tasks WHERE id = ?", {"id": TASK})
    assert sent() == 0


def test_what_is_closed_says_so():
    with turntable.connect("demo") as connection:
        with connection.cursor() as cursor:
            cursor.execute("VALUES 1")
        with pytest.raises(turntable.InterfaceError, match="cursor is closed"):
            cursor.execute("VALUES 1")
        with pytest.raises(turntable.InterfaceError, match="cursor is closed"):
            cursor.fetchone()
        left = connection.execute("VALUES 1")
    for use in (connection.cursor, connection.commit, connection.rollback):
        with pytest.raises(turntable.InterfaceError, match="connection is closed"):
            use()
    with pytest.raises(turntable.Error):
        left.fetchall()
    left.close()
    connection.close()
    assert repr(connection) == "<turntable.Connection to demo, closed>"


def test_nothing_is_fetched_before_a_query(demo):
    with pytest.raises(turntable.ProgrammingError, match="run a query first"):
        demo.cursor().fetchone()


def test_properties_are_given_by_name():
    with turntable.connect("demo", readOnly=True, maxRequests=5, handinger=None) as connection:
        read = connection.execute(
            'SELECT name, "value" FROM turntable.properties'
            " WHERE name IN ('readOnly', 'maxRequests') ORDER BY name"
        )
        assert read.fetchall() == [("maxRequests", "5"), ("readOnly", "true")]
        with pytest.raises(turntable.NotSupportedError):
            connection.execute("DELETE FROM tasks WHERE id = 'tsk_none'")


def test_a_statement_takes_no_longer_than_its_timeout():
    with turntable.connect("demo", requestsPerSecond=1) as connection:
        cursor = connection.cursor()
        cursor.timeout = 1
        with pytest.raises(turntable.OperationalError) as caught:
            cursor.execute("SELECT SUM(credits) FROM tasks").fetchall()
        assert caught.value.sqlstate == "HYT00"
