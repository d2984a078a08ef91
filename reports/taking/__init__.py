"""A report that leaves the house: frozen, checked against what left before, corrected."""
