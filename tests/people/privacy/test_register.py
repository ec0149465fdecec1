"""Every model that holds personal data is in the register, and the register holds water."""

import re

import pytest
from django.apps import apps
from django.db import models

from people import personal_data
from people.models import Person
from people.personal_data import Fate

_SUSPICIOUS = re.compile(
    r"(^|_)(name|names|fullname|e?mail|phone|birth|birthday|gender|signer|author|ip|given_by|portrait|national|staff)(_|$)"
)
_NAMES_OF_THINGS = re.compile(
    r"^(short_name|unit_name|file_name|machine_name|main_library_name|provider_name|is_staff|form_of_address)$"
)
_NO_PII = re.compile(r"pii:\s*none")


def looks_personal(model: type[models.Model]) -> str:
    """Why the model looks as if it held personal data; "" if it does not."""
    if "pii:" in (model.__doc__ or "") and not _NO_PII.search(model.__doc__):
        return "its docstring says so"
    for field in model._meta.local_fields:
        if field.is_relation and field.related_model is Person and not field.remote_field.parent_link:
            return f"{field.name} points at a person"
        if _SUSPICIOUS.search(field.name) and not _NAMES_OF_THINGS.match(field.name):
            return f"{field.name} may be about a person"
    return ""


def unregistered(found) -> dict[str, str]:
    known = personal_data.registered_models()
    reasons = {model._meta.label: looks_personal(model) for model in found if model._meta.label not in known}
    # Which named thing a unit, bank or category is, is said by its own docstring: "pii: none".
    return {
        label: why
        for label, why in reasons.items()
        if why and not ("may be about" in why and _NO_PII.search(apps.get_model(label).__doc__ or ""))
    }


def test_every_model_with_personal_data_is_registered():
    assert unregistered(apps.get_models(include_auto_created=True)) == {}


@pytest.mark.parametrize("missing", ["courses.Completion", "quizzes.Response", "people.Person", "media.Consent"])
def test_a_model_left_out_would_be_found(monkeypatch, missing):
    """The control."""
    known = personal_data.registered_models() - {missing}
    monkeypatch.setattr(personal_data, "registered_models", lambda: known)
    assert set(unregistered(apps.get_models(include_auto_created=True))) == {missing}


def test_what_is_registered_exists():
    for label in personal_data.registered_models():
        apps.get_model(label)


@pytest.mark.django_db
@pytest.mark.parametrize("holding", personal_data.all_holdings(), ids=lambda holding: holding.model)
def test_paths_lead_to_people_and_values(cast, holding):
    if not holding.person:
        assert not holding.shows, "what is shown must be about somebody"
        return
    list(holding.rows_of(cast["lan"]).values_list("pk", *holding.shows)[:1])


def test_each_class_says_what_why_and_how_long():
    for data_class in personal_data.classes():
        assert all(str(text) for text in (data_class.label, data_class.what, data_class.why, data_class.kept))
        assert personal_data.holdings_of(data_class)


def test_what_is_deleted_about_a_person_has_a_way_to_be_deleted():
    follow = {"account.EmailConfirmation", "people.ImportRowBefore"}  # with the address, with the row
    for holding in personal_data.all_holdings():
        if holding.person and holding.fate in {Fate.DELETED, Fate.ANONYMISED} and holding.model not in follow:
            anonymised_with_another = holding.model in {"media.StoryPerson", "people.DataRequestStep"}
            assert holding.erase or anonymised_with_another, holding.model


def test_two_classes_of_one_key_are_refused():
    other = personal_data.DataClass("account", "x", "x", "x", "x")
    with pytest.raises(ValueError, match="account"):
        personal_data.register(other)


def test_the_public_notice_is_made_from_the_register(site, client):
    from django.conf import settings
    from django.utils import translation

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get("/quyen-rieng-tu/")
    text = page.content.decode()
    with translation.override("en"):
        for data_class in personal_data.classes():
            assert f"<h3>{data_class.label}</h3>" in text
    assert "At present 365 days" in text
    assert client.get("/").content.decode().count('href="/quyen-rieng-tu/"') >= 1


def test_pages_without_the_register_do_not_show_it(site, client):
    assert 'id="register"' not in client.get("/huong-dan/").content.decode()
