"""Which passwords may be chosen, and what a short one binds its owner to."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from people.domain import access
from people.models import AuditEntry, Person, ShortPassword
from tests.people.sign_in.factors import add_app

SHORT, LONG = "gió lộng9", "đèo cao gió lộng"


def test_eight_characters_beside_a_second_factor_and_fourteen_without(cast, settings):
    lan = cast["lan"]
    with pytest.raises(ValidationError, match="14"):
        validate_password(SHORT, lan)
    add_app(lan)
    validate_password(SHORT, lan)
    with pytest.raises(ValidationError, match="8"):
        validate_password("gió 9x", lan)


def test_the_limits_are_settings(cast, settings):
    settings.PASSWORD_LENGTH = 20
    with pytest.raises(ValidationError, match="20"):
        validate_password("đèo cao gió lộng 123"[:19], cast["lan"])


@pytest.mark.parametrize("poor", ["Nông Thị Lan 1", "lan@lamgiang.example", "LG0001LG0001LG", "qwertyuiop"])
def test_names_numbers_and_common_ones_are_refused(settings, poor):
    settings.PASSWORD_LENGTH = 8
    lan = Person(username="nong-thi-lan", full_name="Nông Thị Lan", staff_number="LG0001LG0001")
    lan.work_email = "lan@lamgiang.example"
    with pytest.raises(ValidationError) as refusal:
        validate_password(poor, lan)
    assert refusal.value.error_list[0].code in {"password_too_similar", "password_too_common"}


def test_a_short_password_keeps_the_last_factor(cast, site, client, enter):
    lan = cast["lan"]
    factor = add_app(lan)
    access.choose_password(lan, SHORT)
    from people.adapters import SecondFactorAdapter

    assert SecondFactorAdapter().can_delete_authenticator(factor) is False
    access.choose_password(lan, LONG)
    assert SecondFactorAdapter().can_delete_authenticator(Authenticator.objects.get()) is True
    assert not ShortPassword.objects.exists()


def test_a_chosen_password_stands_in_the_log_without_itself(signed_in, site):
    from tests.cast import PASSWORD

    form = {"oldpassword": PASSWORD, "password1": LONG, "password2": LONG}
    response = signed_in("lan").post("/tai-khoan/password/change/", form)
    assert (response.status_code, response.url) == (302, "/tai-khoan/")
    [entry] = AuditEntry.objects.filter(action="person.password_chosen")
    assert LONG not in str(entry.details)
