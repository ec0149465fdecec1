"""The rules of a quiz on its edit screen: what learners meet, in the order they meet it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from quizzes.domain import access_codes
from quizzes.enums import ShownWhen

PANELS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            FieldRowPanel([FieldPanel("time_limit_minutes"), FieldPanel("grace_seconds")]),
            FieldRowPanel([FieldPanel("max_attempts"), FieldPanel("waiting_minutes")]),
            FieldPanel("pass_percent"),
        ],
        heading=gettext_lazy("Time and attempts"),
        help_text=gettext_lazy("Attempts that have begun keep the rules they began with."),
    ),
    MultiFieldPanel(
        [
            FieldPanel("mode"),
            FieldRowPanel([FieldPanel("questions_per_page"), FieldPanel("one_way")]),
            FieldRowPanel([FieldPanel("shuffle_questions"), FieldPanel("shuffle_options")]),
            FieldPanel("anonymous_marking"),
        ],
        heading=gettext_lazy("Taking it"),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("shows"), FieldPanel("shown_when")])],
        heading=gettext_lazy("What is shown after submission"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("honour_statement"),
            FieldRowPanel([FieldPanel("access_code"), FieldPanel("forget_access_code")]),
            FieldPanel("networks"),
        ],
        heading=gettext_lazy("At the door"),
    ),
]


class RulesForm(WagtailAdminModelForm):
    """The quiz's own fields, and the access code, which can be set but never read again."""

    access_code = forms.CharField(
        label=gettext_lazy("New access code"),
        required=False,
        max_length=60,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    forget_access_code = forms.BooleanField(label=gettext_lazy("No access code any more"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_set = bool(self.instance.access_code_digest)
        self.fields["access_code"].help_text = (
            _("A code is set; a new one takes its place. Case and spaces do not matter.")
            if is_set
            else _("To be typed before an attempt begins. Case and spaces do not matter. It is never shown again.")
        )

    def clean(self):
        data = super().clean()
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It would close before it opens."))
        if data.get("shown_when") == ShownWhen.AFTER_CLOSE and not closes:
            self.add_error("closes_at", _("Needed, as results are shown after the quiz has closed."))
        return data

    def _post_clean(self):
        super()._post_clean()
        if self.cleaned_data.get("forget_access_code"):
            self.instance.access_code_digest = ""
        elif code := self.cleaned_data.get("access_code"):
            self.instance.access_code_digest = access_codes.digest_of(code)
