"""T10, f2, f5: of thirty markers none lies in the database, its log, the product's logs, or a backup; who is entitled reads them all."""

import base64
import io
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as product
from django.db import connection

from qingdan.kernel import clock
from qingdan.kernel.backup import making
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.vault import crypto, keys, rotating, unlocking
from qingdan.kernel.vault.filing import seal_files
from qingdan.kernel.vault.models import Reading, Sealed
from qingdan.kernel.vault.reading import read_content, read_file, read_identity
from qingdan.kernel.vault.sealing import seal
from tests.kernel.files.harmless.office import word
from tests.kernel.files.harmless.test_content import inside

from .conftest import SUBJECT
from .markers import MARKERS, found, in_folder

pytestmark = pytest.mark.django_db(transaction=True)
HALF = len(MARKERS) // 2


@pytest.fixture
def logged():
    """All that the product logs while somebody has turned everything on, the statements to the database included."""
    out, root = io.StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(out), root.level
    quiet = logging.getLogger("django.db.backends")
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    quiet.addHandler(handler)
    quiet.setLevel(logging.DEBUG)
    connection.force_debug_cursor = True
    yield out
    connection.force_debug_cursor = False
    quiet.removeHandler(handler)
    quiet.setLevel(logging.NOTSET)
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def lived(room, logged, settings, tmp_path):
    """A complaint full of markers: sealed, unlocked, read, its keys rotated."""
    settings.MEDIA_ROOT = tmp_path / "files"
    fields = {f"f{i}": marker for i, marker in enumerate(MARKERS)}
    room.identity = seal("identity", SUBJECT, dict(list(fields.items())[:HALF]))
    room.content = seal("content", SUBJECT, dict(list(fields.items())[HALF:]))
    handed_in = ["\n".join(MARKERS).encode(coding) for coding in ("utf-8", "utf-16", "gb18030")]
    handed_in += [word("".join(f"<w:p><w:r><w:t>{marker}</w:t></w:r></w:p>" for marker in MARKERS))]
    files = seal_files(SUBJECT, handed_in)
    note("fill", by=None, rows=[room.identity, room.content, *(row for file in files for row in file)])
    unlocking.grant(unlocking.ask(SUBJECT, "核实", by=room.inv_1, office=room.office), by=room.keeper_1, until=clock.now() + timedelta(hours=1))
    who = {"by": room.inv_1, "office": room.office, "purpose": "核实"}
    told = [*read_identity(room.identity, **who).values(), *read_content(room.content, **who).values()]
    assert set(told) == set(MARKERS), "who is entitled reads every one, so the test is alive"
    given = [read_file(file.sealed, **who).data for file in files]
    assert [found(data) for data in given[:3]] == [set(MARKERS)] * 3 and found(inside(given[3], "word/document.xml").encode()) == set(MARKERS)
    rotating.rotate()
    return room


def database():
    """The files of the embedded database; empty on a server, whose backup is looked through instead."""
    if connection.vendor != "sqlite":
        return []
    path = Path(connection.settings_dict["NAME"])
    return [p for p in (path, Path(f"{path}-wal")) if p.exists()]


def test_T10_no_marker_lies_in_the_database_its_log_the_products_logs_or_a_backup(lived, logged, tmp_path):
    archive, _ = making.make(tmp_path / "backup")
    files = {str(path): path.read_bytes() for path in [*database(), archive]}
    assert all(b"vault_sealed" in data for data in files.values() if len(data) > 100_000), "what was looked through has the tables"
    assert {name: found(data) for name, data in files.items() if found(data)} == {}
    said = logged.getvalue()
    assert "INSERT INTO \"vault_sealed\"" in said and found(said.encode()) == set()
    assert in_folder(tmp_path) == {}
    assert len(list((tmp_path / "files").iterdir())) == 4, "the store has the files, so the test is alive"


def test_f5_neither_a_data_key_nor_a_key_of_the_ring_lies_in_the_database_or_a_backup(lived, tmp_path):
    """With the dump, the files and the settings of the product, but without the ring's file, nothing opens."""
    archive, _ = making.make(tmp_path / "backup")
    ring = keys.ring()
    secrets = [key.secret for key in ring.keys]
    from qingdan.kernel.vault.sealing import unwrap

    secrets += [unwrap(row, ring) for row in Sealed.objects.all()]
    data = b"".join(path.read_bytes() for path in [*database(), archive])
    shapes = [shape for s in secrets for shape in (s, s.hex().encode(), base64.b64encode(s)[:40])]
    assert len(secrets) >= 4 and not [shape for shape in shapes if shape in data]
    assert Path(product.VAULT_KEYS).name.encode() not in data


def test_f5_what_the_settings_know_does_not_open_anything(lived):
    for row in Sealed.objects.all():
        for known in (product.SECRET_KEY, row.pk, row.subject, row.key_id, row.commitment):
            key = crypto.PROVIDERS[row.alg].derived(known.encode(), "wrap")
            with pytest.raises(crypto.Broken):
                crypto.PROVIDERS[row.alg].unseal(key, base64.b64decode(row.wrapped), row.aad + b"\0" + row.key_id.encode())


@pytest.mark.parametrize("form", [lambda m: m.encode(), lambda m: m.encode("utf-16-le"), lambda m: m.encode("gb18030", "replace"),
                                  lambda m: base64.b64encode(b"ab" + m.encode() + b"c"), lambda m: base64.b64encode(b"abc" + m.encode()), lambda m: base64.b64encode(b"a" + m.encode() + b"yz")])  # fmt: skip
def test_the_search_finds_each_marker_in_each_encoding(form):
    assert all(found(b"\x00before" + form(marker) + b"after") == {marker} for marker in MARKERS)


def test_readings_of_the_lived_complaint_are_as_many_as_its_openings(room):
    before = crypto.opened()
    for _ in range(3):
        read_content(room.content, by=room.inv_1, office=room.office, purpose="核实")
    assert crypto.opened() - before == Reading.objects.count() == 3
