"""Answers under faults: see __main__.py."""
