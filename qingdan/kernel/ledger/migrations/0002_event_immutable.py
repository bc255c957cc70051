"""The ledger only grows: the database itself refuses to change or delete an event."""

from django.db import migrations

from qingdan.kernel.ledger.immutable import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [refuse_changes("ledger_event")]
