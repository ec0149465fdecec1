from django.db import migrations

from people import append_only


def install(apps, schema_editor):
    append_only.install(schema_editor.connection)


def remove(apps, schema_editor):
    append_only.remove(schema_editor.connection)


class Migration(migrations.Migration):
    """Entries of the log can be added, never changed or deleted."""

    dependencies = [("people", "0001_people_units_roles_log")]
    operations = [migrations.RunPython(install, remove)]
