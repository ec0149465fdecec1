"""Signing in: who a name means, what proof is asked for, and how long it lasts."""
