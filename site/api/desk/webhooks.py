"""Webhooks on the editing desk: set up with the secret shown once, their messages, switching off and on."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton, ListingButton

from api.domain.webhooks import subscribing
from api.domain.webhooks.delivering import SWITCHED_OFF
from api.models import MessageState, Webhook
from people import rules
from people.desk.choosers import UnitChooserViewSet
from people.desk.policies import AdministratorsOnly
from people.models import Unit
from shared.desk.refusals import TellsRefusals
from shared.errors import DomainError

FIELDS = ("name", "url", "unit", "on_completion", "on_certificate")
_ANSWERS = {
    SWITCHED_OFF: gettext_lazy("not sent: switched off"),
    "timeout": gettext_lazy("no answer in time"),
    "tls": gettext_lazy("the certificate of the receiver is not trusted"),
    "no_connection": gettext_lazy("no connection"),
    "address_refused": gettext_lazy("the address is unknown or lies in a private network"),
}


class WebhookPolicy(AdministratorsOnly):
    """None is deleted: what was sent to whom can be shown. It is switched off."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)


class WebhookForm(forms.ModelForm):
    unit = forms.ModelChoiceField(
        label=gettext_lazy("About the unit"),
        queryset=Unit.objects.all(),
        widget=UnitChooserViewSet().widget_class,
        help_text=gettext_lazy("With everything below it: who is posted there when it happens."),
    )

    class Meta:
        model = Webhook
        fields = FIELDS
        widgets = {"url": forms.URLInput(attrs={"placeholder": "https://…"})}
        labels = {
            "on_completion": gettext_lazy("Tell of completions of courses that were asked"),
            "on_certificate": gettext_lazy("Tell of certificates issued for them"),
        }

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in FIELDS}


class WebhookCreateView(TellsRefusals, generic.CreateView):
    def save_instance(self):
        webhook, self.secret = subscribing.create(**self.form.values(), actor=self.request.user)
        return webhook

    def save_action(self):
        return secret_shown(self.request, self.object, self.secret)


class WebhookEditView(TellsRefusals, generic.EditView):
    def save_instance(self):
        return subscribing.change(self.object, actor=self.request.user, **self.form.values())

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("Messages"), reverse("webhooks:log", args=[self.object.pk]), icon_name="mail")]


class WebhookIndexView(generic.IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("unit")

    def get_list_more_buttons(self, instance):
        log = reverse("webhooks:log", args=[instance.pk])
        return [
            *super().get_list_more_buttons(instance),
            ListingButton(_("Messages"), url=log, icon_name="mail", priority=15),
        ]


class MessagesView(generic.WagtailAdminTemplateMixin, TemplateView):
    """What was sent to one webhook and what came of it; from here it is switched, and sent to again."""

    template_name = "api/webhook_messages.html"
    header_icon = "mail"
    page_title = gettext_lazy("Messages")
    A_PAGE = 50

    def dispatch(self, request, *args, **kwargs):
        if not rules.can_administer_people(request.user):
            raise PermissionDenied
        self.webhook = get_object_or_404(Webhook.objects.select_related("unit"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.webhook.name

    def get_breadcrumbs_items(self):
        here = self.webhook
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("webhooks:index"), "label": Webhook._meta.verbose_name_plural},
            {"url": reverse("webhooks:edit", args=[here.pk]), "label": here.name},
            {"url": "", "label": self.get_page_title(), "sublabel": here.name},
        ]

    def get_context_data(self, **kwargs):
        state = self.request.GET.get("state", "")
        found = self.webhook.messages.order_by("-pk")
        if state in MessageState.values:
            found = found.filter(state=state)
        page = Paginator(found, self.A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "webhook": self.webhook,
            "page": page,
            "rows": [(message, answer_in_words(message.last_answer)) for message in page.object_list],
            "state": state,
            "states": MessageState.choices,
            "waits": self.webhook.messages.filter(state=MessageState.FAILED).exists(),
        }

    def post(self, request, pk):
        """One of the buttons of the page."""
        actor, webhook = request.user, self.webhook
        try:
            match request.POST.get("act"):
                case "off":
                    subscribing.switch_off(webhook, actor=actor)
                    messages.success(request, _("Switched off. Nothing more is sent."))
                case "on":
                    subscribing.switch_on(webhook, actor=actor)
                    messages.success(request, _("Switched on. News is sent from now on."))
                case "again":
                    count = subscribing.send_again(webhook, actor=actor)
                    words = ngettext("{n} message is sent again.", "{n} messages are sent again.", count)
                    messages.success(request, words.format(n=count))
                case "secret":
                    return secret_shown(request, webhook, subscribing.renew_secret(webhook, actor=actor))
        except DomainError as refusal:
            messages.error(request, refusal.message)
        return redirect("webhooks:log", webhook.pk)


def secret_shown(request, webhook: Webhook, secret: str):
    """The one page that shows the secret; no browser keeps it."""
    answer = render(request, "api/webhook_secret.html", {"webhook": webhook, "secret": secret})
    answer["Cache-Control"] = "no-store"
    return answer


def answer_in_words(answer: str) -> str:
    """What the receiver answered, or why it did not."""
    if answer.isdecimal():
        return _("answered %(status)s") % {"status": answer}
    return str(_ANSWERS.get(answer, answer))


class WebhookViewSet(ModelViewSet):
    model = Webhook
    name = "webhooks"
    url_prefix = "webhook"
    icon = "link"
    menu_label = gettext_lazy("Webhooks")
    menu_name = "webhooks"
    menu_order = 71
    menu_hook = "register_people_menu_item"
    list_display = [
        "name",
        Column("url", label=gettext_lazy("address")),
        Column("unit", label=gettext_lazy("about the unit")),
        Column("get_state_display", label=gettext_lazy("state")),
        DateColumn("failing_since", label=gettext_lazy("failing since")),
    ]
    list_filter: list[str] = []
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = WebhookIndexView
    add_view_class = WebhookCreateView
    edit_view_class = WebhookEditView

    def get_form_class(self, for_update=False):
        return WebhookForm

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("<int:pk>/", MessagesView.as_view(), name="log")]
