from django.urls import path

from media.views import adoptions, council, my_consents, nominations, pages, story_links
from media.views.feed import StoryAtomFeed, StoryFeed

urlpatterns = [
    # Wagtail's own addresses end in a slash and know no dot, so the feed stands before them.
    path("guong-dien-hinh/rss.xml", StoryFeed(), name="story_feed"),
    path("guong-dien-hinh/feed/", StoryAtomFeed(), name="story_atom"),
    path("guong-dien-hinh/don-vi/<str:code>/", pages.unit_stories, name="unit_stories"),
    path("guong-dien-hinh/<str:slug>/ap-dung/", adoptions.adopt_story, name="adopt_story"),
    path("guong-dien-hinh/<str:slug>/", pages.story_at, name="story"),
    path("doc-truoc/<str:token>/", story_links.story_link, name="story_link"),
    path("doc-truoc/<str:token>/bai-viet/", story_links.story_link_draft, name="story_link_draft"),
    path("tai-khoan/dong-y/", my_consents.my_consents, name="my_consents"),
    path("tai-khoan/dong-y/<int:pk>/", my_consents.my_consent, name="my_consent"),
    path("tai-khoan/dong-y/<int:pk>/bai-viet/", my_consents.my_consent_story, name="my_consent_story"),
    path("tai-khoan/dong-y/<int:pk>/rut-lai/", my_consents.withdraw_my_consent, name="withdraw_my_consent"),
    path("dong-y/<str:token>/", my_consents.consent_link, name="consent_link"),
    path("dong-y/<str:token>/bai-viet/", my_consents.consent_link_story, name="consent_link_story"),
    path("dong-y/<str:token>/rut-lai/", my_consents.withdraw_by_link, name="withdraw_by_link"),
    path("de-nghi/", nominations.nomination_list, name="nominations"),
    path("de-nghi/moi/", nominations.new_nomination, name="new_nomination"),
    path("de-nghi/<int:pk>/", nominations.nomination, name="nomination"),
    path("de-nghi/<int:pk>/tra-loi/", nominations.answer_nomination, name="answer_nomination"),
    path("de-nghi/<int:pk>/minh-chung/<int:number>/", nominations.nomination_evidence, name="nomination_evidence"),
    path("hoi-dong/", council.council, name="council"),
    path("hoi-dong/<int:pk>/", council.council_session, name="council_session"),
    path("hoi-dong/<int:pk>/buoc/", council.council_step, name="council_step"),
    path("hoi-dong/<int:pk>/bien-ban/", council.council_minutes_file, name="council_minutes_file"),
]
