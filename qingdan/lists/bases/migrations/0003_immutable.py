"""The links of a version are as immutable as the version: the database itself refuses to change or delete one (P-A6)."""

from django.db import migrations

from qingdan.kernel.ledger.immutable import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("bases", "0002_received_on")]
    operations = [refuse_changes("bases_basislink")]
