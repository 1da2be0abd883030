"""What the tests share: the demo's services, simulated inside the JVM, and what they were asked."""

import warnings

import pytest

import turntable

WORKER = "wrk_vk81XUHKHG-qr4"
TASK = "tsk_2Z-YWz3hFq6VlW"
CREATED = "2026-05-11 09:14:22"


@pytest.fixture(scope="session")
def demo():
    with turntable.connect("jdbc:turntable:demo") as connection:
        yield connection


@pytest.fixture
def sent(demo):
    """Return a function that tells how many requests were sent since it was last called."""

    def count():
        with demo.cursor() as cursor:
            sql = "SELECT COUNT(*) FROM turntable.requests WHERE NOT shared"
            return cursor.execute(sql).fetchone()[0]

    before = [count()]

    def since():
        now = count()
        new, before[0] = now - before[0], now
        return new

    return since


@pytest.fixture
def told():
    """Return the warnings of a test, none of which is an error."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        yield found
