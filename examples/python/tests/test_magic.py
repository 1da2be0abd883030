"""The magic of notebooks."""

import pytest
from IPython.core.error import UsageError
from IPython.testing.globalipapp import start_ipython

import turntable
from conftest import TASK


@pytest.fixture(scope="module")
def shell():
    shell = start_ipython()
    shell.run_line_magic("load_ext", "turntable")
    shell.run_line_magic("turntable", "jdbc:turntable:demo")
    return shell


def test_a_cell_is_a_frame(shell):
    frame = shell.run_cell_magic("turntable", "", "SELECT 1 AS one, 'x' AS x")
    assert frame.to_dict("list") == {"one": [1], "x": ["x"]}


def test_a_cell_fills_a_variable_and_reads_others(shell):
    shell.user_ns["wanted"] = TASK
    sql = "SELECT id, credits FROM tasks WHERE id = ?"
    assert shell.run_cell_magic("turntable", "found --params [wanted]", sql) is None
    assert shell.user_ns["found"].values.tolist() == [[TASK, 42]]
    again = shell.run_cell_magic("turntable", "--params wanted", sql)
    assert len(again) == 1


def test_a_write_is_counted(shell):
    sql = "DELETE FROM tasks WHERE id = 'tsk_none'"
    assert shell.run_cell_magic("turntable", "", sql) == 0


def test_a_connection_of_ones_own(shell):
    with turntable.connect("demo", maxRequests=7) as mine:
        shell.user_ns["mine"] = mine
        assert shell.run_line_magic("turntable", "mine") is mine
        sql = "SELECT \"value\" AS v FROM turntable.properties WHERE name = 'maxRequests'"
        assert shell.run_cell_magic("turntable", "", sql)["v"][0] == "7"
    # Closed by its owner, hence a new one at the default URL.
    assert shell.run_cell_magic("turntable", "", sql)["v"][0] == "0"


def test_an_error_is_one_line(shell, capsys):
    with pytest.raises(turntable.ProgrammingError, match="nix"):
        shell.run_cell_magic("turntable", "", "SELECT nix FROM tasks")
    done = shell.run_cell("%%turntable\nSELECT nix FROM tasks")
    assert isinstance(done.error_in_exec, turntable.ProgrammingError)
    said = capsys.readouterr().out
    assert "ProgrammingError: " in said and "(state=42703)" in said and "Traceback" not in said


def test_a_url_in_the_cell_is_told_where_it_belongs(shell):
    with pytest.raises(UsageError, match="%turntable URL"):
        shell.run_cell_magic("turntable", "jdbc:turntable:demo", "SELECT 1")


def test_what_a_frame_covers_is_told_each_time(shell, capsys):
    for _ in range(2):
        shell.run_cell_magic("turntable", "covered", "SELECT COUNT(*) AS tasks FROM tasks")
        first, second = capsys.readouterr().err.splitlines()
        assert first.startswith("Warning: ") and "known ids only" in first
        assert shell.user_ns["covered"].attrs["warnings"] == [first[9:], second[9:]]
