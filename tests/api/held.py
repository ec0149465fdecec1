"""A worker of the crash test: sends a message and holds still before it can note that it arrived."""

import os
import sys
import time
from pathlib import Path


def hold(*_arguments) -> None:
    Path(os.environ["VAR_DIR"], "held").touch()
    time.sleep(600)


def main(entry_id: int) -> None:
    import django

    django.setup()
    from django.conf import settings

    from api.domain.webhooks import delivering
    from shared.domain import outbox

    settings.WEBHOOK_CA_FILE = os.environ["SINK_CA"]
    delivering._note = hold
    outbox.work_off(entry_id)


if __name__ == "__main__":
    main(int(sys.argv[1]))
