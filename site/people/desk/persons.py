"""Accounts: the list, creating and changing one, its password, opening and closing it."""

from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from django_filters import BooleanFilter, ChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect
from wagtail.admin.widgets.button import HeaderButton

from people import queries, rules
from people.desk.choosers import with_units
from people.desk.forms import PERSON_FIELDS, PasswordForm, PersonForm
from people.desk.log import LogView
from people.domain import persons
from people.enums import Role
from people.models import Person, RoleGrant
from shared.desk.deletion import GuardedDeleteView, WayOut
from shared.desk.searching import search_folded
from shared.errors import DomainError


def roles_in_words(person: Person) -> str:
    return ", ".join(dict.fromkeys(grant.get_role_display() for grant in person.role_grants.all()))


class PersonFilterSet(WagtailFilterSet):
    is_active = BooleanFilter(label=gettext_lazy("Active"), widget=BooleanRadioSelect)
    role = ChoiceFilter(label=gettext_lazy("Role"), choices=Role.choices, method="with_role")

    class Meta:
        model = Person
        fields = ["is_active"]

    def with_role(self, people, name, role):
        return people.filter(pk__in=RoleGrant.objects.filter(role=role).values("person"))


class PersonIndexView(generic.IndexView):
    is_searchable = True

    def get_base_queryset(self):
        grants = Prefetch("role_grants", RoleGrant.objects.order_by("role"))
        return with_units(queries.accounts_for(self.request.user)).prefetch_related(grants)

    def search_queryset(self, queryset):
        """By name or staff number without marks, by sign-in name or by e-mail."""
        if not self.is_searching:
            return queryset
        typed = self.search_query
        exactly = Q(username__iexact=typed) | Q(work_email__iexact=typed)
        found = search_folded(queryset.order_by(), typed).values("pk")
        return queryset.filter(exactly | Q(pk__in=found))


class PersonCreateView(generic.CreateView):
    def save_instance(self):
        data = self.form.cleaned_data
        others = {name: data[name] for name in PERSON_FIELDS if name not in {"username", "full_name"}}
        return persons.create_person(data["username"], data["full_name"], actor=self.request.user, **others)

    def get_success_url(self):
        return reverse("wagtailusers_users:password", args=[self.object.pk])


class PersonEditView(generic.EditView):
    def get_queryset(self):
        return queries.accounts_for(self.request.user)

    def save_instance(self):
        changes = {name: self.form.cleaned_data[name] for name in self.form.changed_data}
        return persons.change_person(self.object, actor=self.request.user, **changes)

    @cached_property
    def header_buttons(self):
        here = [self.object.pk]
        buttons = [
            HeaderButton(_("Roles"), reverse("wagtailusers_users:roles", args=here), icon_name="group"),
            HeaderButton(_("Set password"), reverse("wagtailusers_users:password", args=here), icon_name="key"),
        ]
        if self.object.pk != self.request.user.pk:
            label = _("Deactivate") if self.object.is_active else _("Activate")
            address = reverse("wagtailusers_users:activity", args=here)
            buttons.append(HeaderButton(label, address, icon_name="lock" if self.object.is_active else "lock-open"))
        return buttons


class PersonDeleteView(GuardedDeleteView):
    """Only an account nothing depends on yet can go; all others can be closed."""

    def get_queryset(self):
        return queries.accounts_for(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        if self.object.pk == request.user.pk:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def delete_action(self):
        persons.delete_person(self.object, actor=self.request.user)

    def get_reasons(self):
        return [
            _("Training records, roles and entries in the log outlive the people they speak of."),
            _("Deactivate the account instead: nobody can sign in to it any more, and all records stay."),
        ]

    def get_ways_out(self):
        if not self.object.is_active:
            return []
        return [WayOut(_("Deactivate"), reverse("wagtailusers_users:activity", args=[self.object.pk]))]


class OnePersonMixin(generic.WagtailAdminTemplateMixin):
    """For the further screens of one account: found only by those who may administer it."""

    header_icon = "user"

    def dispatch(self, request, *args, **kwargs):
        if not rules.can_administer_people(request.user):
            raise PermissionDenied
        self.person = get_object_or_404(queries.accounts_for(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def edit_url(self):
        return reverse("wagtailusers_users:edit", args=[self.person.pk])

    def get_page_subtitle(self):
        return self.person.full_name

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("wagtailusers_users:index"), "label": _("People")},
            {"url": self.edit_url, "label": self.person.full_name},
            {"url": "", "label": self.get_page_title(), "sublabel": self.person.full_name},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"person": self.person, "edit_url": self.edit_url}


class PasswordView(OnePersonMixin, FormView):
    template_name = "people/desk/password.html"
    page_title = gettext_lazy("Set password")
    form_class = PasswordForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.person}

    def form_valid(self, form):
        persons.set_password(self.person, form.cleaned_data["new_password1"], actor=self.request.user)
        if self.person.pk == self.request.user.pk:
            update_session_auth_hash(self.request, self.person)
        message = _("The password of %(person)s is set. Hand it over in person or through HR.")
        messages.success(self.request, message % {"person": self.person})
        return redirect(self.edit_url)


class ActivityView(OnePersonMixin, TemplateView):
    """Asks before it opens or closes an account."""

    template_name = "people/desk/activity.html"

    def get_page_title(self):
        return _("Deactivate") if self.person.is_active else _("Activate")

    def post(self, request, pk):
        try:
            persons.set_active(self.person, request.POST.get("active") == "yes", actor=request.user)
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return redirect(self.edit_url)
        done = _("%(person)s can sign in again.") if self.person.is_active else _("%(person)s cannot sign in any more.")
        messages.success(request, done % {"person": self.person})
        return redirect(self.edit_url)


class PersonViewSet(ModelViewSet):
    """Stands in the place of Wagtail's user screens, under their names, so that its links lead here."""

    model = Person
    icon = "user"
    menu_label = gettext_lazy("People")
    menu_name = "people"
    menu_order = 10
    menu_hook = "register_people_menu_item"
    add_to_reference_index = False
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "full_name",
        Column("username", label=gettext_lazy("Sign-in name"), sort_key="username"),
        Column("staff_number", label=gettext_lazy("Staff number"), sort_key="staff_number"),
        Column("unit_name", label=gettext_lazy("Unit")),
        Column("roles", label=gettext_lazy("Roles"), accessor=roles_in_words),
        BooleanColumn("is_active", label=gettext_lazy("Active"), sort_key="is_active"),
        DateColumn("last_login", label=gettext_lazy("Last signed in"), sort_key="last_login"),
    ]
    filterset_class = PersonFilterSet
    index_view_class = PersonIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    delete_view_class = PersonDeleteView
    history_view_class = LogView
    edit_template_name = "people/desk/person.html"

    def __init__(self, name="wagtailusers_users", url_prefix="people"):
        super().__init__("wagtailusers_users", url_prefix="people")

    def get_form_class(self, for_update=False):
        return PersonForm

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**kwargs) | {"usage_url_name": None}

    def get_urlpatterns(self):
        from people.desk.roles import RolesView, WithdrawView

        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"),
            path("password/<int:pk>/", PasswordView.as_view(), name="password"),
            path("activity/<int:pk>/", ActivityView.as_view(), name="activity"),
            path("roles/<int:pk>/", RolesView.as_view(), name="roles"),
            path("roles/<int:pk>/withdraw/<int:grant_id>/", WithdrawView.as_view(), name="withdraw"),
        ]
