"""What the screens of several rooms in the Wagtail admin have in common."""
