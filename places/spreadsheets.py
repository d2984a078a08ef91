"""The one place that keeps a spreadsheet from running what somebody typed as a formula. Pure."""

#: What Excel, LibreOffice and Numbers begin a formula with, in half and in full width.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
