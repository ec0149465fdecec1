from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's users are our people: its own screens, which know neither our names nor our log, do not exist."""

    user_viewset = "people.desk.persons.PersonViewSet"
