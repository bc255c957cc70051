from django.urls import path

from .views import audit, factors, leave, own, people, requests, second, single, watch

app_name = "accounts"
urlpatterns = [
    path("", own.own, name="own"),
    path("password/", own.password, name="password"),
    path("sessions/end/", own.end, name="end"),
    path("second/", second.second, name="second"),
    path("passkey/", second.passkey, name="passkey"),
    path("factors/totp/", factors.totp, name="totp"),
    path("factors/passkey/", factors.add_passkey, name="add_passkey"),
    path("factors/recovery/", factors.recovery, name="recovery"),
    path("factors/<int:pk>/remove/", factors.remove, name="remove_factor"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/off/", people.deactivate, name="deactivate"),
    path("people/<int:pk>/ask/<str:kind>/", requests.ask, name="ask"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<int:pk>/", requests.decide, name="request"),
    path("leaves/", leave.leaves, name="leaves"),
    path("leaves/<int:pk>/", leave.decide, name="leave"),
    path("people/<int:pk>/leave/", leave.ask, name="ask_leave"),
    path("watch/", watch.watch, name="watch"),
    path("watch/clock/", watch.confirm_clock, name="watch_clock"),
    path("watch/holds/<int:pk>/", watch.confirm_hold, name="watch_hold"),
    path("renew/", requests.renew, name="renew"),
    path("log/", audit.log, name="log"),
    path("log.csv", audit.log_csv, name="log_csv"),
    path("single/", single.away, name="oidc"),
    path("single/back/", single.back, name="oidc_back"),
    path("told/", own.told, name="told"),
]
