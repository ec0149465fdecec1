"""Vietnamese text: one canonical form and search without marks (`fold`), personal names (`names`)."""
