from django.urls import path

from . import views

urlpatterns = [path("lapses/<str:number>/<int:target>/", views.lapse, name="lapse")]
