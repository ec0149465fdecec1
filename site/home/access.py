"""To whom the addresses of the site itself are open."""

from shared.access import PUBLIC

DOORS = dict.fromkeys(("front_page", "search", "set_language", "healthz", "readyz"), PUBLIC)
