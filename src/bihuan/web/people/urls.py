"""Addresses of log-in, passwords and users."""

from django.urls import path

from bihuan.web.people import users, views

app_name = "people"
urlpatterns = [
    path("log-in/", views.log_in, name="log_in"),
    path("log-in/demo/", views.demo_log_in, name="demo_log_in"),
    path("log-out/", views.log_out, name="log_out"),
    path("password/", views.change_password, name="change_password"),
    path("users/", users.users, name="users"),
    path("users/new/", users.new_user, name="new_user"),
    path("users/<uuid:user_id>/", users.user, name="user"),
    path("users/<uuid:user_id>/password/", users.reset_password, name="reset_password"),
    path("users/<uuid:user_id>/unlock/", users.unlock, name="unlock"),
    path("users/<uuid:user_id>/active/", users.set_active, name="set_active"),
    path("users/<uuid:user_id>/certificate/", users.set_certificate, name="set_certificate"),
    path("users/<uuid:user_id>/roles/", users.grant_role, name="grant_role"),
    path("users/<uuid:user_id>/roles/withdraw/", users.withdraw_role, name="withdraw_role"),
]
