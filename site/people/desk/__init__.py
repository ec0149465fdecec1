"""The administrators' part of the Wagtail menu: people, units, roles, and what was changed about them."""
