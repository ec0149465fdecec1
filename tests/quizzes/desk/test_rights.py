"""Who may use, see the keys of, edit and keep a bank: rules and lists agree, and nothing leaks through the screens."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from people.models import Person
from quizzes import queries, rules
from quizzes.domain import banks
from quizzes.enums import BankRight
from quizzes.models import Bank

from .conftest import SECRET, make_question, make_quiz

PAIRS = {
    "use": (queries.banks_for, rules.can_use_bank),
    "keys": (queries.banks_with_keys_for, rules.can_see_keys_of),
    "edit": (queries.edited_banks_for, rules.can_edit_bank),
    "keep": (queries.kept_banks_for, rules.can_keep_bank),
}
# Owner's scope goes down the tree of units and the tree of banks; the bank of no unit may be used by every author.
EXPECTED = {
    "an": {key: {"TINH", "XA", "PHUONG", "CHUNG"} for key in PAIRS},
    "tam": {key: {"TINH", "XA", "PHUONG"} for key in PAIRS} | {"use": {"TINH", "XA", "PHUONG", "CHUNG"}},
    "hung": {key: {"XA"} for key in PAIRS} | {"use": {"XA", "CHUNG"}},
    "minh": {key: {"PHUONG"} for key in PAIRS} | {"use": {"PHUONG", "CHUNG"}},
    "lan": {key: set() for key in PAIRS},
    "thao": {key: set() for key in PAIRS},
    "hoa": {key: set() for key in PAIRS},
}


def rights_of(person, right: str) -> set[str]:
    listed, may = PAIRS[right]
    codes = {bank.code for bank in listed(person)}
    assert codes == {bank.code for bank in Bank.objects.all() if may(person, bank)}, (person, right)
    return codes


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


@pytest.mark.parametrize("username", EXPECTED)
def test_rights_follow_from_the_owner(cast, tree, username):
    assert {right: rights_of(fresh(cast[username]), right) for right in PAIRS} == EXPECTED[username]


def test_nobody_signed_out_has_any(tree):
    assert not any(listed(AnonymousUser()).exists() for listed, _may in PAIRS.values())


@pytest.mark.parametrize(
    ("right", "gained"),
    [(BankRight.USE, {"use"}), (BankRight.KEYS, {"use", "keys"}), (BankRight.EDIT, {"use", "keys", "edit"})],
)
def test_a_share_gives_its_right_on_the_bank_and_those_within(cast, units, tree, right, gained):
    banks.share(tree["province"], [(units["LG-KL"], right)], actor=cast["an"])
    for one in PAIRS:
        before = EXPECTED["minh"][one]
        assert rights_of(fresh(cast["minh"]), one) == (before | {"TINH", "XA"} if one in gained else before)
        assert rights_of(fresh(cast["hung"]), one) == EXPECTED["hung"][one]


def test_a_share_with_a_unit_above_reaches_those_below(cast, units, tree):
    banks.share(tree["ward"], [(units["LG"], BankRight.USE)], actor=cast["an"])
    assert "PHUONG" in rights_of(fresh(cast["hung"]), "use")
    banks.share(tree["ward"], [], actor=cast["an"])
    assert "PHUONG" not in rights_of(fresh(cast["hung"]), "use")


def test_a_bank_moves_with_what_it_holds(cast, tree):
    tree["province"].refresh_from_db()
    tree["province"].parent = tree["ward"]
    banks.save_bank(tree["province"], actor=cast["an"])
    assert Bank.objects.get(code="XA").path == f"/{tree['ward'].pk}/{tree['province'].pk}/{tree['commune'].pk}/"
    assert rights_of(fresh(cast["minh"]), "edit") == {"PHUONG", "TINH", "XA"}
    ward = Bank.objects.get(code="PHUONG")
    ward.parent = Bank.objects.get(code="XA")
    with pytest.raises(Exception, match="within itself"):
        banks.save_bank(ward, actor=cast["an"])


def test_keys_are_shown_to_nobody_without_the_right(cast, units, tree, desk):
    """The secret stands in the key and the feedback; `minh` may use the question, `hung` does not know of it."""
    question = make_question(
        tree["ward"], "MAT", "fill_blank", blanks=[{"n": 1, "accept": [SECRET]}, {"n": 2, "accept": [SECRET]}],
        feedback={"correct": SECRET, "incorrect": SECRET},
    )  # fmt: skip
    banks.share(tree["ward"], [(units["LG-TS"], BankRight.USE)], actor=cast["an"])
    quiz = make_quiz("XA-KT", units["LG-TS"])
    browser = desk("hung")
    pages = [
        reverse("exam_questions"),
        reverse("exam_questions_results"),
        reverse("exam_question", args=[question.pk]),
        reverse("exam_preview_question", args=[question.pk]),
        reverse("exam_choose_questions", args=[quiz.sections.get().pk]),
    ]
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200 and SECRET not in answer.content.decode(), page
        assert "MAT" in answer.content.decode() or "preview" in page
    closed = [
        reverse("exam_edit_question", args=[question.pk]),
        reverse("exam_compare_question", args=[question.pk, 1]),
        reverse("exam_move_question", args=[question.pk]),
        reverse("exam_duplicate_question", args=[question.pk]),
    ]
    for page in closed:
        assert browser.get(page).status_code == 404, page
    assert browser.post(reverse("exam_retire_question", args=[question.pk]), {"retire": "1"}).status_code == 404
    assert SECRET in desk("minh").get(closed[0]).content.decode()  # the control: its author does see it


def test_questions_and_quizzes_of_others_are_not_found(cast, units, tree, desk):
    question = make_question(tree["ward"], "P1")
    quiz = make_quiz("P-KT", units["LG-KL"])
    section = quiz.sections.get()
    browser = desk("hung")
    for page in (
        reverse("exam_question", args=[question.pk]),
        reverse("exam_preview_question", args=[question.pk]),
        reverse("exam_bank", args=[tree["ward"].pk]),
        reverse("exam_paper", args=[quiz.pk]),
        reverse("exam_paper_frame", args=[quiz.pk]),
        reverse("exam_part", args=["section", section.pk]),
        reverse("exam_new_draw", args=[section.pk]),
        reverse("exam_choose_questions", args=[section.pk]),
    ):
        assert browser.get(page).status_code == 404, page
    assert "P1" not in browser.get(reverse("exam_questions")).content.decode()
    listed = browser.get(reverse("quiz_desk:index")).content.decode()
    assert "P-KT" not in listed
    # Neither smuggled into one's own quiz, nor as the bank of a draw.
    own = make_quiz("X-KT", units["LG-TS"]).sections.get()
    browser.post(reverse("exam_choose_questions", args=[own.pk]), {"question": [question.pk]})
    browser.post(reverse("exam_new_draw", args=[own.pk]), {"bank": tree["ward"].pk, "count": 1})
    assert not own.section_questions.exists() and not own.draws.exists()


@pytest.mark.parametrize("username", ["lan", "thao", "hoa"])
def test_people_who_are_no_authors_are_kept_out(cast, tree, desk, username):
    question = make_question(tree["province"], "Q1")
    for page in (reverse("exam_questions"), reverse("exam_banks"), reverse("exam_question", args=[question.pk]),
                 reverse("exam_marking")):  # fmt: skip
        answer = desk(username).get(page)
        assert answer.status_code in {302, 403}
        assert "Q1" not in answer.content.decode()


def test_only_administrators_keep_the_words_of_tags(cast, desk):
    assert desk("an").get(reverse("exam_tags:index")).status_code == 200
    assert "Xin chào" in desk("an").get(reverse("exam_tags:index")).content.decode()
    assert desk("tam").get(reverse("exam_tags:index")).status_code == 302
