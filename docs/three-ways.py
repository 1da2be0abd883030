#!/usr/bin/env python3
"""Draws three-ways.svg from the table in three-ways.md."""

import math
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
LEFT, RIGHT, TOP, BOTTOM = 78, 580, 42, 312
RUNS = (3, 8)  # powers of ten
SECONDS = (-3, 5)

LINES = (  # column of the table, colour, label, where the label stands
    (3, "#c2410c", "live, at 10 requests/s", "end"),
    (2, "#ea8a3d", "live", "end"),
    (4, "#1d6fb8", "store", "end"),
)
WAYS = ((3, 4, "live"), (4, 8, "store: sync once, then what is new"))
TIMES = {-3: "1 ms", -2: "10 ms", -1: "0.1 s", 0: "1 s", 1: "10 s", 2: "2 min", 3: "17 min",
         4: "3 h", 5: "28 h"}
SIZES = {3: "1,000", 4: "10,000", 5: "100,000", 6: "1 M", 7: "10 M", 8: "100 M runs"}


def rows():
    for line in (HERE / "three-ways.md").read_text(encoding="utf-8").splitlines():
        if re.match(r"\| [\d,]+ \|", line):
            yield [float(cell.replace(",", "")) for cell in line.strip("| ").split("|")]


def x(power):
    return LEFT + (power - RUNS[0]) / (RUNS[1] - RUNS[0]) * (RIGHT - LEFT)


def y(power):
    return BOTTOM - (power - SECONDS[0]) / (SECONDS[1] - SECONDS[0]) * (BOTTOM - TOP)


def text(at_x, at_y, words, anchor="middle", colour="#444", weight="normal"):
    return (f'<text x="{at_x:.0f}" y="{at_y:.0f}" text-anchor="{anchor}" fill="{colour}"'
            f' font-weight="{weight}">{words}</text>')


def picture():
    yield ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 350"'
           ' font-family="Helvetica, Arial, sans-serif" font-size="12">')
    yield '<rect width="640" height="350" fill="#fff"/>'
    for (first, last, name), shade in zip(WAYS, ("#fdf3ea", "#eaf3fb")):
        yield (f'<rect x="{x(first):.0f}" y="{TOP - 22}" width="{x(last) - x(first):.0f}"'
               f' height="{BOTTOM - TOP + 22}" fill="{shade}"/>')
        yield text((x(first) + x(last)) / 2, TOP - 7, name, weight="bold")
    yield text(RIGHT + 8, TOP - 7, "files", "start", weight="bold")
    yield text(RIGHT + 24, (TOP + BOTTOM) / 2, "→")
    for power, name in TIMES.items():
        yield f'<path d="M{LEFT} {y(power):.0f}H{RIGHT}" stroke="#d5d5d5"/>'
        yield text(LEFT - 8, y(power) + 4, name, "end")
    for power, name in SIZES.items():
        yield text(x(power), BOTTOM + 20, name)
    yield text(LEFT, BOTTOM + 36, "time to an answer over all runs", "start", "#777")
    table = list(rows())
    for column, colour, name, anchor in LINES:
        points = [(x(math.log10(row[0])), y(math.log10(row[column]))) for row in table]
        path = " ".join(f"{a:.0f},{b:.0f}" for a, b in points)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>'
        for a, b in points:
            yield f'<circle cx="{a:.0f}" cy="{b:.0f}" r="3.5" fill="{colour}"/>'
        a, b = points[3]
        yield text(a - 8, b - 9, name, anchor, colour, "bold")
    yield "</svg>"


(HERE / "three-ways.svg").write_text("\n".join(picture()) + "\n", encoding="utf-8")
