"""What the pages of list imports show: the rows of a preview (`rows`), sentences and numbers (`page`)."""
