"""The front door: home page, standard pages, search, menus, site set-up, health."""
