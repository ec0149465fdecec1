"""Right answers of the starter courses, read from their files, to fill in forms as a well-prepared learner would."""

import yaml

from courses.management.commands.load_starter import LIBRARY
from shared.text.fold import to_nfc


def by_stem(name: str) -> dict[str, dict]:
    """The questions of a course file by their Vietnamese stem (blanks as “…”)."""
    questions = yaml.safe_load((LIBRARY / f"{name}.yaml").read_text())["quiz"]["questions"]
    return {_stem(question): question for question in questions}


def _stem(question: dict) -> str:
    text = question["stem"]["vi"]
    for number in range(1, 9):
        text = text.replace(f"{{{{{number}}}}}", "…")
    return to_nfc(text)


def open_quiz(page) -> None:
    """From the course or a result over the page with the rules to the first question."""
    page.locator("#quiz a.button--gold, .result a.button--gold").first.click()
    page.locator(".quiz-start form .button--gold").click()
    page.wait_for_url("**/cau/*/")


def shown(page):
    """The question the page shows."""
    return page.locator("form.question .question-part:visible")


def stem_of(page) -> str:
    """The words of the question the page shows."""
    return to_nfc(shown(page).locator("h1").inner_text())


def fill_in(page, question: dict) -> None:
    """Gives the right answer to the question the page shows, by the controls a person would use."""
    page = shown(page)
    kind = question["type"]
    if kind in {"single_choice", "scenario", "multiple_choice"}:
        wanted = question["answer"] if isinstance(question["answer"], list) else [question["answer"]]
        for option in question["options"]:
            if option["id"] in wanted:
                page.get_by_label(option["vi"], exact=True).check()
    elif kind == "true_false":
        page.locator(f"input[value={'true' if question['answer'] else 'false'}]").check()
    elif kind == "matching":
        for pair in question["pairs"]:
            page.get_by_label(pair["left"], exact=True).select_option(label=pair["right"])
    elif kind == "fill_blank":
        for blank in question["blanks"]:
            page.locator(f"[name$='blank-{blank['n']}']").fill(blank["accept"][0])
    elif kind == "ordering":
        _put_in_order(page, question["items"])


def _put_in_order(page, wanted: list[str]) -> None:
    for place, text in enumerate(wanted):
        while page.locator(".ordering-text").all_inner_texts().index(text) > place:
            row = page.locator(".ordering-list li").filter(has_text=text)
            row.locator("[data-move=up], [value^='up:']").first.click()
            page.page.wait_for_load_state()
