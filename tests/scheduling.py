"""Which worker runs which test when the suite runs in parallel.

A file stays together, so that what a file prepares once is prepared once, and tests that start threads of their own
do not meet in two workers. All browser journeys stay together: they share one served site.
"""

from xdist.scheduler import LoadFileScheduling

JOURNEYS = "tests/journeys/"


class FilesAndJourneys(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else super()._split_scope(nodeid)
