from django.apps import AppConfig


class SavedConfig(AppConfig):
    name = "qingdan.kernel.saved"
    label = "saved"
    verbose_name = "常用条件"
