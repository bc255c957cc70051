"""作废: a row beside the paper, never changed either."""

import django.db.models.deletion
from django.db import migrations, models

from qingdan.kernel.ledger.immutable import refuse_changes


class Migration(migrations.Migration):

    dependencies = [
        ('papers', '0002_immutable'),
    ]

    operations = [
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='原因')),
                ('withdrawn_on', models.DateField(verbose_name='作废日期')),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='papers.paper')),
                ('replaced_by', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='papers.paper', verbose_name='更正后的文书')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        refuse_changes('papers_withdrawal'),
    ]
