"""H5P packages and libraries in plain Python: nothing here knows of Django, a database or a web site.

- `package`   opens a .h5p file safely and says everything that is wrong with it
- `schema`    h5p.json and library.json as typed values
- `semantics` the fields of a content: filling in defaults, filtering, walking
- `resolver`  which scripts and styles a content needs, in which order
- `findings`  what a check found: a code, and a sentence in Vietnamese and English

Works with Python 3.11 or newer; needs nh3 (HTML) and Pillow (images).
"""
