from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "qingdan.kernel.offices"
    label = "offices"
    verbose_name = "单位与人员"
