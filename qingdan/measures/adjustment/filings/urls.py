from django.urls import path

from . import views

urlpatterns = [
    path("filings/", views.filings, name="filings"),
    path("filings/own-lists/", views.own_changes, name="own_changes"),
    path("filings/own-lists/new/", views.new_own_change, name="new_own_change"),
    path("filings/rules/", views.unit_rules, name="unit_rules"),
    path("filings/rules/new/", views.new_unit_rule, name="new_unit_rule"),
]
