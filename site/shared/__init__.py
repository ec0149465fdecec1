"""What every room uses and no room owns: base templates, Vietnamese text, spreadsheets, errors, the outbox, search."""
