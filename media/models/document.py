from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument

from media.storage import private_storage


class Document(AbstractDocument):
    """A file to download. It is served by a view, never straight from a public folder.

    pii: whatever the file contains; kept until an editor deletes it. Consent papers do not belong here.
    """

    file = models.FileField(_("file"), upload_to="documents", storage=private_storage)
    is_public = models.BooleanField(
        _("public"), default=False, help_text=_("Everybody may download the file, without signing in.")
    )
    # As in AbstractDocument but for the reverse names, which Wagtail's own, unused Document model has taken.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="documents",
        verbose_name=_("uploaded by"),
    )
    uploaded_by_user.wagtail_reference_index_ignore = True
    tags = TaggableManager(help_text=None, blank=True, verbose_name=_("tags"), related_name="documents")

    admin_form_fields = ("title", "file", "is_public", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        permissions = [("choose_document", "Can choose document")]
