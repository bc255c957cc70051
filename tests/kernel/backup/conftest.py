"""An installation with a short history, its archive, and an operator at its commands."""

import shutil

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction

from qingdan.kernel import clock
from qingdan.kernel.backup.making import make
from qingdan.kernel.backup.sqlite import looking_at
from qingdan.kernel.files.store import keep
from qingdan.kernel.ledger.acts import note
from tests.kernel.ledger.worlds import approved, said
from tests.world import make_district


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker, tmp_path_factory):
    """An installation with a short history and two files, and its archive."""
    folder = tmp_path_factory.mktemp("lived")
    var = folder / "var"
    (var / "files").mkdir(parents=True)
    with django_db_blocker.unblock(), transaction.atomic():
        approved(make_district())
        with clock.frozen("2016-06-15T09:00"):
            rows = [keep(ContentFile(f"第{i}份".encode(), f"{i}.txt")) for i in range(2)]
            note("fill", by=None, rows=rows)
        (var / "qingdan.sqlite3").write_bytes(connection.connection.serialize())
        transaction.set_rollback(True)
    for row in rows:
        (var / "files" / row.stored).write_bytes(row.path.read_bytes())
    with django_db_blocker.unblock(), at(var):
        return var, make(folder)[0]


def at(var):
    return looking_at(var / "qingdan.sqlite3", var / "files")


@pytest.fixture
def installed(lived, tmp_path):
    """A copy to spoil."""
    return shutil.copytree(lived[0], tmp_path / "var")


@pytest.fixture
def archive(lived, tmp_path):
    return shutil.copy(lived[1], tmp_path / "archive.tar")


@pytest.fixture
def operator(django_db_blocker, capsys):
    """operator(var, command, word): exit code, standard output and standard error of this command of the product, for the installation there."""

    def run(var, command, word):
        with django_db_blocker.unblock(), at(var):
            return said(capsys, command, str(word))

    return run
