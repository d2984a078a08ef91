"""What the tests of this folder start from."""

import pytest


@pytest.fixture
def els(coordinator):
    """Els, the coordinator of Kalmthout."""
    return coordinator
