"""/api/v1: a thin door over the rooms' queries and domain. Read-only and versioned."""
