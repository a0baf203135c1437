"""Addresses of signing in, people and posts, accounts and the audit trail."""

from django.urls import path

from orgs.accounts import account_views, audit_trail_views, login_views, password_views, people_views, second_factor_views

urlpatterns = [
    path("people/", people_views.people, name="people"),
    path("people/add/", people_views.add_account, name="account_add"),
    path("people/<int:user_id>/", people_views.person, name="person"),
    path("people/<int:user_id>/give-post/", people_views.give, name="post_give"),
    path("posts/<int:post_id>/end/", people_views.end, name="post_end"),
    path("login/", login_views.login, name="login"),
    path("logout/", login_views.logout, name="logout"),
    path("session/", login_views.session, name="session"),
    path("password/", password_views.password, name="password"),
    path("second-factor/", second_factor_views.second_factor, name="second_factor"),
    path("second-factor/begin/", second_factor_views.begin, name="second_factor_begin"),
    path("second-factor/confirm/", second_factor_views.confirm, name="second_factor_confirm"),
    path("second-factor/remove/", second_factor_views.remove, name="second_factor_remove"),
    path("accounts/", account_views.account_list, name="accounts"),
    path("accounts/<int:user_id>/", account_views.account, name="account"),
    path("accounts/<int:user_id>/end-sessions/", account_views.end_sessions, name="account_end_sessions"),
    path("accounts/<int:user_id>/unlock/", account_views.unlock, name="account_unlock"),
    path("accounts/<int:user_id>/disable/", account_views.disable, name="account_disable"),
    path("accounts/<int:user_id>/enable/", account_views.enable, name="account_enable"),
    path("accounts/<int:user_id>/remove-factor/", account_views.remove_factor, name="account_remove_factor"),
    path("accounts/<int:user_id>/reset-password/", account_views.reset_password, name="account_reset_password"),
    path("audit/", audit_trail_views.audit, name="audit"),
    path("audit/export/", audit_trail_views.audit_export, name="audit_export"),
]
