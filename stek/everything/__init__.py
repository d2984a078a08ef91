"""Everything about one household, and who looked at it: for the visitor, as PDF or as JSON."""
