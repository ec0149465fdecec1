"""Forms of the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from h5p import rules
from h5p.core.limits import DEFAULT_LIMITS, MB
from h5p.models import Content


class UploadForm(forms.Form):
    package = forms.FileField(
        label=_("H5P package"),
        help_text=_("A file with the ending .h5p, at most %(limit)s MB.") % {"limit": DEFAULT_LIMITS.package // MB},
        widget=forms.FileInput(attrs={"accept": ".h5p"}),
    )


class DecisionForm(forms.Form):
    """What is taken over from a checked package; only what the person may decide is asked."""

    replace = forms.ModelChoiceField(
        Content.objects.none(),
        label=_("Import as"),
        required=False,
        empty_label=_("a new activity"),
        help_text=_(
            "An activity that is replaced keeps its place in the lessons; its learners’ saved answers begin anew "
            "where the questions have changed."
        ),
    )
    install_libraries = forms.BooleanField(
        label=_("Install the libraries of the package"),
        required=False,
        initial=True,
        help_text=_("Libraries are code that runs in learners’ browsers: install only those from a source you trust."),
    )

    def __init__(self, *args, upload, viewer, contents, **kwargs):
        super().__init__(*args, **kwargs)
        machine_name = upload.report["main_library"].split(" ")[0]
        self.fields["replace"].queryset = contents.filter(main_library_name__startswith=f"{machine_name} ")
        self.fields["replace"].initial = upload.content_id
        takes_files = any(one["action"] in {"new", "newer"} for one in upload.report["libraries"])
        if not (rules.can_install_libraries(viewer) and takes_files):
            del self.fields["install_libraries"]
        if not rules.can_create_content(viewer) or not self.fields["replace"].queryset.exists():
            del self.fields["replace"]


class HostsForm(forms.Form):
    """Which other sites an activity may load from."""

    hosts = forms.MultipleChoiceField(label=_("May load from"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, content: Content, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hosts"].choices = [(host, host) for host in content.allowable_hosts]
        self.fields["hosts"].initial = content.allowed_external_hosts
