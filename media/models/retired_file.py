from django.db import models


class RetiredFile(models.Model):
    """A public file that may not be served any more: refused from the transaction that retired it, deleted right after.

    The row stays for a while as the answer “gone” to old addresses.

    pii: none; names of files carry no names of people.
    """

    name = models.CharField(max_length=300, unique=True)
    retired_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        verbose_name = "retired file"
        verbose_name_plural = "retired files"
        ordering = ["pk"]

    def __str__(self):
        return self.name
