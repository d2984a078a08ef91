"""Reports that a coordinator put together, and what was frozen and taken out of the house."""

from reports.models.composed import ComposedReport
from reports.models.export import Export
from reports.models.snapshot import Snapshot

__all__ = ["ComposedReport", "Export", "Snapshot"]
