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


def fill_in(page, question: dict) -> None:
    """Gives the right answer to the question on the page, by the controls a person would use."""
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
            page.locator(f"[name='blank-{blank['n']}']").fill(blank["accept"][0])
    elif kind == "ordering":
        _put_in_order(page, question["items"])


def _put_in_order(page, wanted: list[str]) -> None:
    for place, text in enumerate(wanted):
        while page.locator(".ordering-text").all_inner_texts().index(text) > place:
            row = page.locator(".ordering-list li").filter(has_text=text)
            row.locator("[data-move=up], [value^='up:']").first.click()
            page.wait_for_load_state()
