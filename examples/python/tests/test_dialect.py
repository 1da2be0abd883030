"""SQLAlchemy: reflection, reading and writing."""

import datetime

import pandas
import pytest
import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.ext.automap import automap_base

import turntable
from conftest import TASK, WORKER


@pytest.fixture(scope="module")
def engine():
    engine = sa.create_engine("turntable://demo?maxRequests=5000")
    yield engine
    engine.dispose()


def test_the_properties_of_the_url_arrive(engine):
    with engine.connect() as connection:
        sql = sa.text("SELECT \"value\" FROM turntable.properties WHERE name = 'maxRequests'")
        assert connection.execute(sql).scalar() == "5000"


def test_schemas_and_tables_are_found(engine):
    inspector = sa.inspect(engine)
    assert inspector.default_schema_name == "handinger"
    assert {"handinger", "rightbrain", "rightbrain_runs", "turntable"} <= set(
        inspector.get_schema_names()
    )
    assert {"tasks", "turns", "workers"} <= set(inspector.get_table_names())
    assert "task_runs" in inspector.get_table_names("rightbrain")
    assert inspector.has_table("tasks") and inspector.has_table("task_runs", "rightbrain")
    assert not inspector.has_table("t_sks") and not inspector.has_table("%")
    with pytest.raises(sa.exc.NoSuchTableError):
        inspector.get_columns("nix")


def test_a_table_is_reflected(engine):
    tasks = sa.Table("tasks", sa.MetaData(), autoload_with=engine)
    columns = tasks.c
    assert [key.name for key in tasks.primary_key] == ["id"]
    assert isinstance(columns.id.type, sa.String) and not columns.id.nullable
    assert isinstance(columns.credits.type, sa.BigInteger) and columns.credits.nullable
    assert isinstance(columns.created_at.type, sa.TIMESTAMP) and columns.created_at.type.timezone
    assert columns.credits.comment and tasks.comment
    runs = sa.Table("task_runs", sa.MetaData(), schema="rightbrain", autoload_with=engine)
    credits = runs.c.charged_credits.type
    assert (credits.precision, credits.scale) == (18, 6)


def test_every_table_is_reflected(engine):
    for schema in ("handinger", "rightbrain", "rightbrain_runs", "turntable"):
        found = sa.MetaData()
        found.reflect(engine, schema=schema)
        assert len(found.tables) > 2
        assert all(len(table.columns) > 1 for table in found.tables.values())


Base = orm.declarative_base()


class Task(Base):
    """Written out, to read."""

    __tablename__ = "tasks"
    id = sa.Column(sa.String, primary_key=True)
    worker_id = sa.Column(sa.String)
    status = sa.Column(sa.String)
    credits = sa.Column(sa.BigInteger)
    created_at = sa.Column(sa.DateTime(timezone=True))
    turns = orm.relationship("Turn", order_by="Turn.seq", viewonly=True)


class Turn(Base):
    __tablename__ = "turns"
    id = sa.Column(sa.String, primary_key=True)
    task_id = sa.Column(sa.String, sa.ForeignKey("tasks.id"))
    seq = sa.Column(sa.Integer)
    input = sa.Column(sa.String)


@pytest.fixture(scope="module")
def reflected(engine):
    """Return classes of the tables as they are found, to write."""
    base = automap_base()
    base.prepare(autoload_with=engine)
    return base.classes


def requests(session):
    sql = sa.text("SELECT COUNT(*) FROM turntable.requests WHERE NOT shared")
    return session.execute(sql).scalar()


def test_an_object_is_read_by_one_request(engine):
    with orm.Session(engine) as session:
        before = requests(session)
        task = session.get(Task, TASK)
        assert (task.credits, task.created_at.tzinfo) == (42, datetime.timezone.utc)
        assert requests(session) == before + 1
        assert [turn.seq for turn in task.turns] == list(range(len(task.turns)))


def test_objects_are_found_and_joined(engine, told):
    with orm.Session(engine) as session:
        query = (
            sa.select(Task.worker_id, sa.func.sum(Task.credits).label("credits"))
            .where(Task.created_at >= datetime.datetime(2026, 5, 1))
            .group_by(Task.worker_id)
            .order_by(sa.desc("credits"), Task.worker_id)
            .limit(2)
            .offset(1)
        )
        rows = session.execute(query).all()
        assert len(rows) == 2 and rows[0].credits >= rows[1].credits
        joined = sa.select(Task.id, Turn.seq).join(Turn).where(Task.id.in_([TASK, "tsk_none"]))
        assert {row.id for row in session.execute(joined)} == {TASK}
        like = sa.select(Task).where(Task.worker_id.is_not(None), Task.status.ilike("ERR%"))
        assert {task.status for task in session.scalars(like)} == {"error"}
    assert any("known ids only" in str(each.message) for each in told)
    assert {each.filename for each in told if each.category is turntable.Warning} == {__file__}


