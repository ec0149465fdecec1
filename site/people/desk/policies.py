from wagtail.permission_policies import ModelPermissionPolicy

from people import rules


class AdministratorsOnly(ModelPermissionPolicy):
    """People and units are kept by administrators, by role; Django's permissions are not asked."""

    def user_has_permission(self, user, action):
        return rules.can_administer_people(user)


class PersonPolicy(AdministratorsOnly):
    """As `people.queries.accounts_for`: the superuser's account is for superusers."""

    def user_has_permission_for_instance(self, user, action, instance):
        return rules.can_administer(user, instance)
