"""How large a file may be. A province has 60,000 people at most (domain notes 3.2); the rest is room."""

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
MAX_UNPACKED_BYTES = 400 * 1024 * 1024  # a workbook is a ZIP; a full province unpacks to about 60 MB
MAX_CELLS = 6_000_000  # of one sheet's rectangle: the reader keeps it in memory as a whole
MAX_COLUMNS = 300
HEADER_WITHIN_ROWS = 60
BATCH_ROWS = 500
