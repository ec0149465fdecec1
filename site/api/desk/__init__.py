"""The editing desk of the API: tokens and webhooks, for administrators."""
