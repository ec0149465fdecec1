from django.db import models
from django.utils.translation import gettext_lazy as _

from h5p.enums import ProposalState


class LibraryProposal(models.Model):
    """A higher patch that wants to take the place of an installed library. It waits for a library manager.

    A patched copy with a higher number would otherwise take over the code of every activity of its type. The
    decision is pinned to the very files that were shown: `tree_sha256`, and `from_tree_sha256` of those installed.

    pii: who proposed and who decided; kept as evidence of the decision.
    """

    library = models.ForeignKey("h5p.Library", models.CASCADE, related_name="proposals")
    patch = models.PositiveIntegerField()
    tree_sha256 = models.CharField(max_length=64)
    from_tree_sha256 = models.CharField(max_length=64)
    difference = models.JSONField(help_text='{"added": [paths], "removed": [paths], "changed": [paths]}')
    source_package = models.CharField(_("came with"), max_length=255, blank=True)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    proposed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("replacement of an H5P library")
        verbose_name_plural = _("replacements of H5P libraries")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["library", "tree_sha256"],
                condition=models.Q(state=ProposalState.WAITING),
                name="h5p_proposal_once",
            ),
        ]

    def __str__(self):
        return f"{self.library} → {self.version}"

    @property
    def version(self) -> str:
        return f"{self.library.major}.{self.library.minor}.{self.patch}"
