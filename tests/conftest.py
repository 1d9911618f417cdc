"""What every test relies on: property tests that try the same inputs every time, and marks that hold in every process."""

import signal
import sys
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")
signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background would hand on that it is ignored


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """`no_cover` in the processes of xdist too: pytest-cov pauses one tracer there, and another that it had begun before goes on."""
    tracer = sys.gettrace() if item.get_closest_marker("no_cover") else None
    if tracer is not None:
        sys.settrace(None)
    try:
        yield
    finally:
        if tracer is not None:
            sys.settrace(tracer)
