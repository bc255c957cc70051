from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "qingdan.kernel.notices"
    label = "notices"
    verbose_name = "提醒"
