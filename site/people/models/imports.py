"""Imports of staff lists: the file, its rows as they were understood, and what was there before them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import EmploymentType, Gender, ImportState, PositionGroup, RowDecision, RowKind

# References of staging rows carry no index and no constraint: a full province writes each of them 38,800 times in
# the one transaction that confirms it, and rows are looked up by their import only.
_LOOSE = {"db_constraint": False, "db_index": False}


class PeopleImport(models.Model):
    """One uploaded list on its way: read, shown row by row, confirmed, perhaps undone.

    `unit` is the scope: rows may speak of it and what is below it only; without one, of everything. `layout` holds
    how the sheets were understood, `counts` the rows of each kind, `problem` why a whole file was refused.

    `unit_choices` says which units names of the list stand for that were not recognised, by the name's reference:
    {"unit": id, "by": id of the officer or None, "at": ISO time}. `row_decisions` are the decisions on doubtful rows
    of an earlier reading, see `deciding.decisions_of`.

    pii: the uploaded list, encrypted, and its rows as staged, with names, birth dates, contact data and national
    IDs as keyed hashes; removed some weeks after the import was closed (IMPORT_DAYS). Who imported what stays.
    """

    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    effective_on = models.DateField(_("effective date"))
    accept_lost_zeros = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.STAGING)
    file = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=200)
    file_size = models.PositiveIntegerField(default=0)
    sheets = models.JSONField(default=list)
    layout = models.JSONField(default=list)
    problem = models.JSONField(default=dict)
    rows_total = models.PositiveIntegerField(default=0)
    rows_staged = models.PositiveIntegerField(default=0)
    staging_round = models.PositiveIntegerField(default=0)  # counts how often it was read; a late worker gives up
    counts = models.JSONField(default=dict)
    unit_choices = models.JSONField(default=dict)
    row_decisions = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import of a list")
        verbose_name_plural = _("imports of lists")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.file_name


class StagedValues(models.Model):
    """A record with its posting, as columns of a staging table: set-based statements copy them as they are."""

    full_name = models.CharField(max_length=120, blank=True)
    sort_key = models.CharField(max_length=400, blank=True)
    search_key = models.CharField(max_length=200, blank=True)
    staff_number = models.CharField(max_length=30, null=True)  # noqa: DJ001 (as Person.staff_number)
    work_email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    birth_date = models.DateField(null=True)
    gender = models.CharField(max_length=10, choices=Gender, blank=True)
    national_id_hash = models.CharField(max_length=64, blank=True)
    national_id_encrypted = models.TextField(blank=True)
    unit = models.ForeignKey("people.Unit", models.SET_NULL, null=True, related_name="+", **_LOOSE)
    position_title = models.CharField(max_length=150, blank=True)
    job_title = models.CharField(max_length=150, blank=True)
    grade = models.CharField(max_length=100, blank=True)
    position_group = models.CharField(max_length=20, choices=PositionGroup, blank=True)
    employment_type = models.CharField(max_length=20, choices=EmploymentType, blank=True)
    is_manager = models.BooleanField(default=False)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        abstract = True


class ImportRow(StagedValues):
    """A person's row of a list and what the import would do with it; the values are those after the import.

    `cells` are what the sheet shows, `given` what it was understood to say, `problems` what was found (codes of
    `people.sheets.problems`), `changes` the fields that differ. `touches_person` and `posting_step` say which tables
    the row writes to. National IDs stand here as keyed hashes, in `cells` masked.

    pii: as PeopleImport.
    """

    NO_STEP, BEGIN, STEP, AMEND = "", "begin", "step", "amend"

    people_import = models.ForeignKey(PeopleImport, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()  # among all rows of the import
    sheet = models.CharField(max_length=100, blank=True)
    number = models.PositiveIntegerField()  # of the row in its sheet
    kind = models.CharField(max_length=10, choices=RowKind)
    cells = models.JSONField(default=dict)
    given = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    is_warned = models.BooleanField(default=False)
    asks_for_zero = models.BooleanField(default=False)
    changes = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    decision = models.CharField(max_length=5, choices=RowDecision, blank=True)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+", **_LOOSE)
    username = models.CharField(max_length=60, blank=True)
    touches_person = models.BooleanField(default=False)
    posting = models.ForeignKey("people.Posting", models.SET_NULL, null=True, related_name="+", **_LOOSE)
    posting_step = models.CharField(max_length=6, blank=True)
    new_posting = models.ForeignKey("people.Posting", models.SET_NULL, null=True, related_name="+", **_LOOSE)
    undo = models.CharField(max_length=30, blank=True)  # "undone", "removed", "closed" or the code of a problem

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["people_import", "position"], name="import_row_once"),
        ]
        indexes = [models.Index(fields=["people_import", "kind", "position"], name="import_rows_by_kind")]

    def __str__(self):
        return f"{self.sheet} {self.number}"


class ImportRowBefore(StagedValues):
    """What the record and the posting of a row held before the import; undoing puts it back.

    pii: as PeopleImport.
    """

    row = models.OneToOneField(ImportRow, models.CASCADE, related_name="before", primary_key=True)

    class Meta:
        verbose_name = _("record before an import")
        verbose_name_plural = _("records before imports")

    def __str__(self):
        return str(self.row_id)
