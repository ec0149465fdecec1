"""What the columns of staff lists mean, and by which headings they are known (folded: no marks, no case).

Source of the list: domain notes 3.2, columns to expect. English headings are those of our own export.
"""

import re

from django.utils.translation import gettext_lazy as _

from shared.text.fold import fold

# Column keys, with the heading our own files give them.
LABELS = {
    "ordinal": _("No."),
    "full_name": _("Full name"),
    "family": _("Family name"),
    "family_middle": _("Family and middle name"),
    "middle": _("Middle name"),
    "given": _("Given name"),
    "birth_date": _("Birth date"),
    "birth_date_male": _("Birth date (men)"),
    "birth_date_female": _("Birth date (women)"),
    "gender": _("Gender"),
    "is_female": _("Female"),
    "is_male": _("Male"),
    "national_id": _("National ID"),
    "staff_number": _("Staff number"),
    "unit_code": _("Unit code"),
    "unit": _("Unit"),
    "division": _("Division"),
    "position_title": _("Position"),
    "job_title": _("Professional title"),
    "grade": _("Grade"),
    "position_group": _("Position group"),
    "employment_type": _("Employment type"),
    "is_manager": _("Leader or manager"),
    "work_email": _("Work e-mail"),
    "phone": _("Phone"),
    "username": _("Sign-in name"),
    "note": _("Note"),
}

_HEADINGS = {
    "ordinal": "stt|tt|so tt|so thu tu|no|s t t",
    "full_name": "ho va ten|ho ten|hoten|hovaten|ho chu dem va ten|ho dem va ten|ho ten dem va ten|ten can bo|ten cbccvc"  # noqa: E501
    "|ho va ten khai sinh|ho va ten cbccvc|ho ten cbccvc|ho va ten can bo cong chuc vien chuc|full name|ho ten can bo"
    "|ho va ten can bo|ho ten nguoi lao dong|name|ten nhan vien|ho ten nhan vien",
    "family_middle": "ho dem|ho va dem|ho va ten dem|ho ten dem|ho lot|ho va chu dem|ho chu dem|ho va ten lot|ho va lot"
    "|ho va chu lot|family and middle name",
    "family": "ho|family name",
    "middle": "dem|ten dem|chu dem|chu lot|ten lot|middle name",
    "given": "ten|ten goi|given name",
    "birth_date": "ngay sinh|ngay thang nam sinh|nam sinh|ngay thang sinh|ngay nam sinh|sinh ngay|birth date|ntns|ns"
    "|date of birth|dob|ngay thang nam sinh d m y|thang nam sinh|ngay sinh d m y|n sinh|nsinh",
    "gender": "gioi tinh|gt|nam nu|phai|gender|sex",
    "is_female": "nu|la nu|female",
    "is_male": "nam|la nam|male",
    "national_id": "so cccd|cccd|so dinh danh|so dinh danh ca nhan|ma dinh danh|can cuoc|so can cuoc|ma dinh danh ca nhan"  # noqa: E501
    "|so can cuoc cong dan|can cuoc cong dan|cmnd cccd|cccd cmnd|so cmnd cccd|so cccd cmnd|so cmnd|cmnd|so the can cuoc"
    "|so cccd dinh danh|cccd dinh danh|so cccd so dinh danh|cmt|so cmt|ddcn|so ddcn|so cccd so dinh danh ca nhan"
    "|so cmnd can cuoc cong dan|national id|so dinh danh cccd|so can cuoc dinh danh",
    "staff_number": "so hieu|so hieu cbccvc|so hieu can bo cong chuc|so hieu can bo|so hieu cong chuc|so hieu vien chuc"
    "|ma cb|ma can bo|ma nhan vien|ma nv|msnv|msnld|ma so can bo|ma so|ma cbccvc|ma vien chuc|ma cong chuc|shcc|shcb"
    "|ma ho so"
    "|ma so cbccvc|ma so cb|ma so cbcc|ma so cong chuc|ma so vien chuc|so hieu cbcc"
    "|ma cbcc|so hieu nhan vien|staff number|ma so nhan vien"
    "|so hieu cb|so hieu cc|so hieu vc"
    "|so hieu can bo cong chuc vien chuc|so hieu cbcc vc|ma can bo cong chuc vien chuc|ma ho so can bo",
    "unit_code": "ma don vi|ma co quan|unit code|ma dv",
    "unit": "don vi|co quan|co quan don vi|don vi cong tac|noi cong tac|co quan cong tac|ten don vi|ten co quan|unit"
    "|co quan don vi cong tac|don vi co quan|truong|noi lam viec|don vi hien tai|dv|co quan don vi to chuc|don vi quan ly"  # noqa: E501
    "|co quan don vi dang cong tac|don vi dang cong tac|ten co quan don vi|co quan quan ly",
    "division": "phong|phong ban|bo phan|phong bo phan|to|khoa phong|phong ban don vi|to bo phan|phong don vi|phong khoa"  # noqa: E501
    "|don vi truc thuoc|bo phan cong tac|phong chuyen mon|division|phong ban bo phan|phong to|to chuyen mon|khoa|ban"
    "|phong ban chuyen mon|phong ban truc thuoc|phong bo phan cong tac",
    "position_title": "chuc vu|chuc vu hien nay|chuc vu cong tac|chuc vu chuc danh|position|vi tri viec lam|cv|vtvl"
    "|chuc vu dam nhiem|chuc vu dang dam nhiem|chuc vu chinh quyen|chuc vu hien tai|chuc vu vi tri viec lam",
    "job_title": "chuc danh|chuc danh nghe nghiep|cdnn|vi tri cong tac|professional title|chuc danh chuyen mon",
    "grade": "ngach|ngach cong chuc|ngach bac|ten ngach|ngach vien chuc|hang|ngach luong|ma ngach|grade|ngach cc"
    "|ngach hang|ngach chuc danh",
    "position_group": "nhom vi tri|nhom|position group|nhom doi tuong|nhom vi tri cong tac",
    "employment_type": "loai|loai cb|loai can bo|doi tuong|loai hinh|cb cc vc nld|loai hop dong|loai lao dong|dien"
    "|cbccvc|loai cbccvc|loai hinh lao dong|doi tuong cbccvc nld|phan loai|loai cb cc vc nld|employment type"
    "|loai cbccvc nld|cb cc vc|bien che hop dong|loai doi tuong|cbccvc nld|loai can bo cong chuc|hinh thuc lao dong",
    "is_manager": "lanh dao quan ly|lanh dao|quan ly|la lanh dao|cb lanh dao|leader or manager",
    "work_email": "email|e mail|email cong vu|thu dien tu|thu cong vu|thu dien tu cong vu|dia chi email|hop thu|mail"
    "|dia chi thu dien tu|hop thu cong vu|work e mail|dia chi thu cong vu|e mail cong vu|dia chi e mail|hop thu dien tu",  # noqa: E501
    "phone": "dien thoai|so dien thoai|sdt|dt|dtdd|di dong|dien thoai di dong|so dt|dien thoai lien he|phone|so di dong"
    "|mobile|tel|so dien thoai lien he|so dtdd|dien thoai lien lac|so dien thoai di dong|dt lien he|dt di dong|so sdt",
    "username": "ten dang nhap|sign in name|username|tai khoan|ten tai khoan",
    "note": "ghi chu|note|gc|chu thich",
}
_KEY_OF = {heading: key for key, headings in _HEADINGS.items() for heading in headings.split("|")}

