"""Signals, the structural signals that bundle them, and every step of those."""

from policy.models.bundle import Bundle, BundleStep
from policy.models.signal import Signal

__all__ = ["Bundle", "BundleStep", "Signal"]
