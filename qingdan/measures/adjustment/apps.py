from django.apps import AppConfig


class AdjustmentConfig(AppConfig):
    name = "qingdan.measures.adjustment"
    label = "adjustment"
    verbose_name = "动态调整"
