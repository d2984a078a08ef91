"""Reports that a coordinator put together, and what was frozen and taken out of the house."""

from reports.models.composed import ComposedReport

__all__ = ["ComposedReport"]
