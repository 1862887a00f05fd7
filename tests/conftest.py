"""What all tests share: helpers are importable, no test touches the developer's own keep, and CI skips nothing."""

import os
import sys
import tempfile
from pathlib import Path

import pytest

for folder in (Path(__file__).parent, Path(__file__).parent / "dream"):
    sys.path.insert(0, str(folder))

_HOME = tempfile.TemporaryDirectory(prefix="harken-tests-")
os.environ["HARKEN_HOME"] = _HOME.name
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # nor the developer's own keychain
os.environ["HARKEN_CACHE"] = str(Path(_HOME.name) / "cache")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Where HARKEN_SKIP_NOTHING is set (in CI), a skipped test is a failed one; but a right to mount file systems or
    to make network namespaces cannot be installed, and a machine that gives none is not at fault."""
    outcome = yield
    report = outcome.get_result()
    strict = os.environ.get("HARKEN_SKIP_NOTHING") and not hasattr(report, "wasxfail")
    if report.skipped and strict and "as root" not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and nothing may be skipped here: {report.longrepr}"
