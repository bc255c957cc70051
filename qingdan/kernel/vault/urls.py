from django.urls import path

from . import declaring, views

app_name = "vault"
urlpatterns = [
    path("", views.unlocks, name="unlocks"),
    path("ask/<str:subject>/", views.ask, name="ask"),
    path("unlocks/<str:unlock>/", views.unlock, name="unlock"),
    path("identity/<str:subject>/", views.identity, name="identity"),
    path("seen/<str:subject>/", views.seen, name="seen"),
    path("seen/<str:subject>/print/", views.seen_print, name="seen_print"),
    path("interests/", declaring.interests, name="interests"),
    path("interests/<int:pk>/end/", declaring.end_interest, name="end_interest"),
]
