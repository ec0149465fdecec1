"""News for one person: notices on the site and letters, what has been told to whom, and what a person wants to get.

This room knows no other's nouns. A room that has something to tell registers a topic
(`notices.domain.topics`), writes down who is to be told what (`notices.domain.queueing`) and is asked again, at the
moment of sending, whether it is still so.
"""
