"""What is held about one person: to be read on a page, or taken away as files."""

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.db.models import JSONField, Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people import personal_data
from people.models import Person
from people.personal_data import DataClass, Holding
from shared.tables import Column, Table, to_csv


@dataclass(frozen=True)
class Sheet:
    """The rows of one model about a person, with what may be shown of them."""

    holding: Holding
    rows: list[tuple]

    @property
    def name(self) -> str:
        """For files: "courses-enrolment"."""
        return self.holding.model.lower().replace(".", "-")

    @property
    def headings(self) -> list[str]:
        return [str(label) for label in self.holding.shows.values()]

    def texts(self) -> Iterable[list[str]]:
        """The rows as people read them."""
        readers = [_choices(self.holding.model_class, path) for path in self.holding.shows]
        for row in self.rows:
            yield [
                as_text(choices.get(value, value) if choices else value)
                for value, choices in zip(row, readers, strict=True)
            ]

    def labelled(self) -> Iterable[list[tuple[str, str]]]:
        """The same, each text with its heading."""
        for texts in self.texts():
            yield list(zip(self.headings, texts, strict=True))

    def records(self) -> list[dict[str, Any]]:
        """The rows for programs: values by the names they have in the register."""
        return [dict(zip(self.holding.shows, map(_plain, row), strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Chapter:
    data_class: DataClass
    sheets: list[Sheet]

    @property
    def count(self) -> int:
        return sum(len(sheet.rows) for sheet in self.sheets)


def everything_about(person: Person) -> list[Chapter]:
    """All that is held about the person, class by class; one query for each model of the register."""
    chapters = []
    for data_class in personal_data.classes():
        sheets = [
            Sheet(holding, list(holding.rows_of(person).values_list(*holding.shows)))
            for holding in personal_data.holdings_of(data_class)
            if holding.person and holding.shows
        ]
        sheets = [sheet for sheet in sheets if sheet.rows]
        if sheets:
            chapters.append(Chapter(data_class, sheets))
    return chapters


def counts_about(person: Person) -> list[tuple[DataClass, int]]:
    """How many records of each class there are."""
    return [
        (data_class, sum(h.rows_of(person).count() for h in personal_data.holdings_of(data_class) if h.person))
        for data_class in personal_data.classes()
    ]


def archive(person: Person) -> bytes:
    """A ZIP with all of it: `du-lieu.html` to read, `du-lieu.json` for programs, a CSV for each kind of record."""
    chapters = everything_about(person)
    made_at = timezone.localtime()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        page = render_to_string(
            "people/privacy/archive.html", {"person": person, "chapters": chapters, "made_at": made_at}
        )
        file.writestr("du-lieu.html", page)
        file.writestr("du-lieu.json", _json(chapters, made_at))
        for sheet in (sheet for chapter in chapters for sheet in chapter.sheets):
            file.writestr(f"csv/{sheet.name}.csv", _csv(sheet))
    return buffer.getvalue()


def _json(chapters: list[Chapter], made_at: datetime) -> str:
    content = {
        "made_at": made_at.isoformat(timespec="seconds"),
        "data": {
            chapter.data_class.key: {sheet.holding.model: sheet.records() for sheet in chapter.sheets}
            for chapter in chapters
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _csv(sheet: Sheet) -> bytes:
    columns = tuple(
        Column(path, label, itemgetter(place)) for place, (path, label) in enumerate(sheet.holding.shows.items())
    )
    return b"".join(to_csv(Table(sheet.name, columns, sheet.texts())))


def as_text(value) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "H:i d/m/Y")
    if isinstance(value, date):
        return date_format(value, "d/m/Y")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _plain(value):
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _choices(model: type[Model], path: str) -> dict:
    """The words for the values of the field at the end of the path, where it has some."""
    field = None
    for name in path.split("__"):
        if isinstance(field, JSONField):
            return {}
        field = model._meta.get_field(name)
        model = field.related_model or model
    return dict(field.flatchoices) if field.choices else {}
