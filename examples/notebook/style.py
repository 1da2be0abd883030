"""How the plots of the notebook look."""

import matplotlib.pyplot as plt
from matplotlib.font_manager import get_font_names

INK, GREY = "#333333", "#8a8a8a"
COLOURS = ["#4C78A8", "#F58518", "#54A24B", "#B279A2", "#E45756", "#72B7B2"]

# Titles are in any script; of those fonts that have them, the systems bring different ones.
FONTS = [
    "DejaVu Sans",
    "Droid Sans Fallback",
    "Noto Sans CJK JP",
    "Hiragino Sans",
    "Yu Gothic",
    "Microsoft YaHei",
]

plt.rcParams.update(
    {
        "figure.figsize": (9, 3.6),
        "figure.dpi": 110,
        "figure.constrained_layout.use": True,
        "font.family": [name for name in FONTS if name in get_font_names()],
        "font.size": 10,
        "text.color": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "axes.edgecolor": "#cccccc",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlesize": 12,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.titlepad": 12,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "grid.color": "#eeeeee",
        "legend.frameon": False,
    }
)
