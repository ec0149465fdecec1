"""How readers pass a story on: plain links, nothing guessed, no script of anybody."""

import pytest

pytestmark = pytest.mark.django_db


def test_links_to_networks_are_addresses_they_document(client, published_story):
    story = published_story()
    page = client.get(story.url).content.decode()
    assert "https://www.facebook.com/sharer/sharer.php?u=http" in page
    assert 'href="https://chat.zalo.me/"' in page
    assert f'data-send="{story.full_url}"' in page
    for guessed in ("zalo.me/share", "sp.zalo.me", "sdk.js"):
        assert guessed not in page
