"""Units and their dated tree, persons, postings, roles and scopes, sign-in, the log of changes."""
