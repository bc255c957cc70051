"""The addresses of the demonstration: those of the product and its two doors."""

from django.urls import include, path

from qingdan.config.urls import urlpatterns as product

urlpatterns = [*product, path("demo/", include("qingdan.demo.urls"))]
