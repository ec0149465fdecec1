"""What the measurements over HTTP share: a throw-away database server, a served site, learners, a small client."""
