from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """The State Council's arrangements: those shipped as data, and those entered by two persons."""

    name = "qingdan.kernel.calendar"
    label = "calendar"
    verbose_name = "工作日历"
