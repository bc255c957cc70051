"""The product's addresses, and the minimal view."""

from django.urls import path

from qingdan.config.urls import handler500, urlpatterns

from .minimal import minimal

urlpatterns = [*urlpatterns, path("minimal/", minimal)]
__all__ = ["handler500", "urlpatterns"]
