"""Where the room's files lie. Originals and evidence are private, only renditions and share cards public."""

from django.core.files.storage import storages


def private_storage():
    """The private storage, looked up late so that settings and migrations name no concrete class."""
    return storages["private"]
