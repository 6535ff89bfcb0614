"""Hypothesis profiles (HYPOTHESIS_PROFILE=dev|ci|nightly), and how the expected output of the samples is rewritten."""

import os

from hypothesis import HealthCheck, settings

_QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
settings.register_profile("dev", max_examples=50, **_QUIET)
settings.register_profile("ci", max_examples=500, derandomize=True, **_QUIET)
settings.register_profile("nightly", max_examples=20_000, **_QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

collect_ignore = ["typing"]  # example code for mypy, never run


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the present results to tests/golden/")
