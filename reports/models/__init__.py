"""Reports that a coordinator put together, what was frozen and taken out of the house, and who may
read it by machine.
"""

from reports.models.composed import ComposedReport
from reports.models.consumer import Consumer
from reports.models.export import Export
from reports.models.snapshot import Snapshot

__all__ = ["ComposedReport", "Consumer", "Export", "Snapshot"]
