"""LibreOffice Base without a window as the slow tests drive it.

A line of standard input names what to do, the lines of the answer end with a dot.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.connection import NoConnectException
from com.sun.star.sdbc import SQLException


def reach(office, address):
    resolver = uno.getComponentContext().ServiceManager.createInstance(
        "com.sun.star.bridge.UnoUrlResolver")
    while office.poll() is None:
        try:
            return resolver.resolve(f"uno:{address};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.2)
    raise SystemExit(f"soffice ended with status {office.returncode}")


class Base:
    def __init__(self, context, url, driver):
        create = context.ServiceManager.createInstanceWithContext
        self.new = lambda name: create(name, context)
        self.source = self.new("com.sun.star.sdb.DatabaseContext").createInstance()
        self.source.URL = url
        self.source.Settings.JavaDriverClass = "dev.turntable.jdbc.TurntableDriver"
        self.source.Settings.JavaDriverClassPath = pathlib.Path(driver).as_uri()
        self.connection = self.source.getConnection("", "")

    def tables(self):
        yield from self.connection.Tables.ElementNames

    def columns(self, table):
        """As the table design shows them."""
        columns = self.connection.Tables.getByName(table).Columns
        for name in columns.ElementNames:
            column = columns.getByName(name)
            needed = "" if column.IsNullable else " not null"
            yield f"{name} {column.TypeName}{needed}"

    def keys(self, table):
        keys = self.connection.Tables.getByName(table).Keys
        for i in range(keys.Count):
            key = keys.getByIndex(i)
            columns = ", ".join(key.Columns.ElementNames)
            yield f"{key.Type} {columns} {key.ReferencedTable}".rstrip()

    def row_set(self, table, order):
        """What a form or the grid of a table works on."""
        rows = self.new("com.sun.star.sdb.RowSet")
        rows.ActiveConnection = self.connection
        rows.CommandType = 0
        rows.Command = table
        rows.Order = order
        rows.FetchSize = 10
        rows.execute()
        return rows

    def grid(self, table, order, count):
        """The first rows, as the grid shows them."""
        rows = self.row_set(table, order)
        columns = rows.Columns
        left = int(count)
        while left > 0 and rows.next():
            values = (columns.getByName(name).getString() for name in columns.ElementNames)
            yield "|".join(values)
            left -= 1
        rows.dispose()

    def insert(self, table, *assignments):
        rows = self.row_set(table, "")
        rows.moveToInsertRow()
        for assignment in assignments:
            name, value = assignment.split("=", 1)
            rows.Columns.getByName(name).updateString(value)
        rows.insertRow()
        yield "|".join(rows.Columns.getByName(each.split("=")[0]).getString() for each in assignments)
        rows.dispose()

    def update(self, table, column, value):
        rows = self.row_set(table, "")
        rows.next()
        rows.Columns.getByName(column).updateString(value)
        try:
            rows.updateRow()
        except SQLException as error:
            yield error.Message
        rows.dispose()

    def query(self, sql):
        result = self.connection.createStatement().executeQuery(sql)
        while result.next():
            yield "|".join(result.getString(i + 1) for i in range(result.MetaData.ColumnCount))


def main(url, driver):
    with tempfile.TemporaryDirectory() as profile:
        address = f"pipe,name=turntable{os.getpid()}"
        office = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", f"--accept={address};urp",
             f"-env:UserInstallation={pathlib.Path(profile).as_uri()}"],
            stdin=subprocess.DEVNULL, stdout=sys.stderr)
        try:
            context = reach(office, address)
            base = Base(context, url, driver)
            for line in sys.stdin:
                name, *words = line.rstrip("\n").split("\t")
                for answer in getattr(base, name)(*words):
                    print(answer)
                print(".", flush=True)
            base.connection.close()
        finally:
            office.terminate()
            office.wait()


main(*sys.argv[1:])
