"""The verbs of the press office, one module per life-cycle."""
