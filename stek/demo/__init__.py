"""STEKs with invented people and visits: the demo set, and the larger ones for the benchmarks.

Everything follows from a seed and the day of today; nobody in it exists.
"""
