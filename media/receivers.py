"""News from Wagtail and Django: stories written, published, unpublished, deleted."""

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from media.domain import kept_pages, public_files, publishing
from media.models import Consent, Exemplar, Photograph, PictureExemption, PressKit, ShareCard, StoryPage
from shared.domain import outbox

SHOWN = (
    "file",
    "blur_regions",
    "focal_point_x",
    "focal_point_y",
    "focal_point_width",
    "focal_point_height",
)
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
    outbox.enqueue("media.press_kit", instance.pk)


@receiver(page_unpublished, sender=StoryPage)
def delete_public_files(instance, **kwargs):
    publishing.note_removal(instance)
    publishing.retire_public_files(instance.pk)


@receiver(post_delete, sender=ShareCard)
@receiver(post_delete, sender=PressKit)
def delete_the_file(instance, **kwargs):
    """Card and kit go with their story; the file must not stay behind."""
    public_files.retire([instance.file.name])


@receiver(pre_save, sender=Photograph)
def notice_another_picture(instance, raw, update_fields=None, **kwargs):
    """Remembers whether what readers see of the photograph changes: file, blurred parts, focal point."""
    instance._shows_something_else = False
    if raw or update_fields is not None:
        return
    former = Photograph.objects.filter(pk=instance.pk).values(*SHOWN).first() if instance.pk else None
    now = {name: getattr(instance, name) for name in SHOWN} | {"file": instance.file.name}
    instance._shows_something_else = former != now
    instance._is_known = former is not None


@receiver(post_save, sender=Photograph)
def prepare_the_picture(instance, raw, **kwargs):
    """After an upload or a change the public copies are made in the background; outdated ones go at once."""
    if raw or not getattr(instance, "_shows_something_else", False):
        return
    if instance._is_known:
        public_files.retire_photograph(instance.pk)
        instance.refresh_from_db(fields=["public_token"])
    outbox.enqueue("media.prepare_photograph", instance.pk)


@receiver(page_published)
@receiver(page_unpublished)
def readers_see_something_else(**kwargs):
    """Stories, campaigns and courses stand on one another's pages."""
    kept_pages.move_stamp()


@receiver(post_save, sender=Consent)
@receiver(post_save, sender=PictureExemption)
@receiver(post_save, sender=Exemplar)
@receiver(post_save, sender=Photograph)
@receiver(post_save, sender=ShareCard)
@receiver(post_save, sender=PressKit)
@receiver(post_delete, sender=StoryPage)
def what_stories_rest_on_changed(raw=False, **kwargs):
    if not raw:
        kept_pages.move_stamp()
