from django.apps import AppConfig


class LeaveConfig(AppConfig):
    name = "qingdan.kernel.leave"
    label = "leave"
    verbose_name = "代办"
