from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """The State Council's arrangements, shipped as data. No models."""

    name = "qingdan.kernel.calendar"
    label = "calendar"
    verbose_name = "工作日历"
