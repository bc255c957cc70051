"""An issued paper and an attached scan never change."""

from django.db import migrations

from qingdan.kernel.ledger.immutable import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]
    operations = [refuse_changes("papers_paper"), refuse_changes("papers_scan")]
