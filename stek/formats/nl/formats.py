"""How dates, times and numbers are written in Flanders: 21/03/2026, 14u30, 1 234,5."""

DATE_FORMAT = "d/m/Y"
SHORT_DATE_FORMAT = "d/m/Y"
DAY_MONTH_FORMAT = "j/n"
TIME_FORMAT = r"G\ui"
DATETIME_FORMAT = r"d/m/Y G\ui"
SHORT_DATETIME_FORMAT = r"d/m/Y G\ui"
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%Hu%M", "%H.%M", "%Hu"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
