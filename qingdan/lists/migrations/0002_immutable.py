"""Items and published versions only grow: the database itself refuses to change or delete one (P-A2)."""

from django.db import migrations

from qingdan.kernel.ledger.immutable import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("lists", "0001_initial")]
    operations = [refuse_changes("lists_item"), refuse_changes("lists_itemversion")]
