"""Public addresses. Those of lists and items are permanent and citable (P-A4): they are never changed.

A code holds no blank and none of / \\ ? # @ % (lists.codes.UNFIT), so that `@day` and `/v/n` can follow it.
"""

from django.urls import path, re_path

from .views import bases, browse, compare, complaint_status, complaints, due, figures, items, ledger, preview, receipts, rules, sheet, verify

app_name = "portal"
urlpatterns = [
    path("", browse.home, name="home"),
    path("list/<slug:slug>/", browse.one_list, name="list"),
    path("list/<slug:slug>.csv", sheet.list_csv, name="list_csv"),
    path("list/<slug:slug>/compare", compare.compare, name="compare"),
    re_path(r"^item/(?P<code>[^/@]+)/?$", items.item, name="item"),
    re_path(r"^item/(?P<code>[^/@]+)@(?P<day>[^/@]+)/?$", items.item_on, name="item_on"),
    re_path(r"^item/(?P<code>[^/@]+)/v/(?P<number>[0-9]{1,6})/?$", items.item_version, name="item_version"),
    re_path(r"^item/(?P<code>[^/@]+)/compare/?$", compare.item_compare, name="item_compare"),
    path("basis/", bases.bases, name="bases"),
    path("basis/<int:pk>/", bases.basis, name="basis"),
    path("basis/<int:pk>/<int:article>/", bases.article, name="basis_article"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:code>/", rules.measure, name="measure"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/receipt/", receipts.check, name="receipt_check"),
    path("ledger.csv", ledger.ledger_csv, name="ledger_csv"),
    path("write/", complaints.intake, name="complaint"),
    path("write/status/", complaint_status.status, name="complaint_status"),
    path("write/receipt/", complaints.receipt_file, name="complaint_receipt"),
    path("write/leave/", complaints.leave, name="complaint_leave"),
    path("write/figures/", figures.figures, name="figures"),
    path("write/figures/<str:quarter>.csv", figures.figures_csv, name="figures_csv"),
    path("contacts/", complaints.contacts, name="contacts"),
    path("due/", due.due, name="due"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.one, name="verify_code"),
    path("preview/<str:sort>/<str:key>/", preview.preview, name="preview"),
]
