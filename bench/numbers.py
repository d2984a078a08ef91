"""Percentiles of durations, in milliseconds."""

from collections.abc import Sequence


def percentile(seconds: Sequence[float], share: float) -> float:
    """The value that this share of the measurements does not exceed."""
    ordered = sorted(seconds)
    place = max(0, -int(-share * len(ordered) // 1) - 1)
    return ordered[place] * 1000


def p50(seconds: Sequence[float]) -> float:
    return percentile(seconds, 0.50)


def p95(seconds: Sequence[float]) -> float:
    return percentile(seconds, 0.95)
