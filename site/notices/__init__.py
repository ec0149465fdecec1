"""News for one person: in-site notices now; e-mail and the reminder ladder stand on the same rows."""
