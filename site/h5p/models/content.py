import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from h5p.core.semantics.references import needs_script
from h5p.enums import DependencyType
from shared.text.fields import DerivedTextField, NormalisedTextField, WithDerivedText
from shared.text.fold import fold


class Content(WithDerivedText):
    """An activity: its parameters and media, played by its main library.

    `params` is what the package said, `filtered` what may be shown: checked against the semantics of the libraries,
    with missing defaults filled in. Every new version of the package raises `revision`; its media lie in a folder
    of that number.

    pii: authors named in the package's metadata; who imported it. Kept as long as the activity.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    title = NormalisedTextField(_("title"), max_length=255)
    search_key = DerivedTextField(source=("title",), derive=fold, max_length=300, db_index=True)
    language = models.CharField(_("language"), max_length=10, default="und")
    main_library = models.ForeignKey(
        "h5p.Library", models.PROTECT, null=True, related_name="contents", verbose_name=_("type")
    )
    main_library_name = models.CharField(max_length=270, help_text='as the package names it: "H5P.Blanks 1.14"')
    missing_libraries = models.JSONField(default=list, help_text="names of libraries it waits for; [] if playable")
    params = models.JSONField()
    filtered = models.JSONField(null=True)
    filtered_sha256 = models.CharField(max_length=64, blank=True)
    metadata = models.JSONField(default=dict, help_text="h5p.json without dependencies: licence, authors, changes …")
    embed_type = models.CharField(max_length=6, default="iframe", help_text='"iframe" or "div"')
    show_frame = models.BooleanField(default=True)
    show_export = models.BooleanField(default=False)
    show_copyright = models.BooleanField(default=True)
    external_hosts = models.JSONField(default=list, help_text="host names its parameters refer to")
    allowed_external_hosts = models.JSONField(default=list, help_text="those of them its frame may load from")
    media_size = models.PositiveBigIntegerField(default=0, help_text="bytes of its own files")
    source_package = models.CharField(_("file"), max_length=255, blank=True)
    package_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("H5P activity")
        verbose_name_plural = _("H5P activities")
        ordering = ["-updated_at", "-pk"]

    def __str__(self):
        return self.title

    @property
    def is_ready(self) -> bool:
        """Whether every library it needs is installed; a disabled one is asked for when it is played."""
        return self.main_library_id is not None and not self.missing_libraries

    @property
    def allowable_hosts(self) -> list[str]:
        """Other sites it refers to whose files a frame can show once they are allowed."""
        return [host for host in self.external_hosts if not needs_script(host)]

    @property
    def scripted_hosts(self) -> list[str]:
        """Other sites it refers to whose films play by a script of theirs alone, so never here."""
        return [host for host in self.external_hosts if needs_script(host)]

    @property
    def blocked_hosts(self) -> list[str]:
        """Other sites it refers to that somebody could allow and nobody has."""
        return [host for host in self.allowable_hosts if host not in self.allowed_external_hosts]

    @property
    def absent_hosts(self) -> list[str]:
        """Other sites of which nothing is loaded now, for either reason."""
        return [*self.blocked_hosts, *self.scripted_hosts]


class ContentDependency(models.Model):
    """A library the activity needs, in the order in which its scripts are loaded.

    pii: none.
    """

    content = models.ForeignKey(Content, models.CASCADE, related_name="dependencies")
    library = models.ForeignKey("h5p.Library", models.PROTECT, related_name="content_uses")
    type = models.CharField(max_length=10, choices=DependencyType)
    weight = models.PositiveSmallIntegerField()
    drop_css = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("dependency of an H5P activity")
        verbose_name_plural = _("dependencies of H5P activities")
        ordering = ["content", "weight"]
        constraints = [
            models.UniqueConstraint(fields=["content", "library", "type"], name="h5p_content_dependency_once"),
        ]

    def __str__(self):
        return f"{self.content_id} {self.type} {self.library_id}"
