"""Reads a STEK's present list of households from a spreadsheet: look first, confirm, and undo."""
