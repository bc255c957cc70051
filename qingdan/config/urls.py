"""Every address of the product, room by room."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("qingdan.portal.urls")),
    path("desk/leave/", include("qingdan.kernel.leave.urls")),
    path("desk/", include("qingdan.desk.urls")),
    path("account/", include("qingdan.kernel.accounts.urls")),
    path("vault/", include("qingdan.kernel.vault.urls")),
    path("files/", include("qingdan.kernel.files.urls")),
    path("feeds/", include("qingdan.kernel.notices.urls")),
    path("lists/", include("qingdan.lists.urls")),
    path("adjustment/", include("qingdan.measures.adjustment.urls")),
    path("complaints/", include("qingdan.measures.complaints.urls")),
]
handler400 = "qingdan.kernel.ui.trouble.not_understood"
handler500 = "qingdan.kernel.ui.trouble.broken"
if settings.DEMONSTRATION:
    urlpatterns += [path("demo/", include("qingdan.demo.urls"))]
