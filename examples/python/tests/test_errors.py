"""Errors and warnings."""

import os
import warnings

import pytest

import turntable
from turntable.errors import error_class


@pytest.mark.parametrize(
    "sql, kind, state, words",
    [
        ("SELECT nix FROM tasks", turntable.ProgrammingError, "42703", "'nix'"),
        ("SELECT * FROM nix", turntable.ProgrammingError, "42P01", "nix"),
        ("SELEC 1", turntable.ProgrammingError, "42601", "SELECT"),
        ("SELECT 1 / 0", turntable.DataError, "22012", "division by zero"),
        ("UPDATE tasks SET title = 'x'", turntable.NotSupportedError, "0A000", "UPDATE"),
        (
            "INSERT INTO turns (task_id, input) VALUES ('tsk_none', 'x')",
            turntable.IntegrityError,
            "23503",
            "tsk_none",
        ),
    ],
)
def test_an_error_has_its_class_its_state_and_the_drivers_words(demo, sql, kind, state, words):
    with pytest.raises(turntable.Error, match=words) as caught:
        demo.execute(sql).fetchall()
    assert type(caught.value) is kind
    assert caught.value.sqlstate == state
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "state, kind",
    [
        ("08001", "OperationalError"),
        ("28000", "OperationalError"),
        ("42501", "OperationalError"),
        ("42000", "ProgrammingError"),
        ("25006", "NotSupportedError"),
        ("53400", "OperationalError"),
        ("58030", "OperationalError"),
        ("HYT00", "OperationalError"),
        ("XX001", "InternalError"),
        ("99999", "DatabaseError"),
        (None, "DatabaseError"),
    ],
)
def test_a_state_has_a_class(state, kind):
    assert error_class(state).__name__ == kind


def test_errors_are_those_of_the_connection_too(demo):
    for name in (
        "Warning Error InterfaceError DatabaseError DataError OperationalError IntegrityError"
        " InternalError ProgrammingError NotSupportedError"
    ).split():
        assert getattr(demo, name) is getattr(turntable, name)


def test_what_an_answer_covers_is_told_at_the_line_that_asks(demo, told):
    cursor = demo.execute("SELECT COUNT(*) FROM tasks")
    (first,) = told
    assert first.category is turntable.Warning and first.filename == __file__
    assert "known ids only" in str(first.message) and first.message.sqlstate
    cursor.fetchall()
    assert "known ids" in str(told[1].message)
    assert [str(text) for _, text in cursor.messages] == [str(each.message) for each in told]


def test_a_warning_can_be_made_an_error(demo):
    with warnings.catch_warnings():
        warnings.simplefilter("error", turntable.Warning)
        with pytest.raises(turntable.Warning, match="known ids only"):
            demo.execute("SELECT COUNT(*) FROM tasks")


def test_an_unknown_property_is_a_warning(told):
    turntable.connect("demo", maxRequest=5).close()
    assert "maxRequest" in str(told[0].message)


def test_an_unknown_service_is_an_error():
    with pytest.raises(turntable.DatabaseError, match="nix"):
        turntable.connect("nix")
    with pytest.raises(turntable.InterfaceError, match="jdbc:turntable:"):
        turntable.connect("jdbc:postgresql:x")


KEY = "sk-never-to-be-seen"


@pytest.mark.parametrize(
    "url, properties, variables",
    [
        ("handinger", {}, {"HANDINGER_API_KEY": KEY}),
        ("handinger", {"apiKey": KEY}, {}),
        ("handinger", {"password": KEY}, {}),
        ("handinger", {"apikeys": KEY}, {"HANDINGER_API_KEY": KEY}),
        (f"jdbc:turntable:handinger:apiKey={KEY}", {}, {}),
        (f"jdbc:turntable:handinger:apiKey={KEY};nix=1", {}, {}),
        (f"jdbc:turntable:handinger+rightbrain:apiKey={KEY}", {}, {}),
        ("handinger", {"apiKey": [KEY, {}]}, {}),
        ("handinger", {"apiKey": KEY.encode()}, {}),
    ],
)
def test_a_key_is_in_no_text(monkeypatch, told, url, properties, variables):
    for name in list(os.environ):
        if name.startswith(("HANDINGER_", "RB_", "TURNTABLE_URL")):
            monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    # A port that nobody listens at, so that what is sent fails at once.
    properties = {"baseUrl": "http://127.0.0.1:9", "maxRetries": 0, **properties}
    texts = []
    try:
        connection = turntable.connect(url, **properties)
        texts += [repr(connection), str(connection)]
        cursor = connection.cursor()
        texts.append(repr(cursor))
        cursor.execute("SELECT * FROM tasks WHERE id = 'tsk_x'").fetchall()
    except turntable.Error as error:
        texts += [str(error), repr(error), repr(error.args)]
    texts += [str(each.message) for each in told]
    assert len(texts) > 1
    assert not [text for text in texts if KEY in text]
