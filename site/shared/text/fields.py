"""Model fields that keep Vietnamese text normal and its derived keys in step with it.

In step after `save` and `bulk_create`; `update` and `bulk_update` write what they are given and derive nothing.
"""

from django.db import models

from .fold import to_nfc


class NormalisedTextField(models.CharField):
    """Text stored in NFC, without stray white space, whatever the input method sent."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return to_nfc(value) if isinstance(value, str) else value

    def to_python(self, value):
        value = super().to_python(value)
        return to_nfc(value) if isinstance(value, str) else value

    def pre_save(self, instance, add):
        value = self.get_prep_value(getattr(instance, self.attname))
        setattr(instance, self.attname, value)
        return value


class LowerCaseEmailField(models.EmailField):
    """An e-mail address in small letters, as sign-in looks it up; one address in two spellings is one address."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value.lower() if isinstance(value, str) else value

    def pre_save(self, instance, add):
        value = self.get_prep_value(getattr(instance, self.attname))
        setattr(instance, self.attname, value)
        return value

    def deconstruct(self):
        """To migrations it is an ordinary address."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs


class WithDerivedText(models.Model):
    """A model with derived keys: saving only a source of a key saves the key too."""

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields is not None:
            changed = set(update_fields)
            fields = [field for field in self._meta.concrete_fields if isinstance(field, DerivedTextField)]
            update_fields = changed | {field.name for field in fields if changed.intersection(field.source)}
        super().save(*args, update_fields=update_fields, **kwargs)


class DerivedTextField(models.CharField):
    """A stored key computed from other fields of the row (`source`) by `derive`, never edited by hand.

    Sorted and compared as bytes (collation C) on PostgreSQL, as SQLite does, so that both give one order.
    """

    def __init__(self, *args, source: tuple[str, ...] = (), derive=None, **kwargs):
        self.source, self.derive = source, derive
        kwargs.setdefault("default", "")
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters

    def pre_save(self, instance, add):
        if self.derive is None:  # historical models in migrations know no derivation
            return getattr(instance, self.attname)
        text = " ".join(str(getattr(instance, name) or "") for name in self.source).strip()
        value = self.derive(text)[: self.max_length]
        setattr(instance, self.attname, value)
        return value
