from django.db import models
from django.utils.translation import gettext_lazy as _

from h5p.enums import DependencyType
from shared.text.fields import DerivedTextField, WithDerivedText
from shared.text.fold import fold


class Library(WithDerivedText):
    """Code and styles that play one type of activity, or that such a type needs.

    Name, major and minor number identify a library; different minors stay side by side for ever, because content
    names the minor it was made for. A higher patch takes the place of a lower one, after approval.

    pii: none, except who approved it (kept while the library is installed).
    """

    machine_name = models.CharField(_("machine name"), max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=255)
    search_key = DerivedTextField(source=("title", "machine_name"), derive=fold, max_length=520)
    runnable = models.BooleanField(_("an activity of its own"), default=False)
    fullscreen = models.BooleanField(default=False)
    embed_types = models.JSONField(default=list, help_text='some of "iframe", "div"')
    core_api_major = models.PositiveSmallIntegerField(null=True)
    core_api_minor = models.PositiveSmallIntegerField(null=True)
    js = models.JSONField(default=list, help_text="preloaded scripts, paths inside the library, in order")
    css = models.JSONField(default=list, help_text="preloaded styles, paths inside the library, in order")
    drop_css = models.JSONField(default=list, help_text="machine names whose styles are left out beside this library")
    semantics = models.JSONField(null=True, help_text="the tree of fields of its content, as semantics.json has it")
    add_to = models.JSONField(null=True, help_text="the rule by which an add-on joins a content")
    metadata_settings = models.JSONField(null=True)
    needs_eval = models.BooleanField(default=False, help_text="its scripts build code from text")
    license = models.CharField(_("licence"), max_length=255, blank=True)
    author = models.CharField(_("author"), max_length=500, blank=True)
    files = models.JSONField(default=dict, help_text="path: [SHA-256, size in bytes] of every installed file")
    tree_sha256 = models.CharField(max_length=64, help_text="one hash over all paths and files")
    size = models.PositiveBigIntegerField(default=0, help_text="bytes on disk")
    source_package = models.CharField(_("came with"), max_length=255, blank=True)
    enabled = models.BooleanField(_("enabled"), default=True)
    restricted = models.BooleanField(_("restricted"), default=False)
    approved_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    installed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("H5P library")
        verbose_name_plural = _("H5P libraries")
        ordering = ["machine_name", "-major", "-minor"]
        constraints = [
            models.UniqueConstraint(fields=["machine_name", "major", "minor"], name="h5p_library_once"),
        ]

    def __str__(self):
        return f"{self.title} {self.version}"

    @property
    def name(self) -> str:
        """As content refers to it: "H5P.Blanks 1.14"."""
        return f"{self.machine_name} {self.major}.{self.minor}"

    @property
    def folder_name(self) -> str:
        """As packages and addresses spell it: "H5P.Blanks-1.14"."""
        return f"{self.machine_name}-{self.major}.{self.minor}"

    @property
    def version(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def build(self) -> str:
        """Names these very files: patch number and the beginning of their hash."""
        return f"{self.patch}-{self.tree_sha256[:8]}"


class LibraryDependency(models.Model):
    """One library needs another one, of exactly this major and minor number.

    `required` is empty while that version is not installed (add-ons and authoring tools may be missing).

    pii: none.
    """

    library = models.ForeignKey(Library, models.CASCADE, related_name="dependencies")
    type = models.CharField(max_length=10, choices=DependencyType)
    position = models.PositiveSmallIntegerField()
    machine_name = models.CharField(max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    required = models.ForeignKey(Library, models.PROTECT, null=True, related_name="dependents")

    class Meta:
        verbose_name = _("dependency of an H5P library")
        verbose_name_plural = _("dependencies of H5P libraries")
        ordering = ["library", "type", "position"]
        constraints = [
            models.UniqueConstraint(fields=["library", "type", "machine_name"], name="h5p_library_dependency_once"),
        ]

    def __str__(self):
        return f"{self.library_id} {self.type} {self.name}"

    @property
    def name(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}"


class LibraryLanguage(models.Model):
    """The authoring texts of a library in one language, as language/xx.json has them.

    pii: none.
    """

    library = models.ForeignKey(Library, models.CASCADE, related_name="languages")
    code = models.CharField(max_length=31)
    translation = models.JSONField()

    class Meta:
        verbose_name = _("language of an H5P library")
        verbose_name_plural = _("languages of H5P libraries")
        constraints = [
            models.UniqueConstraint(fields=["library", "code"], name="h5p_library_language_once"),
        ]

    def __str__(self):
        return f"{self.library_id} {self.code}"
