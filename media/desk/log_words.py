"""What the press office's entries in the log of changes mean in words."""

from django.utils.translation import gettext_lazy as _

from media.enums import Channel, ConsentScope, CouncilDecision, LinkAnswer, LinkPurpose, VoteValue
from media.models import CampaignPage, Exemplar, Photograph, StoryPage
from people.desk.log import vocabulary


def tell() -> None:
    """Nominations stay numbers: who is told of one that was not pursued must not learn whose it was."""
    vocabulary.rows(Exemplar, "display_name", "exemplar", "exemplars")
    vocabulary.rows(StoryPage, "title", "story", "stories")
    vocabulary.rows(CampaignPage, "title", "campaign")
    vocabulary.rows(Photograph, "title", "photograph")
    vocabulary.codes("scopes", dict(ConsentScope.choices))
    vocabulary.codes("channels", dict(Channel.choices))
    vocabulary.codes("value", dict(VoteValue.choices), action="council.voted")
    vocabulary.codes("decision", dict(CouncilDecision.choices), action="council.decided")
    vocabulary.codes("purpose", dict(LinkPurpose.choices), action="story_link.made")
    vocabulary.codes("answer", dict(LinkAnswer.choices), action="story_link.answered")
    why = {"annulled": _("the recognition was annulled"), "consent missing": _("consent is missing")}
    vocabulary.codes("reason", why, action="story.taken_down")
