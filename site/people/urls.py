"""The HR desk for people, under /nhan-su/: their records, imports, activation slips, requests about personal data."""

from django.urls import path

from people.views import account_access, data_requests, imports, person, persons, postings, slips

app_name = "people"

urlpatterns = [
    path("nguoi/", persons.persons, name="persons"),
    path("nguoi/xuat.xlsx", persons.export_xlsx, name="export_xlsx"),
    path("nguoi/xuat.csv", persons.export_csv, name="export_csv"),
    path("nguoi/them/", person.add_person, name="add_person"),
    path("nguoi/<int:pk>/ho-so/", person.person, name="person"),
    path("nguoi/<int:pk>/ho-so/sua/", person.change_person, name="change_person"),
    path("nguoi/<int:pk>/tai-khoan/<slug:act>/", account_access.account_act, name="account_act"),
    path("nguoi/<int:pk>/chuc-vu/them/", postings.add_posting, name="add_posting"),
    path("nguoi/<int:pk>/chuc-vu/du-kien/<str:day>/", postings.cancel_planned, name="cancel_planned"),
    path("chuc-vu/<int:pk>/<slug:step>/", postings.posting_step, name="posting_step"),
    path("nhap-danh-sach/", imports.imports, name="imports"),
    path("nhap-danh-sach/moi/", imports.new_import, name="new_import"),
    path("nhap-danh-sach/mau.xlsx", imports.template, name="import_template"),
    path("nhap-danh-sach/xuat.xlsx", imports.export_xlsx, name="import_export_xlsx"),
    path("nhap-danh-sach/xuat.csv", imports.export_csv, name="import_export_csv"),
    path("nhap-danh-sach/<int:pk>/", imports.one_import, name="import"),
    path("nhap-danh-sach/<int:pk>/tien-do/", imports.import_progress, name="import_progress"),
    path("nhap-danh-sach/<int:pk>/trang-tinh/", imports.choose_sheets, name="import_sheets"),
    path("nhap-danh-sach/<int:pk>/xem-lai/", imports.read_again, name="import_read_again"),
    path("nhap-danh-sach/<int:pk>/don-vi/", imports.choose_units, name="import_units"),
    path("nhap-danh-sach/<int:pk>/dong/<int:row_pk>/", imports.decide, name="import_decide"),
    path("nhap-danh-sach/<int:pk>/xac-nhan/", imports.confirm, name="import_confirm"),
    path("nhap-danh-sach/<int:pk>/hoan-tac/", imports.undo, name="import_undo"),
    path("nhap-danh-sach/<int:pk>/huy/", imports.discard, name="import_discard"),
    path("nhap-danh-sach/<int:pk>/ket-qua.xlsx", imports.result, name="import_result"),
    path("phieu-kich-hoat/", slips.slips, name="activation_slips"),
    path("phieu-kich-hoat/tao/", slips.make_slips, name="make_activation_slips"),
    path("phieu-kich-hoat/<int:pk>/", slips.sheet, name="activation_sheet"),
    path("phieu-kich-hoat/<int:pk>/tai-ve/", slips.download_slips, name="download_activation_slips"),
    path("yeu-cau-du-lieu/", data_requests.data_requests, name="data_requests"),
    path("yeu-cau-du-lieu/<int:pk>/", data_requests.data_request, name="data_request"),
    path("yeu-cau-du-lieu/<int:pk>/tra-loi/", data_requests.answer, name="answer_data_request"),
    path("yeu-cau-du-lieu/<int:pk>/tai-ve/", data_requests.download, name="download_requested_data"),
    path("nguoi/<int:pk>/xoa-du-lieu/", data_requests.erase, name="erase_person"),
    path("nguoi/<int:pk>/bo-han-che/", data_requests.lift_restriction, name="lift_restriction"),
]
