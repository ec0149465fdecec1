"""Question kinds: what a kind of question is made of, how it is asked, answered, graded and explained.

Pure Python, no Django. One kind lives in one file as one class; `registry` lists them. A new kind needs its
file and one line there. `base.QuestionKind` describes the interface and the shapes all kinds share.
"""
