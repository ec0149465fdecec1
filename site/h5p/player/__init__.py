"""What the browser gets to play an activity: core files, bundles, the frame's page, its words and addresses."""
