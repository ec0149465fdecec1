from .adoption import Adoption
from .campaign import CampaignCourse, CampaignIndexPage, CampaignPage, CampaignStory
from .consent import Consent
from .consent_request import ConsentRequest
from .council import CouncilSession, DocketItem, Vote
from .document import Document
from .emulation import EmulationLevel, EmulationSlogan
from .exemplar import Exemplar
from .exemption import PictureExemption
from .nomination import Nomination, NominationEvidence
from .photograph import Depiction, Photograph, Rendition
from .press_kit import PressKit
from .reads import PublicStamp, StoryReads
from .removal import StoryRemoval
from .retired_file import RetiredFile
from .share_card import ShareCard
from .story import StoryIndexPage, StoryPage, StoryPerson, StoryPhotograph
from .story_link import StoryLink
from .story_notice import StoryNotice

__all__ = [
    "Adoption",
    "CampaignCourse",
    "CampaignIndexPage",
    "CampaignPage",
    "CampaignStory",
    "Consent",
    "ConsentRequest",
    "CouncilSession",
    "Depiction",
    "DocketItem",
    "Document",
    "EmulationLevel",
    "EmulationSlogan",
    "Exemplar",
    "Nomination",
    "NominationEvidence",
    "Photograph",
    "PictureExemption",
    "PressKit",
    "PublicStamp",
    "Rendition",
    "RetiredFile",
    "ShareCard",
    "StoryIndexPage",
    "StoryLink",
    "StoryNotice",
    "StoryPage",
    "StoryPerson",
    "StoryPhotograph",
    "StoryReads",
    "StoryRemoval",
    "Vote",
]
