"""Addresses of signing in that allauth does not have. They stand before allauth's own."""

from django.urls import path

from people.views import access, activation

urlpatterns = [
    path("kich-hoat/", activation.activate, name="activate"),
    path("kich-hoat/mat-khau/", activation.choose_password, name="activate_password"),
    path("tai-khoan/con-lam-viec/", access.keep_alive, name="keep_alive"),
    path("tai-khoan/mo-lai/", access.wake, name="wake_account"),
    path("tai-khoan/mo-lai/<str:token>/", access.wake_by_letter, name="wake_account_by_letter"),
    path("tai-khoan/xac-thuc-hai-lop/", access.set_up_second_factor, name="second_factor_set_up"),
    path("tai-khoan/2fa/webauthn/keys/<int:pk>/remove/", access.remove_passkey),  # in the place of allauth's
]
