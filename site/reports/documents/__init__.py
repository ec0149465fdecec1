"""The papers HR hands in: five reports in the form that Decree 30/2020 gives official documents.

`asking` reads and checks what is asked for, `duties` counts in the database who was obliged on a day, `lines` turns
that into the rows of each report, `columns` says once what they show, `paper` puts letterhead and table together, and
`writing` gives the same paper as XLSX, CSV, DOCX and PDF. The papers are Vietnamese in every language of the site.
"""
