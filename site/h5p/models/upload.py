import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from h5p.enums import UploadState


class PackageUpload(models.Model):
    """A package that was uploaded and checked; it waits in quarantine until somebody confirms or discards it.

    pii: who uploaded it; removed with the row some days after the decision.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    report = models.JSONField()
    state = models.CharField(max_length=10, choices=UploadState)
    uploaded_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True, db_index=True)
    content = models.ForeignKey("h5p.Content", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("uploaded package")
        verbose_name_plural = _("uploaded packages")
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.file_name
