"""/api/v1: a thin door over the rooms' queries and domain, and the news other systems ask to be told. Versioned."""
