"""Addresses of the door, the accounts and the audit trail; included under the name orgs."""

from django.urls import path

from orgs.sessions.views import accounts, audit_trail, door, password, second_factor

urlpatterns = [
    path("login/", door.login, name="login"),
    path("logout/", door.logout, name="logout"),
    path("session/", door.session, name="session"),
    path("password/", password.password, name="password"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("second-factor/begin/", second_factor.begin, name="second_factor_begin"),
    path("second-factor/confirm/", second_factor.confirm, name="second_factor_confirm"),
    path("second-factor/remove/", second_factor.remove, name="second_factor_remove"),
    path("accounts/", accounts.account_list, name="accounts"),
    path("accounts/<int:user_id>/", accounts.account, name="account"),
    path("accounts/<int:user_id>/end-sessions/", accounts.end_sessions, name="account_end_sessions"),
    path("accounts/<int:user_id>/unlock/", accounts.unlock, name="account_unlock"),
    path("accounts/<int:user_id>/disable/", accounts.disable, name="account_disable"),
    path("accounts/<int:user_id>/enable/", accounts.enable, name="account_enable"),
    path("accounts/<int:user_id>/remove-factor/", accounts.remove_factor, name="account_remove_factor"),
    path("accounts/<int:user_id>/reset-password/", accounts.reset_password, name="account_reset_password"),
    path("audit/", audit_trail.audit, name="audit"),
    path("audit/export/", audit_trail.audit_export, name="audit_export"),
]
