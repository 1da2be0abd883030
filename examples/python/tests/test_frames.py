"""Answers as pandas frames."""

import decimal

import pandas
import pytest

import turntable
from conftest import TASK, WORKER
from turntable.frames import unique


def dtypes(frame):
    return {name: str(dtype) for name, dtype in frame.dtypes.items()}


def test_dtypes_follow_from_columns(demo, sent):
    sql = (
        "SELECT t.id, u.id, u.seq, t.created_at, t.completed_at, t.credits,"
        " CAST(t.created_at AS DATE) AS day_made"
        " FROM tasks t JOIN turns u ON u.task_id = t.id WHERE t.id = ?"
    )
    frame = turntable.read_sql(sql, demo, [TASK])
    expected = {
        "id": "string",
        "id_2": "string",
        "seq": dtypes(frame)["seq"],
        "created_at": "datetime64[ns, UTC]",
        "completed_at": "datetime64[ns, UTC]",
        "credits": "Int64",
        "day_made": "datetime64[ns]",
    }
    assert dtypes(frame) == expected
    assert expected["seq"].lower() in ("int32", "int64")
    assert frame["credits"][0] == 42 and frame["created_at"][0].tzname() == "UTC"
    assert sent() <= 2
    assert dtypes(turntable.read_sql(sql, demo, ["tsk_none"])) == expected


def test_whole_numbers_with_null_stay_whole(demo):
    frame = turntable.read_sql(
        "SELECT * FROM (VALUES (9007199254740993, TRUE, 1.50), (NULL, NULL, NULL)) AS v (n, b, d)",
        demo,
    )
    assert dtypes(frame) == {"n": "Int64", "b": "boolean", "d": "float64"}
    assert frame["n"][0] == 9007199254740993 and frame["n"].isna()[1]
    assert frame["b"].isna()[1] and frame["d"].isna()[1]


def test_decimals_are_exact_when_asked(demo):
    sql = "SELECT CAST(0.100001 AS DECIMAL(18, 6)) AS credits"
    assert turntable.read_sql(sql, demo)["credits"][0] == 0.100001
    exact = turntable.read_sql(sql, demo, coerce_float=False)
    assert exact["credits"][0] == decimal.Decimal("0.100001")


def test_a_column_of_a_frame_is_bound(demo):
    ids = pandas.Series([TASK, "tsk_none"])
    frame = turntable.read_sql("SELECT id FROM tasks WHERE id IN (?, ?)", demo, ids)
    assert list(frame["id"]) == [TASK]


def test_an_insert_is_a_frame_of_its_answers(demo, sent):
    frame = turntable.read_sql(
        "INSERT INTO tasks (worker_id, input) SELECT ?, body FROM (VALUES (?), (?)) AS t (body)"
        " RETURNING input, output_text",
        demo,
        [WORKER, "Regnet es in 東京?", "b"],
    )
    assert frame.values.tolist() == [["Regnet es in 東京?", "Done: Regnet es in 東京?"], ["b", "Done: b"]]
    assert sent() == 2


def test_an_index(demo):
    sql = "SELECT * FROM (VALUES ('a', 1), ('b', 2)) AS v (k, n)"
    frame = turntable.read_sql(sql, demo, index_col="k")
    assert list(frame.index) == ["a", "b"] and frame["n"].sum() == 3


def test_times_beyond_nanoseconds_stay_times(demo):
    frame = turntable.read_sql("SELECT TIMESTAMP '2999-01-01 00:00:00' AS t", demo)
    assert frame["t"][0].year == 2999


def test_what_is_covered_stays_with_the_frame(demo, told):
    frame = turntable.read_sql("SELECT COUNT(*) AS tasks FROM tasks", demo)
    assert frame.attrs["warnings"] == [str(each.message) for each in told]
    assert len(told) == 2 and {each.filename for each in told} == {__file__}


def test_a_write_has_no_frame(demo):
    with pytest.raises(turntable.ProgrammingError, match="no rows"):
        turntable.read_sql("DELETE FROM tasks WHERE id = 'tsk_none'", demo)


def test_pandas_reads_through_the_connection(demo, told):
    frame = pandas.read_sql("SELECT id, credits FROM tasks WHERE id = ?", demo, params=[TASK])
    assert frame.values.tolist() == [[TASK, 42]]


@pytest.mark.parametrize(
    "names, found",
    [
        (["id", "id"], ["id", "id_2"]),
        (["id", "id", "id_2"], ["id", "id_3", "id_2"]),
        (["a", "a", "a"], ["a", "a_2", "a_3"]),
        ([], []),
    ],
)
def test_names_are_unique(names, found):
    assert unique(names) == found
