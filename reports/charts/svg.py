"""The few shapes of a chart as SVG: attributes only, no style and no script, so that it may stand
in a page under a strict policy, in a PDF and on paper. Colours are those of static/css/tokens.css;
a class on each shape lets the page recolour it for the dark.
"""

from html import escape

from django.utils.formats import number_format

GREEN, GREEN_DARK, GREEN_SOFT = "#1d7a63", "#0f3d35", "#dff1ea"
INK, SOFT, LINE, EDGE, SAND, PAPER = (
    "#1c2422", "#4c5a56", "#d9d4ca", "#7d7a70", "#d3c9b6", "#ffffff",
)  # fmt: skip
FONT = "Atkinson Hyperlegible Next, Segoe UI, system-ui, sans-serif"
#: Of a chart in half a page; WIDE fills a page.
WIDTH, WIDE = 520, 720
#: Of a letter of size 1, on average; labels are cut to what there is room for.
LETTER = 0.51
#: A cell that is not told is drawn this long, whatever it holds.
STUB = 34


def number(value: float) -> str:
    """12345 as 12.345, 3.5 as 3,5."""
    places = None if isinstance(value, int) else 1
    return number_format(value, places, force_grouping=True)


def cut(label: str, room: float, size: int = 15) -> str:
    """The label, shortened to the room that there is."""
    most = max(3, int(room / (size * LETTER)))
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def rect(x: float, y: float, width: float, height: float, kind: str, fill: str) -> str:
    return (
        f'<rect class="ct-{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" '
        f'height="{max(height, 0):.1f}" fill="{fill}"/>'
    )


def text(
    x: float, y: float, words: str, *, anchor: str = "start", size: int = 15, soft: bool = False,
    bold: bool = False,
) -> str:  # fmt: skip
    kind, fill = ("soft", SOFT) if soft else ("ink", INK)
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text class="ct-{kind}" x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}" '
        f'text-anchor="{anchor}"{weight}>{escape(words)}</text>'
    )


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    return (
        f'<line class="ct-line" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{LINE}"/>'
    )


def stub(key: str, x: float, y: float, width: float, height: float) -> str:
    """Where a number is not told: hatched, and as large as any other."""
    return (
        f'<rect class="ct-hidden" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" fill="url(#hatch-{key})" stroke="{EDGE}" stroke-dasharray="3 3"/>'
    )


def legend(y: float, entries: list[tuple[str, str, str]], x: float = 0) -> str:
    """Of (kind, fill, words), on one line."""
    parts = []
    for kind, fill, words in entries:
        parts.append(rect(x, y - 12, 14, 14, kind, fill))
        parts.append(text(x + 20, y, words, soft=True))
        x += 20 + len(words) * 15 * LETTER + 24
    return "".join(parts)


def drawing(key: str, height: float, alt: str, parts: list[str], width: int = WIDTH) -> str:
    """All of it. `key` is unique on a page, because the hatching is found by it."""
    hatch = ""
    if any(f"#hatch-{key})" in part for part in parts):
        hatch = (
            f'<defs><pattern id="hatch-{key}" width="6" height="6" patternUnits="userSpaceOnUse">'
            f'<path d="M0 6L6 0" stroke="{EDGE}" stroke-width="1.2" fill="none"/></pattern></defs>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="stek-chart" role="img" '
        f'aria-label="{escape(alt)}" viewBox="0 0 {width} {height:.0f}" width="{width}" '
        f'height="{height:.0f}" font-family="{FONT}">{hatch}{"".join(parts)}</svg>'
    )
