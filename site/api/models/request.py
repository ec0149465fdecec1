from django.db import models
from django.utils import timezone


class WriteRequest(models.Model):
    """A request that wrote something, by the key its sender gave it: sent again, it gets the same answer.

    pii: the answer holds ids of people and may name them in a warning; removed after some days
    (`api.personal_data`).
    """

    token = models.ForeignKey("api.ApiToken", models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "API request"
        verbose_name_plural = "API requests"
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="api_request_once")]

    def __str__(self):
        return self.key
