"""Telling other systems: who is told (`subscribing`), of what (`queueing`), how (`delivering`, `posting`, `signing`),
and to which addresses we ever send (`addresses`).
"""
