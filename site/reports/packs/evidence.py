"""The rows of a pack: what belonged to the unit at that time, under dated places of units and postings."""

from datetime import date, datetime, time, timedelta

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from courses.models import (
    Assignment,
    Certificate,
    Completion,
    Directive,
    DirectiveHop,
    DirectiveReceipt,
    Exemption,
    ObligationReason,
)
from people.models import AuditEntry, Posting, UnitClosure
from reports.packs.asking import PackQuestion

_NEVER = date(9999, 12, 31)


def _or_never(end):
    """The end of an interval; one without an end goes on for ever."""
    return Coalesce(end, Value(_NEVER), output_field=DateField())


def _meets(dated: tuple[str, str], other: tuple) -> Q:
    """Condition: the dated interval of a row (first day, end exclusive or none) has a day in common with another."""
    start, end = dated
    return Q(**{f"{start}__lt": other[1]}) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": other[0]}))


class Evidence:
    """Every query is of one unit, what stood below it then, and one year. Restricted people are in none of them."""

    def __init__(self, question: PackQuestion):
        self.question = question
        self.begins = timezone.make_aware(datetime.combine(question.first, time.min))
        self.ends = timezone.make_aware(datetime.combine(question.last + timedelta(days=1), time.min))

    def below_on(self, unit: str, day: str) -> Exists:
        """Whether the unit of the row stood in the pack's unit on the day of the row."""
        places = UnitClosure.objects.filter(
            ancestor=self.question.unit.pk, descendant=OuterRef(unit), valid_from__lte=OuterRef(day)
        )
        return Exists(places.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef(day))))

    def placed(self, person: str, start: str, end: str) -> Exists:
        """Whether the person of the row was in the unit at a time of the year at which the row held.

        The posting, the place of its unit, the row and the year all have days in common: intervals of which any two
        meet have a day on which all of them meet.
        """
        first, beyond = self.question.first, self.question.last + timedelta(days=1)
        place, row = "unit__closure_above__", (OuterRef(start), _or_never(OuterRef(end)))
        posted, placed = ("valid_from", "valid_to"), (f"{place}valid_from", f"{place}valid_to")
        of_year = [_meets(one, (Value(first), Value(beyond))) for one in (posted, placed)]
        of_row = [_meets(one, row) for one in (posted, placed)]
        both = _meets(posted, (F(placed[0]), _or_never(F(placed[1]))))
        found = Posting.objects.filter(
            *of_year,
            *of_row,
            both,
            person=OuterRef(person),
            is_primary=True,
            unit__closure_above__ancestor=self.question.unit.pk,
        )
        return Exists(found)

    def reasons(self) -> QuerySet[ObligationReason]:
        """Reasons that asked, in the year, people who were in the unit while they were asked."""
        return ObligationReason.objects.filter(
            self.placed("obligation__person", "since", "until"),
            _meets(("since", "until"), (Value(self.question.first), Value(self.question.last + timedelta(days=1)))),
            obligation__person__restricted_at__isnull=True,
        )

    def rules(self) -> QuerySet[Assignment]:
        found = Assignment.objects.filter(pk__in=self.reasons().values("assignment"))
        return found.select_related("course", "path", "directive", "owner_unit", "created_by").order_by("pk")

    def directives(self) -> QuerySet[Directive]:
        """Those the rules rest on, and those that reached the unit in the year."""
        rested = self.rules().order_by().values("directive")
        return Directive.objects.filter(Q(pk__in=rested) | Q(pk__in=self.hops().values("directive"))).order_by("pk")

    def hops(self) -> QuerySet[DirectiveHop]:
        found = DirectiveHop.objects.filter(sent_at__gte=self.begins, sent_at__lt=self.ends)
        found = found.annotate(day=F("sent_at__date")).filter(self.below_on("unit", "day"))
        return found.select_related("directive", "unit", "received_by").order_by("sent_at", "pk")

    def receipts(self) -> QuerySet[DirectiveReceipt]:
        """The roll-call: everybody who was handed a directive in the unit in the year."""
        found = DirectiveReceipt.objects.filter(
            given_at__gte=self.begins, given_at__lt=self.ends, person__restricted_at__isnull=True
        )
        found = found.annotate(day=F("given_at__date")).filter(self.below_on("unit", "day"))
        return found.select_related("directive", "unit", "person").order_by("directive", "person__sort_key", "pk")

    def completions(self) -> QuerySet[Completion]:
        """Completions of the year by people who were in the unit when they completed."""
        found = Completion.objects.filter(
            completed_at__gte=self.begins, completed_at__lt=self.ends, person__restricted_at__isnull=True
        )
        found = found.annotate(day=F("completed_at__date")).filter(self.below_on("unit", "day"))
        return found.select_related("person", "course", "edition", "certificate").order_by("completed_at", "pk")

    def certificates(self) -> QuerySet[Certificate]:
        found = Certificate.objects.filter(completion__in=self.completions().order_by().values("pk"))
        return found.select_related("completion__course").order_by("issuer", "year", "number")

    def exemptions(self) -> QuerySet[Exemption]:
        """Asked for or in force in the year, of people who were in the unit then, whatever was decided."""
        year = (Value(self.question.first), Value(self.question.last + timedelta(days=1)))
        found = Exemption.objects.filter(
            self.placed("person", "valid_from", "valid_to"),
            _meets(("valid_from", "valid_to"), year),
            person__restricted_at__isnull=True,
        )
        return found.select_related("person", "course", "requested_by", "decided_by").order_by("requested_at", "pk")

    def log(self) -> QuerySet[AuditEntry]:
        """Entries of the year about the rules, exemptions and certificates of the pack; no personal values."""
        subjects = Q()
        for label, rows in (
            ("courses.Assignment", self.rules()),
            ("courses.Exemption", self.exemptions()),
            ("courses.Certificate", self.certificates()),
        ):
            numbers = rows.order_by().annotate(number_as_text=Cast("pk", CharField())).values("number_as_text")
            subjects |= Q(subject_type=label, subject_id__in=numbers)
        found = AuditEntry.objects.filter(subjects, at__gte=self.begins, at__lt=self.ends)
        return found.select_related("actor").order_by("at", "pk")
