"""Calls of Java that wait for the network, so that Ctrl-C, or a notebook's stop button, ends them."""

import concurrent.futures
import threading

import jpype

from turntable.errors import from_java

# Only the main thread gets signals, hence one helper is enough. It is started by the first call.
_helper = concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="turntable")


def waiting(call, cancel):
    """Return what the call returns; on Ctrl-C call cancel, wait for its end, and raise again.

    The main thread cannot notice a signal while it is in Java, so a helper calls Java for it.
    """
    if threading.current_thread() is not threading.main_thread():
        return translated(call)
    future = _helper.submit(translated, call)
    try:
        while True:
            # A limit only because Windows does not interrupt a wait that has none.
            if concurrent.futures.wait([future], timeout=0.5).done:
                return future.result()
    except KeyboardInterrupt:
        translated(cancel)
        concurrent.futures.wait([future])
        raise


def translated(call):
    """Return what the call returns, or raise the exception of PEP 249 for that of Java."""
    try:
        return call()
    except jpype.JException as thrown:
        error = from_java(thrown)
    # Not "from thrown": a trace of Java helps no reader of SQL, and its frames would be kept.
    raise error
