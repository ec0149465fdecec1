"""Files made in the background, kept for some days for whoever asked.

`ordering` writes a wish down, `sources` says what stands behind it and whether it is still in scope, `making` writes
the file, `keeping` hands it out and removes it.
"""
