"""What the editing desk (Wagtail) keeps about the people who work at it, for the register of personal data."""

from django.utils.translation import gettext_lazy as _

from people.personal_data import EDITING, Fate, Holding, deletes, not_personal, register

_BOOKKEEPING = (
    "wagtailcore.Page",
    "wagtailcore.Revision",
    "wagtailcore.ModelLogEntry",
    "wagtailcore.WorkflowState",
    "wagtailcore.TaskState",
    "wagtailcore.Comment",
    "wagtailcore.CommentReply",
    "wagtailcore.UploadedFile",
    "wagtailembeds.Embed",
)
_CONVENIENCE = (
    "wagtailcore.APIToken",
    "wagtailcore.PageSubscription",
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
    "wagtailusers.UserProfile",
)


def declare() -> None:
    register(
        EDITING,
        *(Holding(model, Fate.KEPT) for model in _BOOKKEEPING),
        Holding(
            "wagtailcore.PageLogEntry",
            Fate.KEPT,
            person=("user",),
            shows={"timestamp": _("When"), "label": _("Page"), "action": _("What")},
        ),
        *(Holding(model, Fate.DELETED, person=("user",), erase=deletes(model, "user")) for model in _CONVENIENCE),
    )
    not_personal(
        "Names of sites, collections, workflows and tags, not of people.",
        "wagtailcore.Site",
        "wagtailcore.Collection",
        "wagtailcore.Workflow",
        "wagtailcore.Task",
        "wagtailcore.GroupApprovalTask",
        "taggit.Tag",
    )
