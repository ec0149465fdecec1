from ipaddress import ip_network

import pytest

from tests.api.sink import Sink
from tests.reports.conftest import province  # noqa: F401  the small province of the desk's tests


@pytest.fixture
def sink(tmp_path, settings):
    """A receiver on this machine whose network was opened and whose certificate is trusted."""
    with Sink(tmp_path) as receiver:
        settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
        settings.WEBHOOK_CA_FILE = str(receiver.certificate)
        yield receiver
