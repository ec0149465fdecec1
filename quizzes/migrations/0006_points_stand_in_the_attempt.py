from django.db import migrations, models


def carry_points(apps, schema_editor):
    """The points that stand beside the answers go into their attempts."""
    attempts, responses = (apps.get_model("quizzes", name).objects for name in ("Attempt", "Response"))
    for attempt in attempts.exclude(state="in_progress").defer("paper").iterator():
        rows = responses.filter(attempt=attempt).order_by("slot").values_list("slot", "points")
        attempt.earned = {str(slot): None if points is None else f"{points:.4f}" for slot, points in rows}
        attempt.save(update_fields=["earned"])


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0005_rules_accommodations_rulings")]

    operations = [
        migrations.AddField(model_name="attempt", name="earned", field=models.JSONField(default=dict)),
        migrations.RunPython(carry_points, migrations.RunPython.noop),
        migrations.RemoveField(model_name="response", name="points"),
    ]
