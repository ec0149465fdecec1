"""What the room of the API does when courses have news."""

from django.dispatch import receiver

from api.domain.webhooks.queueing import tell_of_completion
from courses.signals import course_completed


@receiver(course_completed)
def _tell(sender, completion, certificate, **_signal):
    tell_of_completion(completion, certificate)
