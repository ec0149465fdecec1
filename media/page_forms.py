"""Forms of the room's pages; apart from forms.py because the page models themselves name them."""

from wagtail.admin.forms import WagtailAdminPageForm


class StoryPageForm(WagtailAdminPageForm):
    """A story begins as a draft, also when “Publish” is the first button pressed.

    Wagtail would create the row live and only then publish its first revision. As a draft it is safely stored
    before consent is looked at, and a refusal costs the editor nothing.
    """

    def save(self, commit=True):
        if self.instance._state.adding:
            self.instance.live = False
        return super().save(commit=commit)
