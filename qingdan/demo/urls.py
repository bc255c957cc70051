from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("enter/", views.enter, name="enter"),
    path("clock/", views.move_clock, name="clock"),
]
