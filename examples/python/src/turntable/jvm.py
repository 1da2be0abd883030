"""The one JVM of the process, and the driver's jar in it."""

import os
import pathlib
import threading

import jpype

from turntable.errors import InterfaceError

DRIVER = "dev.turntable.jdbc.TurntableDriver"

# Debian keeps JPype's own jar outside the Python package.
_DEBIAN_JPYPE = "/usr/share/java/org.jpype.jar"
_HERE = pathlib.Path(__file__).resolve().parent
_lock = threading.Lock()
_loaded = None


def driver(jar=None, options=()):
    """Return the driver, in a JVM that is started if there is none.

    jar: path of the driver's jar; without it the variable TURNTABLE_JAR, the jar that was packed
    with this package, or the one of the checkout that this file is in.
    options: options of the JVM, such as ``-Xmx2g``; they count for the call that starts it.
    """
    global _loaded
    with _lock:
        if not jpype.isJVMStarted():
            _loaded = _find(jar)
            _start(_loaded, options)
        elif _loaded is None:
            # Somebody else has started it, perhaps with the driver.
            if jar is not None or not _has_driver():
                _loaded = _find(jar)
                jpype.addClassPath(str(_loaded))
        elif jar is not None and pathlib.Path(jar).resolve() != _loaded:
            raise InterfaceError(
                f"this process has loaded {_loaded}; another jar needs another process"
            )
        return jpype.JClass(DRIVER)()


def java(name):
    """Return a class of Java by its name."""
    return jpype.JClass(name)


def _start(jar, options):
    classpath = [str(jar)]
    if os.path.exists(_DEBIAN_JPYPE):
        classpath.append(_DEBIAN_JPYPE)
    try:
        # Ctrl-C stays Python's, which cancels the statement; else it would end the process.
        jpype.startJVM(*options, classpath=classpath, interrupt=False)
    except jpype.JVMNotFoundException as e:
        raise InterfaceError("no Java found; install Java 17 or later, or set JAVA_HOME") from e
    version = int(str(java("java.lang.System").getProperty("java.specification.version")).split(".")[0])
    if version < 17:
        raise InterfaceError(f"Java {version} is too old; set JAVA_HOME to Java 17 or later")


def _has_driver():
    try:
        jpype.JClass(DRIVER)
        return True
    except TypeError:
        return False


def _find(jar):
    given = jar or os.environ.get("TURNTABLE_JAR")
    if given:
        path = pathlib.Path(given).expanduser().resolve()
        if not path.is_file():
            raise InterfaceError(f"there is no driver jar {path}")
        return path
    for folder in [_HERE, *_targets()]:
        found = [
            path
            for path in folder.glob("turntable-jdbc-*.jar")
            if not path.stem.endswith(("-sources", "-javadoc"))
        ]
        if found:
            return max(found, key=lambda path: path.stat().st_mtime)
    raise InterfaceError(
        "no driver jar found; set TURNTABLE_JAR to the path of turntable-jdbc-….jar,"
        " or build it and install this package again"
    )


def _targets():
    # src/turntable of a checkout, as `pip install --editable` leaves it.
    checkout = _HERE.parents[3] if len(_HERE.parents) > 3 else None
    if checkout and (checkout / "jdbc-driver" / "pom.xml").is_file():
        yield checkout / "jdbc-driver" / "target"
