"""Drawings of the demo stories, made by a script instead of photographs of people.

`python -m shared.art.draw` writes the five scenes as SVG beside this file and as JPEG into media/demo/.
The modules: `marks` (SVG in short words, the colours), `figures` (people), `scenery` (land, houses, furniture),
`scenes` (the five compositions), `draw` (export).
"""
