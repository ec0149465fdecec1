"""The press office's screens on the editing desk."""
