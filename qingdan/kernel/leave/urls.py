from django.urls import path

from . import views

app_name = "leave"
urlpatterns = [
    path("", views.own, name="own"),
    path("<int:pk>/end/", views.end, name="end"),
    path("stand/", views.stand, name="stand"),
]
