"""The PostgreSQL of a test: whoever was given its address finds it there again after a crash."""

import socket
import threading

import pytest

from tests import postgres


@pytest.fixture
def cluster():
    with postgres.or_skip() as found:
        yield found


def test_after_a_crash_it_comes_back_on_its_port_even_if_somebody_held_that_for_a_moment(cluster):
    port = cluster.port
    cluster.crash()
    held = socket.create_server(("127.0.0.1", port))
    let_go = threading.Timer(1.5, held.close)
    let_go.start()
    cluster.start()
    let_go.join()
    assert cluster.port == port and cluster.sql("SELECT 1") == [(1,)]
