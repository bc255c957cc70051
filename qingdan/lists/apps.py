from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "qingdan.lists"
    label = "lists"
    verbose_name = "清单"
