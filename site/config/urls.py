"""The map of addresses. What stands here is a stable door (docs/architecture.md)."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.images import urls as wagtailimages_urls

from api.v1 import api
from home.sitemap import PublicSitemap
from media.views.files import public_file
from people.desk.account import account_view
from people.views import account_page

urlpatterns = [
    path("", include("home.urls")),
    path("", include("courses.urls")),
    path("bai-kiem-tra/", include("quizzes.urls")),
    path("nhan-su/", include("people.urls")),
    path("nhan-su/", include("reports.urls")),
    path("thong-bao/", include("notices.urls")),
    path("h5p/", include("h5p.urls")),
    path("", include("people.sign_in.urls")),
    path("tai-khoan/", account_page, name="account_page"),
    path("tai-khoan/du-lieu/", include("people.my_data_urls")),
    path("tai-khoan/email/", RedirectView.as_view(pattern_name="account_page")),  # HR keeps the work e-mail
    path("tai-khoan/", include("allauth.urls")),
    path("quan-tri/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("quan-tri/account/", account_view),  # in the place of Wagtail's
    path("quan-tri/", include(wagtailadmin_urls)),
    path("api/v1/", include("api.urls")),
    path("api/v1/", api.urls),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PublicSitemap}}, name="sitemap"),
    path("tep/tai-lieu/", include(wagtaildocs_urls)),
    path("tep/anh/", include(wagtailimages_urls)),
    path("", include("media.urls")),
    path("tep/<path:path>", public_file, name="public_file"),
    # Wagtail's own sign-in page knows no limit on wrong passwords.
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("", include(wagtail_urls)),
]
