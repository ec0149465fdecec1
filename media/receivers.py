"""News from Wagtail and Django: stories written, published, unpublished, deleted."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from media.domain import publishing
from media.models import ShareCard, StoryPage
from shared.domain import outbox

PUBLIC_CONTENT = {"live", "body", "main_photograph"}


@receiver(pre_save, sender=Page)
def guard_the_base_record(instance, raw, update_fields=None, **kwargs):
    """A story can also be written through Wagtail's base Page, which never meets StoryPage.save."""
    if raw or not instance.live or not instance.pk or (update_fields and "live" not in update_fields):
        return
    if instance.content_type_id == ContentType.objects.get_for_model(StoryPage).pk:
        for story in StoryPage.objects.filter(pk=instance.pk):
            publishing.require_consent(story)


@receiver(post_save, sender=StoryPage)
def note_the_photographs(instance, raw, update_fields=None, **kwargs):
    """In the transaction of the write, so that queries never meet a story without its list of pictures."""
    if not raw and (update_fields is None or PUBLIC_CONTENT & set(update_fields)):
        publishing.note_photographs(instance)


@receiver(page_published, sender=StoryPage)
def make_public_files(instance, **kwargs):
    outbox.enqueue("media.prepare_pictures", instance.pk)
    outbox.enqueue("media.share_card", instance.pk)


@receiver(page_unpublished, sender=StoryPage)
def delete_public_files(instance, **kwargs):
    publishing.follow_unpublication(instance.pk)


@receiver(post_delete, sender=ShareCard)
def delete_the_cards_file(instance, **kwargs):
    """A card goes with its story; the file must not stay behind."""
    storage, name = instance.file.storage, instance.file.name
    transaction.on_commit(lambda: storage.delete(name), robust=True)
