from django.db import migrations

from qingdan.kernel.ledger.immutable import refuse_changes


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0001_initial'),
    ]

    operations = [
        refuse_changes("vault_reading"),
    ]
