from django.urls import path

from . import views

urlpatterns = [
    path("laws/", views.laws, name="laws"),
    path("laws/new/", views.enter, name="new_law_change"),
    path("laws/<int:pk>/", views.law_change, name="law_change"),
    path("holds/", views.holds, name="holds"),
    path("holds/<int:pk>/resume/", views.resume, name="resume"),
]
"""The watch over laws (第五条) and what repeals hold back (第十条（一））; included among the room's addresses."""
