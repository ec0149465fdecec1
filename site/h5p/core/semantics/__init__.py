"""The parameters of a content and the tree of fields (semantics.json) they follow.

- `defaults`   fills in what an older or careless author left out
- `filtering`  takes out whatever the fields do not allow
- `references` libraries, files and other sites that parameters refer to

Parameters are plain JSON values; none of the functions changes the value it is given.
"""
