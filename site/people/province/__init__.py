"""A fictional province for the demo, the tests and the measurements ("minh họa"): nobody and nothing here is real.

`facts` reads province.yaml, `units` plans the tree and the leaders' posts, `persons` fills it with people named by
`names`: plain Python, the same for the same size and seed. `loading` writes a plan into the database,
`workbooks` writes the same people as the sheets HR offices send, faults included.
"""
