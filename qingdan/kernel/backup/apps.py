from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "qingdan.kernel.backup"
    label = "backup"
    verbose_name = "备份"
