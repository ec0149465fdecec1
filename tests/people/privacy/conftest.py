from tests.people.privacy.living import *  # noqa: F403  fixtures
