"""What is left of an erased person in the room of people: rows that count, and name nobody."""

from django.utils import timezone

from people.models import DataRequest, DataRequestStep, Person, Posting, Unit

# Stands in the place of the name wherever one is shown, on every language's pages: it is data, like a name.
HIDDEN_NAME = "Đã ẩn theo yêu cầu"


def empty_account(person: Person) -> None:
    """Takes out of the account everything that says who it was; nobody can sign in to it any more."""
    person.username = f"da-an-{person.pk}"
    person.full_name = HIDDEN_NAME
    person.staff_number = None
    person.work_email = person.phone = person.gender = person.language = ""
    person.birth_date = person.last_login = None
    person.national_id_hash = person.national_id_encrypted = ""
    person.is_active = person.is_staff = person.is_superuser = False
    person.erased_at = timezone.now()
    person.set_unusable_password()
    person.save()
    person.groups.clear()


def empty_postings(person: Person) -> None:
    """Ends what is held, forgets what was to come; past postings keep unit and group, for the counts."""
    today = timezone.localdate()
    held = Posting.objects.filter(person=person)
    held.filter(valid_from__gte=today).delete()
    held.filter(valid_to__isnull=True).update(valid_to=today)
    held.filter(valid_to__gt=today).update(valid_to=today)
    held.update(position_title="", job_title="", grade="")


def leave_headships(person: Person) -> None:
    Unit.objects.filter(head=person).update(head=None)


def empty_requests(person: Person) -> None:
    """What was asked for and when it was answered stays; what was written goes."""
    DataRequest.objects.filter(person=person).update(text="", answer="")
    DataRequestStep.objects.filter(request__person=person).update(text="")
