"""“My data”: all of it, one's own only, on the page and in the files."""

import csv
import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from people import personal_data
from people.domain.privacy import held
from people.models import AuditEntry, Person


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", ["my_data", "my_data_details"])
def test_signing_in_comes_first(client, db, name):
    assert client.get(reverse(name)).status_code == 302


def test_the_page_counts_every_class(lan, desk):
    text = desk("lan").get(reverse("my_data")).content.decode()
    with translation.override("en"):
        for data_class, count in held.counts_about(lan):
            assert (f"<span>{data_class.label}</span>" in text) == bool(count)


def test_the_details_show_what_is_held_and_nobody_elses(lan, desk):
    text = desk("lan").get(reverse("my_data_details")).content.decode()
    assert "0100123456" in text and "17/05/1990" in text and "Vũ Mạnh Hùng" in text, "who looked at the record"
    others = desk("minh").get(reverse("my_data_details")).content.decode()
    assert "0100123456" not in others and "Nông Thị Lan" not in others


def test_secrets_and_keys_are_not_among_what_is_shown(lan):
    forbidden = {"password", "national_id_hash", "national_id_encrypted", "code_hash", "wrapped", "data", "seed", "key"}
    for holding in personal_data.all_holdings():
        assert not forbidden & {path.split("__")[-1] for path in holding.shows}


def test_the_download_holds_a_page_json_and_csv(lan, desk):
    browser = desk("lan")
    assert browser.get(reverse("my_data_download")).status_code == 405
    files = files_of(browser.post(reverse("my_data_download")).content)
    content = json.loads(files["du-lieu.json"])
    assert content["data"]["account"]["people.Person"][0]["full_name"] == "Nông Thị Lan"
    assert len(content["data"]["certificates"]["courses.Certificate"]) == 1
    assert "Nông Thị Lan" in files["du-lieu.html"].decode()
    rows = list(csv.reader(io.StringIO(files["csv/courses-completion.csv"].decode("utf-8-sig"))))
    assert len(rows) == 2
    assert "Nông Thị Lan" not in "".join(files)
    assert AuditEntry.objects.filter(action="person.data_downloaded", actor=lan).count() == 1


def test_formulas_stay_text_in_the_csv(cast, desk):
    Person.objects.filter(pk=cast["lan"].pk).update(full_name='=HYPERLINK("x")')
    files = files_of(desk("lan").post(reverse("my_data_download")).content)
    assert "'=HYPERLINK" in files["csv/people-person.csv"].decode()


def test_the_number_of_queries_does_not_grow_with_the_records(lan, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as few:
        held.everything_about(cast["minh"])
    with django_assert_max_num_queries(60) as many:
        held.everything_about(lan)
    assert len(few) == len(many)


def test_the_command_writes_the_same(lan, tmp_path):
    call_command("export_person", "lan", out=tmp_path / "lan.zip")
    assert "du-lieu.json" in files_of((tmp_path / "lan.zip").read_bytes())
    assert AuditEntry.objects.filter(action="viewed.all_data", about=lan).exists()
    with pytest.raises(CommandError, match="nobody"):
        call_command("export_person", "nobody", out=tmp_path / "x.zip")
