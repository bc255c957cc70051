from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "qingdan.kernel.vault"
    label = "vault"
    verbose_name = "保密库"
