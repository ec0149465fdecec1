from .campaign import CampaignIndexPage, CampaignPage, CampaignStory
from .consent import Consent
from .document import Document
from .exemplar import Exemplar
from .photograph import Depiction, Photograph, Rendition
from .share_card import ShareCard
from .story import StoryIndexPage, StoryPage, StoryPerson, StoryPhotograph

__all__ = [
    "CampaignIndexPage",
    "CampaignPage",
    "CampaignStory",
    "Consent",
    "Depiction",
    "Document",
    "Exemplar",
    "Photograph",
    "Rendition",
    "ShareCard",
    "StoryIndexPage",
    "StoryPage",
    "StoryPerson",
    "StoryPhotograph",
]
