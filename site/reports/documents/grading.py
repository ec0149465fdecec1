"""The bands of the classification, as administrators keep them."""

from decimal import Decimal

from django.db import transaction

from people.domain import audit
from reports.models import GradeBand

# What a site starts with. There is no national scale for learning on line; each agency sets its own.
STARTING_BANDS = (("Xuất sắc", 9), ("Giỏi", 8), ("Khá", 7), ("Đạt", 5), ("Chưa đạt", 0))


def load_starting_bands(**_sent) -> None:
    """Fills an empty table after the migrations."""
    if not GradeBand.objects.exists():
        GradeBand.objects.bulk_create(
            GradeBand(label=label, from_points=Decimal(points)) for label, points in STARTING_BANDS
        )


@transaction.atomic
def set_band(band: GradeBand, *, actor) -> GradeBand:
    """Enters or changes a band; reports made from now on use it."""
    band.save()
    audit.record(actor, "grade_band.set", band, label=band.label, from_points=str(band.from_points))
    return band


@transaction.atomic
def delete_band(band: GradeBand, *, actor) -> None:
    audit.record(actor, "grade_band.deleted", band, label=band.label, from_points=str(band.from_points))
    band.delete()
