"""The typefaces: built at set-up from pinned font packages, never committed."""
