"""Tables defined once: the same columns feed the HTML page, the XLSX file and the CSV file.

A room describes its columns (`Column`), puts them with its rows into a `Table`, and hands that to its
template (`Table.lines`), to `to_xlsx` or to `to_csv`. So a file can never say something else than the screen.
"""

from .columns import Cell, Column, Table, grouped
from .csv_file import to_csv
from .xlsx_file import to_xlsx, write_xlsx

__all__ = ["Cell", "Column", "Table", "grouped", "to_csv", "to_xlsx", "write_xlsx"]
