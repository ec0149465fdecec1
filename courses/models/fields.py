"""A short list of code words in one column, which SQL on every database can look into."""

from django.db import models


class CodeListField(models.CharField):
    """A list of code words, kept as “,one,two,” so that `LIKE '%,one,%'` finds a word; an empty list is “”."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"max_length": 250, "blank": True, "default": list} | kwargs))

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        if isinstance(value, str):
            return [word for word in value.split(",") if word]
        return list(value or [])

    def get_prep_value(self, value):
        words = self.to_python(value)
        return f",{','.join(sorted(words))}," if words else ""

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value, model_instance):
        pass  # the words are checked by the form that offers them
