from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "qingdan.demo"
    label = "demo"
    verbose_name = "演示"
