from decimal import Decimal

import django.core.validators
from django.db import migrations, models

import shared.text.fields

class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="GradeBand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", shared.text.fields.NormalisedTextField(max_length=60, verbose_name="name of the band")),
                ("from_points", models.DecimalField(decimal_places=2, max_digits=4, unique=True, validators=[django.core.validators.MinValueValidator(Decimal("0")), django.core.validators.MaxValueValidator(Decimal("10"))], verbose_name="from points, of ten")),
            ],
            options={"verbose_name": "band of results", "verbose_name_plural": "bands of results", "ordering": ["-from_points"]},
        ),
    ]
