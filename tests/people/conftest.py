from tests.config.stage import cast, site, stage  # noqa: F401  fixtures
