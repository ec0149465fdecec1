"""The screens of the Wagtail admin: activities, importing, libraries."""
