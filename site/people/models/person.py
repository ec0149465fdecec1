from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.enums import FormOfAddress, Gender
from shared.text.fields import DerivedTextField, LowerCaseEmailField, NormalisedTextField, WithDerivedText
from shared.text.fold import fold
from shared.text.names import initials, sort_key, split_name


class PersonManager(BaseUserManager):
    def create_user(self, username, full_name, password=None, **fields):
        person = self.model(username=self.model.normalize_username(username), full_name=full_name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, username, full_name, password=None, **fields):
        return self.create_user(username, full_name, password, is_staff=True, is_superuser=True, **fields)


class Person(WithDerivedText, AbstractBaseUser, PermissionsMixin):
    """An official, civil servant, public employee or worker; the account they sign in with.

    Training records outlive people: a person is deactivated, never deleted, once evidence exists.

    pii: name, birth date, gender, staff number, work e-mail and phone, kept while the person serves and as long
    as the training records must be kept; the national ID as a keyed hash, and encrypted only where the person's
    unit keeps it (`Unit.keeps_national_ids`); password as Argon2id hash.
    """

    username = models.CharField(
        _("sign-in name"), max_length=60, unique=True, error_messages={"unique": _("This sign-in name is taken.")}
    )
    full_name = NormalisedTextField(_("full name"), max_length=120)
    sort_key = DerivedTextField(source=("full_name",), derive=sort_key, max_length=400)
    search_key = DerivedTextField(source=("full_name", "staff_number"), derive=fold, max_length=200)
    staff_number = models.CharField(_("staff number"), max_length=30, unique=True, null=True, blank=True)
    work_email = LowerCaseEmailField(_("work e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, blank=True)
    national_id_hash = models.CharField(max_length=64, blank=True, editable=False)
    national_id_encrypted = models.TextField(blank=True, editable=False)
    form_of_address = models.CharField(
        _("form of address"), max_length=10, choices=FormOfAddress, default=FormOfAddress.FORMAL
    )
    language = models.CharField(_("interface language"), max_length=5, blank=True)
    is_staff = models.BooleanField(_("may enter the administration"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("account created"), default=timezone.now)
    restricted_at = models.DateTimeField(
        _("use of the data restricted since"), null=True, blank=True, editable=False
    )  # kept as evidence, but in no list of HR: people.domain.privacy.restriction
    erased_at = models.DateTimeField(_("data erased"), null=True, blank=True, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "work_email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = pgettext_lazy("records", "people")
        ordering = ["sort_key", "pk"]
        # Not db_index: on PostgreSQL each would be two, and an import of a province writes every one 38,800 times.
        indexes = [
            models.Index(fields=["sort_key"], name="person_by_name"),
            models.Index(fields=["search_key"], name="person_by_search_key", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["phone"], name="person_by_phone"),
            # sign-in takes names in any case
            models.Index(Upper("username"), name="person_by_sign_in_name"),
            models.Index(Upper("staff_number"), name="person_by_staff_number"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["work_email"], condition=~models.Q(work_email=""), name="person_work_email_unique"
            ),
            models.UniqueConstraint(
                fields=["national_id_hash"], condition=~models.Q(national_id_hash=""), name="person_national_id_unique"
            ),
        ]

    def __str__(self):
        return self.full_name

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.given_name

    @property
    def given_name(self) -> str:
        """The last word of the name: the one a Vietnamese person is called by."""
        return split_name(self.full_name)[2]

    @property
    def initials(self) -> str:
        return initials(self.full_name)

    # Wagtail's account screens speak of these two; Vietnamese names are kept whole.
    @property
    def first_name(self) -> str:
        return self.given_name

    @property
    def last_name(self) -> str:
        return split_name(self.full_name)[0]

    @property
    def email(self) -> str:
        return self.work_email
