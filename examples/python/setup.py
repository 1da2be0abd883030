"""Packs the driver's jar with the package where it has been built; pyproject.toml has the rest."""

import pathlib
import shutil

from setuptools import setup
from setuptools.command.build_py import build_py

TARGET = pathlib.Path(__file__).resolve().parents[2] / "jdbc-driver" / "target"


class BuildWithDriver(build_py):
    def run(self):
        super().run()
        package = pathlib.Path(self.build_lib) / "turntable"
        # The directory of builds is kept: a jar of an earlier version must not stay there.
        for old in package.glob("turntable-jdbc-*.jar"):
            old.unlink()
        for jar in TARGET.glob("turntable-jdbc-*.jar"):
            if not jar.stem.endswith(("-sources", "-javadoc")):
                shutil.copy2(jar, package)


setup(cmdclass={"build_py": BuildWithDriver})
