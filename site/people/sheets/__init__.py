"""Reading the sheets HR offices really keep, and handing them back with what was found. Knows no database.

`workbook` opens a file (.xlsx, .xls, .ods, .csv), `header` finds the heading and what each column means, `body`
tells people's rows from sections, sums and signatures, `draft` makes values of the cells, `report` writes the
same file with the columns “Lỗi” and “Kết quả”. `problems` holds every fault that can be found, in words.
"""
