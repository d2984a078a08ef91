"""From theme to outcome: what went in on the left, what came of it on the right, and ribbons
as wide as the number of questions between them.
"""

from collections.abc import Mapping

from reports.charts.svg import INK, WIDE, cut, drawing, number, rect, text
from reports.report import Cell

#: For up to seven outcomes: apart in hue and in lightness, also for who sees fewer colours.
COLOURS = ("#1d7a63", "#e0a458", "#1b4f8f", "#8fb8de", "#a61b1b", "#7d7a70", "#4c5a56")
LEFT, RIGHT, NODE = 244, 492, 12
TALL, GAP, TOP = 430, 11, 8


def flow(key: str, alt: str, links: Mapping[tuple[str, str], Cell]) -> str:
    """`links` by labels of both ends, the largest first; hidden ones are not drawn."""
    numbers = {ends: c.number or 0 for ends, c in links.items() if not c.hidden and c.number}
    lefts, rights = _sums(numbers, 0), _sums(numbers, 1)
    total = sum(numbers.values()) or 1
    longest = max(len(lefts), len(rights), 1)
    tall = max(TALL, longest * 32)
    scale = (tall - GAP * (longest - 1)) / total
    left_at, right_at = _stacked(lefts, scale, tall), _stacked(rights, scale, tall)
    colours = {name: COLOURS[place % len(COLOURS)] for place, name in enumerate(rights)}
    parts = _ribbons(numbers, lefts, rights, (dict(left_at), dict(right_at)), colours, scale)
    for name, y in left_at.items():
        high = lefts[name] * scale
        parts.append(rect(LEFT, y, NODE, high, "edge", INK))
        words = cut(name, LEFT - 44)
        parts.append(_node(LEFT - 10, y + high / 2, words, lefts[name], "end"))
    for name, y in right_at.items():
        high = rights[name] * scale
        shade = list(rights).index(name) % len(COLOURS)
        parts.append(rect(RIGHT, y, NODE, high, f"flow{shade}", colours[name]))
        words = cut(name, WIDE - RIGHT - NODE - 38)
        parts.append(_node(RIGHT + NODE + 10, y + high / 2, words, rights[name], "start"))
    return drawing(key, TOP + tall + 10, alt, parts, WIDE)


def _ribbons(
    numbers: Mapping[tuple[str, str], float],
    lefts: Mapping[str, float],
    rights: Mapping[str, float],
    at: tuple[dict[str, float], dict[str, float]],
    colours: Mapping[str, str],
    scale: float,
) -> list[str]:
    """In the order of the stacks, so that as few as possible cross."""
    parts = []
    left_at, right_at = at
    start, end = LEFT + NODE, RIGHT
    half = (start + end) / 2
    for left in lefts:
        for place, right in enumerate(rights):
            wide = numbers.get((left, right), 0) * scale
            if not wide:
                continue
            a, b = left_at[left], right_at[right]
            left_at[left], right_at[right] = a + wide, b + wide
            parts.append(
                f'<path class="ct-flow{place % len(COLOURS)}" fill="{colours[right]}" '
                f'fill-opacity="0.45" d="M{start} {a:.1f}C{half} {a:.1f} {half} {b:.1f} {end} '
                f"{b:.1f}V{b + wide:.1f}C{half} {b + wide:.1f} {half} {a + wide:.1f} {start} "
                f'{a + wide:.1f}Z"/>'
            )
    return parts


def _node(x: float, y: float, name: str, count: float, anchor: str) -> str:
    return text(x, y + 5, f"{name} {number(int(count))}", anchor=anchor)


def _sums(numbers: Mapping[tuple[str, str], float], end: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for ends, count in numbers.items():
        found[ends[end]] = found.get(ends[end], 0) + count
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def _stacked(sums: Mapping[str, float], scale: float, tall: float) -> dict[str, float]:
    """Where each begins, spread over the whole height."""
    used = sum(sums.values()) * scale
    gap = (tall - used) / (len(sums) - 1) if len(sums) > 1 else 0
    at, y = {}, float(TOP)
    for name, count in sums.items():
        at[name] = y
        y += count * scale + gap
    return at
