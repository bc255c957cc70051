from django.apps import AppConfig


class BasesConfig(AppConfig):
    name = "qingdan.lists.bases"
    label = "bases"
    verbose_name = "依据"
