"""%turntable connects, %%turntable runs a cell of SQL."""

import sys
import warnings

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring

from turntable import errors, frames
from turntable.connection import connect


@magics_class
class TurntableMagics(Magics):
    """A connection for the cells of a notebook."""

    def __init__(self, shell):
        super().__init__(shell)
        self._connection = None

    @magic_arguments()
    @argument("what", nargs="?", help="%%turntable: the URL, or a variable with a connection; "
              "%%%%turntable: the variable that gets the frame, which is shown if there is none")
    @argument("--params", help="a Python expression: the values of the ? in the statement")
    @line_cell_magic
    def turntable(self, line, cell=None):
        """Connect, as %turntable jdbc:turntable:demo, or run the SQL of the cell."""
        arguments = parse_argstring(self.turntable, line)
        try:
            if cell is None:
                return self._connect(arguments.what)
            return self._run(cell, arguments)
        except errors.Error as error:
            # A trace of this package says nothing about the SQL.
            state = f" (state={error.sqlstate})" if error.sqlstate else ""
            text = f"{type(error).__name__}: {error}{state}"
            error._render_traceback_ = lambda: [text]
            raise

    def _connect(self, what):
        given = self.shell.user_ns.get(what) if what else None
        self._connection = given if hasattr(given, "cursor") else connect(what)
        return self._connection

    def _run(self, sql, arguments):
        name = arguments.what
        if name and not name.isidentifier():
            raise UsageError(f"{name} is no name of a variable; %turntable URL connects")
        if self._connection is None or self._connection.closed:
            self._connection = connect()
        values = self.shell.ev(arguments.params) if arguments.params else ()
        if isinstance(values, str) or not hasattr(values, "__iter__"):
            values = (values,)
        frame = self._frame(sql, values)
        if name:
            self.shell.user_ns[name] = frame
            return None
        return frame

    def _frame(self, sql, values):
        with self._connection.cursor() as cursor, warnings.catch_warnings():
            # Python would show each once only, and with the line of a file that nobody has.
            warnings.simplefilter("ignore", errors.Warning)
            cursor.execute(sql, values)
            frame = frames.frame(cursor) if cursor.description else cursor.rowcount
        for _, warning in cursor.messages:
            print(f"Warning: {warning}", file=sys.stderr)
        return frame