# Longer headings that begin like this (“Họ và tên công chức, viên chức”, “Số CCCD/ĐDCN (12 số)”).
_BEGINNINGS = (
    ("ho va ten dem", "family_middle"),
    ("ho ten dem", "family_middle"),
    ("ho va ten", "full_name"),
    ("ho ten", "full_name"),
    ("ngay thang nam sinh", "birth_date"),
    ("ngay sinh", "birth_date"),
    ("gioi tinh", "gender"),
    ("so cccd", "national_id"),
    ("so can cuoc", "national_id"),
    ("so dinh danh", "national_id"),
    ("ma dinh danh", "national_id"),
    ("so hieu", "staff_number"),
    ("ma can bo", "staff_number"),
    ("ma nhan vien", "staff_number"),
    ("ma so cb", "staff_number"),
    ("ma so can bo", "staff_number"),
    ("ma so cong chuc", "staff_number"),
    ("ma so vien chuc", "staff_number"),
    ("ma so nhan vien", "staff_number"),
    ("ma don vi", "unit_code"),
    ("don vi", "unit"),
    ("co quan", "unit"),
    ("phong ban", "division"),
    ("bo phan", "division"),
    ("chuc vu", "position_title"),
    ("chuc danh", "job_title"),
    ("ngach", "grade"),
    ("loai cb", "employment_type"),
    ("loai hinh", "employment_type"),
    ("email", "work_email"),
    ("thu dien tu", "work_email"),
    ("so dien thoai", "phone"),
    ("dien thoai", "phone"),
    ("ghi chu", "note"),
)
# What begins alike and means something we do not take over.
_NOT_OURS = re.compile(
    r"\b(?:ngay cap|noi cap|noi sinh|que quan|bo nhiem|ngay vao|he so|bac luong|cha me|vo chong|trinh do|dan toc|ton giao"  # noqa: E501
    r"|dang vien|kiem nhiem|khong giu|ngay huong|ma so thue|bhxh|tai khoan ngan hang|so tai khoan)\b"
)
_IN_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def key_of(heading: str) -> str:
    """The column key of a heading, or "" if it is none we know."""
    for text in (fold(heading), fold(_IN_PARENTHESES.sub(" ", heading))):
        if text in _KEY_OF:
            return _KEY_OF[text]
    if not text or len(text) > 60 or _NOT_OURS.search(text):
        return ""
    return next((key for start, key in _BEGINNINGS if text.startswith(start + " ")), "")
