"""The press office: photographs, exemplary officials, consent, stories, campaigns."""
