"""Notices as their reader may see them."""

from notices.models import Notice


def notices_for(viewer):
    return Notice.objects.filter(person=viewer)


def unread_for(viewer):
    return notices_for(viewer).filter(read_at__isnull=True)
