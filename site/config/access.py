"""To whom every address of the site is open: the rooms' own doors, and those of allauth, Wagtail and the files.

Addresses without a name stand here by their route.
"""

from api.access import DOORS as API
from courses.access import DOORS as COURSES
from h5p.access import DOORS as H5P
from h5p.rules import can_enter_desk as can_enter_h5p_desk
from home.access import DOORS as HOME
from media.access import DOORS as MEDIA
from media.rules import can_keep_consents
from notices.access import DOORS as NOTICES
from people import rules
from people.access import DOORS as PEOPLE
from people.desk.choosers import CHOOSING_ROLES
from people.enums import Role
from people.queries import roles_of
from quizzes import rules as quiz_rules
from quizzes.access import DOORS as QUIZZES
from reports.access import DOORS as REPORTS
from shared.access import PUBLIC, SIGNED_IN, Door, one_of_mine

AUTHORS = frozenset({Role.COURSE_AUTHOR, Role.ADMINISTRATOR})


def _is_superuser(actor) -> bool:
    return actor.is_authenticated and actor.is_superuser


def _author(actor) -> bool:
    return _is_superuser(actor) or bool(roles_of(actor) & AUTHORS)


def _chooses_people(actor) -> bool:
    return _is_superuser(actor) or bool(roles_of(actor) & CHOOSING_ROLES)


_NAMES = frozenset({"name"})


def _examining(thing: str = "", reaches=None) -> Door:
    """Examiners read the names of those who took the quizzes they answer for."""
    return Door(quiz_rules.can_author, thing, reaches, _NAMES)


DESK = Door(rules.can_enter_admin)
ADMINISTRATORS = Door(rules.can_administer_people)
PRESS = Door(can_keep_consents, shows=_NAMES)

FILES = {
    "sitemap": PUBLIC,
    "public_file": PUBLIC,
    "wagtail_serve": PUBLIC,
    "wagtailimages_serve": PUBLIC,  # signed addresses
    "wagtaildocs_serve": PUBLIC,  # private documents ask for sign-in: home.rules.can_download
    "wagtaildocs_authenticate_with_password": PUBLIC,
    "wagtailcore_authenticate_with_password": PUBLIC,
    "wagtailcore_login": PUBLIC,
    "_util/login/": PUBLIC,
    "tai-khoan/email/": PUBLIC,  # leads to the account page, which asks for sign-in
    "account_email": PUBLIC,
}

ACCOUNT = {
    **dict.fromkeys(
        (
            "account_login",
            "account_logout",
            "account_inactive",
            "account_signup",
            "account_confirm_email",
            "account_email_verification_sent",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
            "account_request_login_code",
            "account_confirm_login_code",
            "mfa_authenticate",
            "mfa_login_webauthn",
            "openid_connect_*",
            "socialaccount_login_*",
            "socialaccount_signup",
            "tai-khoan/social/*",
        ),
        PUBLIC,
    ),
    **dict.fromkeys(
        (
            "account_reauthenticate",
            "account_change_password",
            "account_set_password",
            "mfa_*",
            "socialaccount_connections",
            "usersessions_list",
        ),
        SIGNED_IN,
    ),
    "mfa_remove_webauthn": one_of_mine("passkey"),
    "mfa_edit_webauthn": one_of_mine("passkey"),
    "tai-khoan/2fa/webauthn/keys/<int:pk>/remove/": one_of_mine("passkey"),
}

EDITING_DESK = {
    "wagtailadmin_*": DESK,
    "wagtailadmin_login": PUBLIC,
    "wagtailadmin_logout": PUBLIC,
    "wagtailadmin_password_reset*": PUBLIC,
    "wagtailadmin_sprite": PUBLIC,
    "wagtailadmin_javascript_catalog": PUBLIC,
    "wagtail_bulk_action": DESK,
    "desk_*": DESK,
    "people_log*": ADMINISTRATORS,
    "quan-tri/*": DESK,
    "quan-tri/login/": PUBLIC,
    "wagtaildocs:*": DESK,
    "wagtaildocs_chooser:*": DESK,
    "wagtailimages:*": Door(rules.can_enter_admin, shows=_NAMES),  # to the press office: who is depicted
    "wagtailimages_chooser:*": Door(rules.can_enter_admin, shows=_NAMES),
    "wagtailembeds:*": DESK,
    "wagtailsnippets:*": DESK,
    "wagtailsettings:*": DESK,
    "unit_chooser:*": DESK,
    "quiz_chooser:*": DESK,
    "directive_chooser:*": DESK,
    "h5p_activity_chooser:*": DESK,
    "h5p_*": Door(can_enter_h5p_desk),
    "wagtailsnippetchoosers_*": DESK,
    "wagtailsnippetchoosers_media_exemplar:*": PRESS,
    "person_chooser:*": Door(_chooses_people, shows=_NAMES),
    "quiz_desk:*": Door(_author),
    "examining_attempts": _examining("quiz", quiz_rules.can_examine),
    "examining_rulings": _examining("quiz", quiz_rules.can_examine),
    "examining_accommodations": _examining("quiz", quiz_rules.can_examine),
    "examining_attempt": _examining("attempt", quiz_rules.can_see_answers),
    "examining_mark_again": _examining("attempt", quiz_rules.can_see_answers),
    "examining_ruling": _examining("ruling", quiz_rules.can_regrade),
    "examining_withdraw": _examining("accommodation", quiz_rules.can_accommodate),
    "examining_doubts": _examining(),
    "exam_*": Door(_author),
    "exam_tags:*": ADMINISTRATORS,
    "exam_vocabularies:*": ADMINISTRATORS,
    "directives:*": Door(_author),
    "learning_paths:*": Door(_author),
    "consents:*": PRESS,
    "consent_requests:*": PRESS,
    "exemptions:*": PRESS,
    "exemplar_standing": PRESS,
    "story_links:*": PRESS,
    "adoptions:*": PRESS,
    "story_reads": PRESS,
    "remove_story": PRESS,
    "wagtailsnippets_media_emulationlevel:*": PRESS,
    "wagtailsnippets_media_emulationslogan:*": PRESS,
    "wagtailsnippets_media_exemplar:*": PRESS,
    "units:*": ADMINISTRATORS,
    "special_days:*": ADMINISTRATORS,
    "reminder_steps:*": ADMINISTRATORS,
    "grade_bands:*": ADMINISTRATORS,
    "wagtailusers_users:*": ADMINISTRATORS,
    "wagtailredirects:*": ADMINISTRATORS,
    "wagtailusers_groups:*": Door(_is_superuser),
    "wagtailsites:*": Door(_is_superuser),
    "wagtailadmin_collections:*": Door(_is_superuser),
    "wagtailadmin_workflows:*": DESK,
}

DOORS: dict[str, Door] = {
    **HOME,
    **COURSES,
    **QUIZZES,
    **MEDIA,
    **NOTICES,
    **PEOPLE,
    **REPORTS,
    **H5P,
    **API,
    **FILES,
    **ACCOUNT,
    **EDITING_DESK,
}