def test_an_object_is_inserted_once_and_gets_its_id(engine, reflected):
    with orm.Session(engine) as session:
        before = requests(session)
        task = reflected.tasks(worker_id=WORKER, input="What is the weather today in 東京?")
        session.add(task)
        session.flush()
        assert task.id.startswith("tsk_")
        assert requests(session) == before + 1
        session.commit()
        assert task.status and requests(session) == before + 2
        (turn,) = task.turns_collection
        assert turn.input == "What is the weather today in 東京?"


def test_a_row_is_inserted_and_archived(engine, reflected):
    tasks = reflected.tasks.__table__
    with engine.begin() as connection:
        done = connection.execute(tasks.insert().values(worker_id=WORKER, input="x"))
        (key,) = done.inserted_primary_key
        assert key.startswith("tsk_")
        given = "tsk_given-by-the-program"
        done = connection.execute(tasks.insert().values(id=given, worker_id=WORKER, input="x"))
        assert done.inserted_primary_key == (given,)
        gone = connection.execute(tasks.delete().where(tasks.c.id.in_([key, given])))
        assert gone.rowcount == 2


def test_pandas_reads_and_appends(engine):
    with engine.connect() as connection:
        sql = sa.text("SELECT id, credits FROM tasks WHERE id = :id")
        frame = pandas.read_sql(sql, connection, params={"id": TASK})
        assert frame.values.tolist() == [[TASK, 42]]
        before = requests(connection)
        new = pandas.DataFrame({"worker_id": [WORKER] * 2, "input": ["one", "two"]})
        assert new.to_sql("tasks", connection, if_exists="append", index=False) == 2
        assert requests(connection) == before + 2


def test_errors_are_sqlalchemys_and_keep_their_state(engine):
    with engine.connect() as connection:
        with pytest.raises(sa.exc.ProgrammingError, match="nix") as caught:
            connection.execute(sa.text("SELECT nix FROM tasks"))
    assert caught.value.orig.sqlstate == "42703"


def test_types_are_cast_as_turntable_spells_them(engine):
    now = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    casts = [
        (7, sa.Integer),
        ("x", sa.Text),
        ("x", sa.Unicode),
        (2.5, sa.Float),
        (True, sa.Boolean),
        (now, sa.DateTime),
        (now.date(), sa.Date),
        (b"x", sa.LargeBinary),
    ]
    with engine.connect() as connection:
        row = connection.execute(sa.select(*[sa.cast(sa.literal(v), t) for v, t in casts])).one()
    assert list(row) == [value for value, _ in casts]


@pytest.mark.parametrize(
    "url",
    [
        "turntable://:sk-secret@handinger",
        "turntable://handinger?apiKey=sk-secret",
        "turntable://rightbrain?clientSecret=sk-secret",
        "turntable://handinger+rightbrain?handinger.apiKey=sk-secret",
    ],
)
def test_a_key_in_the_url_is_refused_without_showing_it(url):
    with pytest.raises(sa.exc.ArgumentError, match="HANDINGER_API_KEY") as caught:
        sa.create_engine(url).connect()
    assert "sk-secret" not in str(caught.value)


def test_a_key_beside_the_url_is_not_shown():
    arguments = {"apiKey": "sk-secret", "baseUrl": "http://127.0.0.1:9", "maxRetries": 0}
    engine = sa.create_engine("turntable://handinger", connect_args=arguments)
    assert "sk-secret" not in repr(engine)
    with pytest.raises(sa.exc.OperationalError) as caught:
        with engine.connect() as connection:
            connection.execute(sa.text("SELECT id FROM tasks WHERE id = 'tsk_x'")).all()
    assert caught.value.orig.sqlstate == "08001" and "sk-secret" not in str(caught.value)


def test_a_wrong_url_says_how_it_should_be():
    with pytest.raises(sa.exc.ArgumentError, match="turntable://SERVICE"):
        sa.create_engine("turntable://handinger/tasks").connect()
