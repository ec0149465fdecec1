"""First sign-in with the code of an activation slip, and the entrance of emergency accounts."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from people.domain import activation, emergency
from people.enums import CodeKind
from people.forms import ActivationForm, FirstPasswordForm
from people.models import ActivationCode, Person
from shared.errors import DomainError

CODE = "activation_code"  # session key: the code that was entered, by its id


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def activate(request):
    """Sign-in name and code; then a password is chosen."""
    if request.user.is_authenticated:
        return redirect("account_page")
    form = ActivationForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        if form.code.kind == CodeKind.EMERGENCY:
            return _enter_in_emergency(request, form.code)
        request.session.cycle_key()
        request.session[CODE] = form.code.pk
        return redirect("activate_password")
    return render(request, "people/access/activate.html", {"form": form})


@sensitive_post_parameters("password1", "password2")
@never_cache
@require_http_methods(["GET", "POST"])
def choose_password(request):
    """The code is used up together with the choice; whoever turns back before keeps it."""
    code = activation.open_codes().filter(pk=request.session.get(CODE)).select_related("person").first()
    if code is None:
        return redirect("activate")
    form = FirstPasswordForm(request.POST or None, user=code.person)
    if request.method == "POST" and form.is_valid():
        request.session.pop(CODE)
        try:
            person = activation.redeem(code, form.cleaned_data["password1"])
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("activate")
        messages.success(request, _("The password is set. From now on, sign in with it."))
        return _sign_in(request, person)
    return render(request, "people/access/first_password.html", {"form": form, "person": code.person})


def _enter_in_emergency(request, code: ActivationCode):
    try:
        person = emergency.enter(code)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("activate")
    response = _sign_in(request, person)
    request.session.set_expiry(emergency.seconds_left(person))
    return response


def _sign_in(request, person: Person):
    """Through the same door as a password: a second factor is asked for where there is one."""
    record_authentication(request, person, method="activation_code")
    return perform_login(request, Login(user=person))
