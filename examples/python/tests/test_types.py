"""Values in both directions."""

import datetime
import decimal
import uuid

import pytest

import turntable
from conftest import CREATED, TASK

UTC = datetime.timezone.utc


def one(connection, sql, *parameters):
    (row,) = connection.execute(sql, parameters).fetchall()
    return row


@pytest.mark.parametrize(
    "sql, value",
    [
        ("12", 12),
        ("CAST(9000000000000000000 AS BIGINT)", 9000000000000000000),
        ("CAST(0 AS BIGINT)", 0),
        ("CAST(12.5 AS DECIMAL(18, 6))", decimal.Decimal("12.500000")),
        ("1.5e0", 1.5),
        ("0e0", 0.0),
        ("TRUE", True),
        ("FALSE", False),
        ("'Köln 東京 😀'", "Köln 東京 😀"),
        ("''", ""),
        ("X'00ff0a'", b"\x00\xff\n"),
        ("DATE '2026-02-28'", datetime.date(2026, 2, 28)),
        ("TIME '23:59:58'", datetime.time(23, 59, 58)),
        (
            "TIMESTAMP '2026-03-29 02:30:00.125'",
            datetime.datetime(2026, 3, 29, 2, 30, 0, 125000, UTC),
        ),
        ("TIMESTAMP '2026-03-29 02:30:00'", datetime.datetime(2026, 3, 29, 2, 30, tzinfo=UTC)),
        ("ARRAY[1, 2]", [1, 2]),
        ("NULL", None),
        ("CAST(NULL AS BIGINT)", None),
        ("CAST(NULL AS DOUBLE)", None),
        ("CAST(NULL AS BOOLEAN)", None),
        ("CAST(NULL AS DECIMAL(5, 2))", None),
        ("CAST(NULL AS TIMESTAMP)", None),
        ("CAST(NULL AS DATE)", None),
    ],
)
def test_a_value_has_its_type(demo, sql, value):
    (found,) = one(demo, f"SELECT {sql}")
    assert found == value
    assert type(found) is type(value)
    assert str(found) == str(value)


def test_times_of_the_service_are_in_utc(demo):
    (created,) = one(demo, "SELECT created_at FROM tasks WHERE id = ?", TASK)
    assert created.isoformat(" ", "seconds") == CREATED + "+00:00"


@pytest.mark.parametrize(
    "value, type_",
    [
        (None, "VARCHAR"),
        (True, "BOOLEAN"),
        (7, "BIGINT"),
        (2.5, "DOUBLE"),
        (decimal.Decimal("1.25"), "DECIMAL(5, 2)"),
        ("Köln 東京", "VARCHAR"),
        (datetime.date(2026, 2, 28), "DATE"),
        (datetime.time(1, 2, 3), "TIME"),
        (datetime.datetime(2026, 2, 28, 1, 2, 3, 4000, UTC), "TIMESTAMP"),
        (b"\x00\xff", "VARBINARY"),
    ],
)
def test_what_is_bound_comes_back(demo, value, type_):
    (found,) = one(demo, f"SELECT CAST(? AS {type_})", value)
    assert found == value
    assert type(found) is type(value)


def test_more_of_what_is_bound(demo):
    name = uuid.UUID("00000000-0000-4000-8000-000000000001")
    big = 2**63
    assert one(demo, "SELECT ?, ?", name, big) == (str(name), decimal.Decimal(big))


def test_a_datetime_is_an_instant_and_without_zone_it_is_utc(demo):
    berlin = datetime.timezone(datetime.timedelta(hours=2))
    sql = "SELECT id FROM tasks WHERE id = ? AND created_at >= ? AND created_at < ?"
    there = datetime.datetime(2026, 5, 11, 11, 14, 22, tzinfo=berlin)
    naive = datetime.datetime(2026, 5, 11, 9, 14, 23)
    assert one(demo, sql, TASK, there, naive) == (TASK,)


def test_numpy_and_pandas_values_are_bound(demo):
    import numpy
    import pandas

    values = (
        numpy.int64(7),
        numpy.float64(2.5),
        numpy.bool_(True),
        numpy.str_("x"),
        numpy.datetime64("2026-01-02T03:04:05.000000000"),
        pandas.Timestamp("2026-01-02T04:04:05.5", tz="Europe/Berlin"),
        pandas.NA,
        pandas.NaT,
    )
    sql = (
        "SELECT CAST(? AS BIGINT), CAST(? AS DOUBLE), CAST(? AS BOOLEAN), CAST(? AS VARCHAR),"
        " CAST(? AS TIMESTAMP), CAST(? AS TIMESTAMP), CAST(? AS BIGINT), CAST(? AS TIMESTAMP)"
    )
    assert one(demo, sql, *values) == (
        7,
        2.5,
        True,
        "x",
        datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        datetime.datetime(2026, 1, 2, 3, 4, 5, 500000, UTC),
        None,
        None,
    )


def test_what_cannot_be_bound_names_type_and_remedy(demo):
    with pytest.raises(turntable.ProgrammingError, match="parameter 1 is a dict; .*json.dumps"):
        demo.execute("SELECT ?", [{"a": 1}])
    with pytest.raises(turntable.DataError, match="SQL has no NaN"):
        demo.execute("SELECT ?", [decimal.Decimal("NaN")])


def test_constructors():
    assert turntable.Date(2026, 1, 2) == datetime.date(2026, 1, 2)
    assert turntable.Timestamp(2026, 1, 2, 3, 4, 5) == datetime.datetime(2026, 1, 2, 3, 4, 5)
    assert turntable.TimestampFromTicks(0) == datetime.datetime(1970, 1, 1, tzinfo=UTC)
    assert turntable.DateFromTicks(86399) == datetime.date(1970, 1, 1)
    assert turntable.TimeFromTicks(3600) == datetime.time(1, 0)
    assert turntable.Binary(b"x") == b"x"
