"""The inspector's evidence pack: what a unit was asked to learn in a year and what became of it, in one ZIP file.

`asking` says who may have it, `evidence` finds the rows, `columns` what is shown of them, `writing` puts it together.
"""
