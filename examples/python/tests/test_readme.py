"""What the README says runs as it stands there."""

import pathlib
import re

import turntable

README = pathlib.Path(__file__).resolve().parents[1] / "README.md"


def test_the_readme(capsys, told):
    blocks = re.findall(r"^```python\n(.*?)^```$", README.read_text("utf-8"), re.M | re.S)
    assert len(blocks) == 2
    for block in blocks:
        exec(compile(block, str(README), "exec"), {})
    said = capsys.readouterr().out
    assert re.search(r"wrk_competitor-watch +\d+", said) and "Weather" in said
    assert all(issubclass(each.category, turntable.Warning) for each in told), told
