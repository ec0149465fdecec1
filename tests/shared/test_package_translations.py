"""No message of a package is left in English: counted in the catalogues."""

import polib

from shared import package_translations


def test_no_message_of_a_package_is_left_in_english():
    assert [f"{found.package}: {found.entry.msgid}" for found in package_translations.untranslated()] == []


def test_the_count_covers_what_the_desks_are_made_of():
    counted: dict[str, int] = {}
    for message in package_translations.messages():
        counted[message.package] = counted.get(message.package, 0) + 1
    assert counted["wagtail.admin"] > 900
    assert counted["allauth"] > 350
    assert {"wagtail", "wagtail.images", "wagtail.documents", "wagtail.snippets", "django"} <= set(counted)


def test_a_message_of_an_upgrade_would_be_found(monkeypatch):
    news = package_translations.PackageMessage("wagtail.admin", "django", polib.POEntry(msgid="Brand new"))
    monkeypatch.setattr(package_translations, "messages", lambda: iter([news]))
    assert package_translations.untranslated() == [news]


def test_what_is_collected_is_appended_once_and_waits_for_its_translation(monkeypatch, settings, tmp_path):
    folder = tmp_path / "locale" / "upstream" / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for domain in package_translations.DOMAINS:
        polib.POFile().save(str(folder / f"{domain}.po"))
    settings.ROOT = tmp_path
    news = package_translations.PackageMessage("wagtail.admin", "djangojs", polib.POEntry(msgid="Brand new"))

    package_translations.add_to_catalogues([news, news])
    package_translations.add_to_catalogues([news])

    written = polib.pofile(str(folder / "djangojs.po"))
    assert [(entry.msgid, entry.msgstr) for entry in written] == [("Brand new", "")]
    assert len(polib.pofile(str(folder / "django.po"))) == 0
