"""H5P activities: packages in, player out, saved state, results as practice.

The room is kept free of tables until packages can be imported safely; docs/decisions says what stands in the place
of the Python package that does not exist.
"""
