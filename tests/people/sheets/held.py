"""A process of the crash tests: stages or confirms an import and holds still in the middle until it is killed."""

import os
import sys
import time
from pathlib import Path

BATCH = 10


def hold() -> None:
    Path(os.environ["VAR_DIR"], "held").touch()
    time.sleep(600)


def main(what: str, import_id: int) -> None:
    import django

    django.setup()
    from people.domain import importing
    from people.domain.importing import applying, staging, statements
    from people.models import PeopleImport
    from shared.domain import outbox

    if what == "stage":
        staging.BATCH_ROWS = BATCH
        outbox.still_at_it = after(2, outbox.still_at_it)
        importing.stage(import_id)
    else:
        statements.end_postings = lambda import_id: hold()
        if what == "confirm-in-pieces":
            applying.transaction = Piecewise
            applying.PeopleImport.objects.select_for_update = lambda **options: PeopleImport.objects.all()
        importing.confirm(PeopleImport.objects.get(pk=import_id), actor=None)


def after(times: int, real):
    done = []

    def count(*arguments):
        done.append(arguments)
        real(*arguments)
        if len(done) == times:
            hold()

    return count


class Piecewise:
    """In the place of django.db.transaction: nothing is held together."""

    @staticmethod
    def atomic():
        from contextlib import nullcontext

        return nullcontext()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
