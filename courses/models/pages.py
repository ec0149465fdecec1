from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PagePermissionTester
from wagtail.search import index
from wagtail.url_routing import RouteResult

from courses.blocks import LessonBody
from courses.enums import Audience, CertificateKind, ReviewStatus
from courses.page_forms import CopyCourseForm, CopyLessonForm, CoursePageForm, LessonPageForm
from shared.pages import PreviewAtPhoneWidth


class CourseIndexPage(PreviewAtPhoneWidth, Page):
    """The catalogue.

    pii: none.
    """

    introduction = models.TextField(_("introduction"), blank=True)

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    template = "courses/catalogue.html"

    class Meta:
        verbose_name = _("course catalogue")

    def get_context(self, request, *args, **kwargs):
        from courses import queries

        return super().get_context(request, *args, **kwargs) | {
            "courses": queries.catalogue(request.user),
            "nav_section": "courses",
        }


class CoursePermissions(PagePermissionTester):
    """What the editing desk lets somebody do with a course or lesson: `courses.rules.can_edit_course` has a say."""

    def can_edit(self):
        return super().can_edit() and self._is_mine()

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and self._is_mine()

    def can_publish(self):
        return super().can_publish() and self._is_mine()

    def can_unpublish(self):
        return super().can_unpublish() and self._is_mine()

    def can_move(self):
        return super().can_move() and self._is_mine()

    def _is_mine(self) -> bool:
        from courses.rules import can_edit_course

        page = self.page.specific_deferred
        course = page if isinstance(page, CoursePage) else page.get_parent().specific_deferred
        return not isinstance(course, CoursePage) or can_edit_course(self.user, course)


class CoursePage(PreviewAtPhoneWidth, Page):
    """A course: its summary, its modules (headings under which the lessons stand) and the rule of completion.

    pii: none.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    summary = models.TextField(_("summary"), max_length=600)
    audience_note = models.CharField(_("for whom"), max_length=300, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(_("duration in minutes"))
    cover = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover"),
    )
    owner_unit = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner unit")
    )
    is_open = models.BooleanField(
        _("open course"), default=False, help_text=_("Lessons can be read by everybody, without signing in.")
    )
    review_status = models.CharField(
        _("expert review"), max_length=10, choices=ReviewStatus, default=ReviewStatus.DRAFT
    )
    quiz = models.ForeignKey(
        "quizzes.Quiz", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("final quiz")
    )
    enforce_minimum_time = models.BooleanField(
        _("minimum time"),
        default=False,
        help_text=_("A lesson can be marked as read only after half of its minutes have passed."),
    )
    shows_scores = models.BooleanField(
        _("HR sees scores"),
        default=False,
        help_text=_("HR officers, heads of units and inspectors read the scores of the quiz, not only passed or not."),
    )
    awards_certificate = models.BooleanField(_("awards a certificate"), default=True)
    certificate_kind = models.CharField(
        _("title of the certificate"),
        max_length=12,
        choices=CertificateKind,
        default=CertificateKind.COMPLETION,
    )
    starter_fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.LessonPage"]
    base_form_class = CoursePageForm
    copy_form_class = CopyCourseForm
    exclude_fields_in_copy = ["starter_fingerprint"]
    content_panels = [
        *Page.content_panels,
        FieldPanel(
            "code",
            required_on_save=True,
            help_text=_("Short and lasting, for example VHCV-1847. Certificates and imports know the course by it."),
        ),
        FieldPanel("summary", help_text=_("Two or three sentences: what one can do after this course.")),
        FieldPanel("audience_note"),
        FieldPanel("duration_minutes", help_text=_("All lessons and the quiz together, as the certificate prints it.")),
        FieldPanel("cover"),
        InlinePanel(
            "modules",
            label=_("Module"),
            heading=_("Modules"),
            help_text=_("The headings under which the lessons stand. Lessons name their module by its code."),
        ),
        InlinePanel(
            "prerequisites",
            label=_("Course to complete first"),
            heading=_("Prerequisites"),
            help_text=_("Nobody can start this course before these are completed."),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "quiz", help_text=_("Whoever passes it has completed the course. Without one, the lessons do.")
                ),
                FieldPanel("enforce_minimum_time"),
                FieldPanel("awards_certificate"),
                FieldPanel("certificate_kind"),
            ],
            heading=_("Completion"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("owner_unit", help_text=_("It answers for the course and issues its certificates.")),
                InlinePanel("co_owners", label=_("Co-owner"), heading=_("Co-owners")),
                FieldPanel("is_open"),
                FieldPanel("shows_scores"),
                FieldPanel(
                    "review_status",
                    help_text=_("Learners see “Draft awaiting expert review” until an expert has approved the course."),
                ),
            ],
            heading=_("Responsibility and access"),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("code")]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def permissions_for_user(self, user):
        return CoursePermissions(user, self)

    @property
    def is_draft_review(self) -> bool:
        """Shown as “Draft awaiting expert review” until an expert has approved the course."""
        return self.review_status == ReviewStatus.DRAFT

    def serve(self, request, *args, **kwargs):
        from courses.views.pages import show_course

        return show_course(request, self)

    def serve_preview(self, request, mode_name):
        from courses.views.pages import preview_course

        request.is_preview = True
        return preview_course(request, self)


class CourseModule(Orderable):
    """A heading of a course, addressed to an audience. Lessons name their module by its code.

    pii: none.
    """

    course = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="modules")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    audience = models.CharField(_("required of"), max_length=12, choices=Audience, default=Audience.EVERYONE)

    class Meta(Orderable.Meta):
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def __str__(self):
        return self.title


class LessonPage(PreviewAtPhoneWidth, Page):
    """A lesson. Reading it needs sign-in unless its course is open.

    pii: none.
    """

    module_code = models.CharField(
        _("module"), max_length=20, blank=True, help_text=_("Code of the module of the course, for example M1.")
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=8)
    introduction = models.TextField(_("introduction"), blank=True)
    body = StreamField(LessonBody(), verbose_name=_("body"), blank=True)

    parent_page_types = ["courses.CoursePage"]
    subpage_types = []
    base_form_class = LessonPageForm
    copy_form_class = CopyLessonForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("module_code"),
        FieldPanel("minutes", help_text=_("How long an attentive reader takes.")),
        FieldPanel("introduction", help_text=_("One or two sentences above the lesson.")),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def permissions_for_user(self, user):
        return CoursePermissions(user, self)

    def route(self, request, path_components):
        """An unpublished lesson is found too: `show_lesson` opens it to those who took it in their edition."""
        return super().route(request, path_components) if path_components else RouteResult(self)

    def serve(self, request, *args, **kwargs):
        from courses.views.pages import show_lesson

        return show_lesson(request, self)

    def serve_preview(self, request, mode_name):
        from courses.views.pages import preview_lesson

        return preview_lesson(request, self)
