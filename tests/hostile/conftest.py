"""What is sent here is refused thousands of times: the log of it is not read."""

import logging

import pytest


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
