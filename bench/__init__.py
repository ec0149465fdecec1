"""Measurements of speed: CPU per unit of work, as ratios in one run; never a timed test."""
