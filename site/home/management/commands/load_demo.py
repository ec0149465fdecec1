"""Loads the demo: the fictional province, twelve accounts and 600 people, assignments, two stories."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses.domain.assignment import assign
from courses.models import Assignment, CoursePage, Directive
from home.models import HomePage
from media.demo import load_demo_stories
from people import demo
from people.models import Person, Unit
from quizzes.models import Bank, Quiz

PASSWORD_FILE = "demo-password"  # noqa: S105  a file name
DUE_IN_DAYS = {"VHCV-1847": 5, "QTUX-CS": 39, "KNS-CBCC": 60}


class Command(BaseCommand):
    help = "Loads the fictional demo province, its accounts and stories. Running it again changes nothing."

    def handle(self, **options):
        if not settings.DEMO_CONTENT:
            raise CommandError("Demo content is switched off here (DEMO_CONTENT=0, or production settings).")
        demo.load_units()
        demo.load_cast(demo_password())
        demo.load_people()
        owner = Unit.objects.get(code="LG-NV")
        for model in (CoursePage, Quiz, Bank):  # the starter courses were loaded before there was a unit
            model.objects.filter(owner_unit__isnull=True).update(owner_unit=owner)
        self._assign()
        load_demo_stories(HomePage.objects.get(), Person.objects.get(username="thao"))

    def _assign(self) -> None:
        directive, _created = Directive.objects.get_or_create(
            number="1847/QĐ-TTg",
            issuer="Thủ tướng Chính phủ",
            defaults={"title": "Phê duyệt Đề án Văn hóa công vụ", "issued_on": "2018-12-27"},
        )
        province = Unit.objects.get(code=demo.PROVINCE)
        for code, days in DUE_IN_DAYS.items():
            course = CoursePage.objects.get(code=code)
            if not Assignment.objects.filter(course=course, units__unit=province).exists():
                due_on = timezone.localdate() + timedelta(days=days)
                assign(course, province, due_on, directive=directive, actor=Person.objects.get(username="an"))


def demo_password() -> str:
    """The one password of the demo accounts, made once and kept in VAR_DIR."""
    path = settings.VAR_DIR / PASSWORD_FILE
    if not path.exists():
        path.write_text(f"lam-giang-{secrets.token_hex(4)}")
        path.chmod(0o600)
    return path.read_text()
