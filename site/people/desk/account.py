"""One's own settings of the editing desk. Name, e-mail, language and password belong to the account page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, LocaleSettingsPanel, NameEmailSettingsPanel

# Names come from HR and are kept whole; the language is one choice for the whole site.
KEPT_ELSEWHERE = (NameEmailSettingsPanel, LocaleSettingsPanel)


class DeskAccountView(AccountView):
    """Wagtail's settings without what is kept elsewhere: picture, notices of the workflow, theme."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if not isinstance(panel, KEPT_ELSEWHERE)]


def to_the_account_page(request):
    return {
        "url": reverse("account_page"),
        "label": _("My account"),
        "help_text": _("Name, language and password are kept there."),
    }


account_view = never_cache(require_admin_access(DeskAccountView.as_view()))
