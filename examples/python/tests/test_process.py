"""What concerns a whole process: the JVM, the jar, Ctrl-C, the end."""

import os
import subprocess
import sys

import turntable.jvm


def run(program, **variables):
    """Run a program of Python, and return how it ended and what it said."""
    environment = {**os.environ, "TURNTABLE_JAR": str(turntable.jvm._find(None)), **variables}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
    )
    return done.returncode, done.stdout + done.stderr


def test_ctrl_c_cancels_the_statement_and_leaves_the_connection_usable():
    status, said = run(
        """
import os, signal, threading, turntable

# A background job of a shell without job control ignores Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
connection = turntable.connect("demo", requestsPerSecond=1)

def interrupt_once_it_waits():
    count = "SELECT COUNT(*) FROM turntable.requests"
    while connection.execute(count).fetchone()[0] == 0:
        pass
    os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=interrupt_once_it_waits, daemon=True).start()
try:
    connection.execute("SELECT SUM(credits) FROM tasks").fetchall()
    print("not interrupted")
except KeyboardInterrupt:
    print("interrupted")
print(connection.execute("VALUES 42").fetchall())
"""
    )
    assert "interrupted\n[(42,)]" in said and "not interrupted" not in said
    assert status == 0, said


def test_threads_share_a_connection():
    status, said = run(
        """
import concurrent.futures, turntable

connection = turntable.connect("demo")

def one(i):
    return connection.execute("SELECT CAST(? AS BIGINT) FROM tasks WHERE id = ?",
                              [i, "tsk_2Z-YWz3hFq6VlW"]).fetchone()[0]

with concurrent.futures.ThreadPoolExecutor(4) as pool:
    print(list(pool.map(one, range(20))) == list(range(20)))
"""
    )
    assert (status, said) == (0, "True\n")


def test_a_jvm_that_runs_already_is_used():
    status, said = run(
        """
import jpype
from turntable import jvm
jpype.startJVM(classpath=["/usr/share/java/org.jpype.jar"])
import turntable
print(turntable.connect("demo").execute("VALUES 42").fetchall())
"""
    )
    assert (status, said) == (0, "[(42,)]\n")


def test_a_missing_jar_is_named():
    status, said = run("import turntable; turntable.connect('demo')", TURNTABLE_JAR="/nowhere.jar")
    assert status == 1 and "InterfaceError: there is no driver jar /nowhere.jar" in said


def test_importing_needs_neither_java_nor_pandas():
    status, said = run(
        "import sys, turntable, jpype;"
        "print(jpype.isJVMStarted(), 'pandas' in sys.modules, 'sqlalchemy' in sys.modules)"
    )
    assert (status, said) == (0, "False False False\n")
