"""The questions inside an activity, for types that put several together and never report an end of their own."""

from h5p.models import Content

# Types that report an answer of their own. What lies inside one of them is its own business.
_NAMES = """
    AdvancedBlanks ArithmeticQuiz Blanks BranchingScenario CoursePresentation Crossword Dictation DragQuestion DragText
    Essay FindMultipleHotspots FindTheWords Flashcards FreeTextQuestion GuessTheAnswer ImageHotspotQuestion
    ImageMultipleHotspotQuestion ImagePair ImageSequencing InteractiveVideo MarkTheWords MemoryGame MultiChoice
    MultiMediaChoice OpenEndedQuestion PersonalityQuiz QuestionSet Questionnaire SimpleMultiChoice SingleChoiceSet
    SortParagraphs SpeakTheWords SpeakTheWordsSet Summary TrueFalse
"""
QUESTION_TYPES = frozenset(f"H5P.{name}" for name in _NAMES.split())


def reports_its_end(content: Content) -> bool:
    """Whether the activity is of a type that says itself when it is over."""
    return content.main_library_name.split(" ")[0] in QUESTION_TYPES


def questions_in(content: Content) -> frozenset[str]:
    """The sub-content ids of the outermost questions of an activity, as its player reports them."""
    params = content.filtered if content.filtered is not None else content.params
    return frozenset(_questions(params))


def _questions(value):
    if isinstance(value, list):
        for item in value:
            yield from _questions(item)
    elif isinstance(value, dict):
        name = value.get("library")
        part = value.get("subContentId")
        if isinstance(name, str) and isinstance(part, str) and name.split(" ")[0] in QUESTION_TYPES:
            yield part
            return
        for item in value.values():
            yield from _questions(item)
