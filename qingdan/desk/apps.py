from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "qingdan.desk"
    label = "desk"
    verbose_name = "待办"
