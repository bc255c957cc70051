from django.urls import path

from . import views

urlpatterns = [
    path("registers/", views.book, name="book"),
    path("registers/book.xlsx", views.book_xlsx, name="book_xlsx"),
    path("registers/months/", views.months, name="months"),
    path("registers/months/<str:number>/<str:figure>/", views.month_cases, name="month_cases"),
    path("registers/faults/", views.faults, name="faults"),
    path("registers/faults/<str:number>/<str:duty>/", views.decide, name="decide"),
    path("registers/counts/", views.counts, name="counts"),
    path("registers/checks/", views.checks, name="checks"),
    path("registers/checks/new/", views.new_check, name="new_check"),
    path("registers/checks/<int:pk>/amend/", views.amend_check, name="amend_check"),
    path("registers/false-reports/", views.false_reports, name="false_reports"),
    path("registers/false-reports/new/", views.new_false_report, name="new_false_report"),
    path("registers/false-reports/<int:pk>/amend/", views.amend_false_report, name="amend_false_report"),
    path("<str:number>/report_month/", views.month, name="month"),
]
