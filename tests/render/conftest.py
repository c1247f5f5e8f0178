import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "mutation: builds a project, breaks it, and runs its tests")
