"""The room's door in Wagtail: administrators issue tokens and set up webhooks."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from api.desk.tokens import ApiTokenViewSet
from api.desk.webhooks import WebhookPolicy, WebhookViewSet
from api.models import ApiToken, Webhook
from people.desk.policies import AdministratorsOnly

register_permission_policy(ApiToken, AdministratorsOnly(ApiToken), exact_class=True)
register_permission_policy(Webhook, WebhookPolicy(Webhook), exact_class=True)


@hooks.register("register_admin_viewset")
def screens_of_the_desk():
    return [ApiTokenViewSet(), WebhookViewSet()]
