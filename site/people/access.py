"""To whom the room's addresses are open: the HR desk, one's account, the first sign-in."""

from people import rules
from people.sign_in import rules as sign_in_rules
from shared.access import PUBLIC, SIGNED_IN, Door, one_of_mine


def _see(thing: str = "", reaches=None) -> Door:
    return Door(rules.can_see_people, thing, reaches)


def _keep(thing: str = "", reaches=None) -> Door:
    return Door(rules.can_keep_people, thing, reaches)


def _answer(thing: str = "", reaches=None) -> Door:
    return Door(rules.can_answer_requests, thing, reaches)


_IMPORTS = ("import", "import_progress", "import_sheets", "import_read_again", "import_decide", "import_confirm")
_MORE_IMPORTS = ("import_undo", "import_discard", "import_result", "import_units")

DOORS = {
    "people:persons": _see(),
    "people:export_xlsx": _see(),
    "people:export_csv": _see(),
    "people:person": _see("person", rules.can_see_person),
    "people:add_person": _keep(),
    "people:change_person": _keep("person", rules.can_keep_person),
    "people:account_act": _keep("person", rules.can_see_person),
    "people:add_posting": _keep("person", rules.can_keep_person),
    "people:cancel_planned": _keep("person", rules.can_keep_person),
    "people:posting_step": _keep("posting", rules.can_keep_posting),
    "people:imports": _keep(),
    "people:new_import": _keep(),
    "people:import_template": _keep(),
    "people:import_export_xlsx": _keep(),
    "people:import_export_csv": _keep(),
    **{f"people:{name}": _keep("import", rules.can_see_import) for name in (*_IMPORTS, *_MORE_IMPORTS)},
    "people:activation_slips": _keep(),
    "people:make_activation_slips": _keep(),
    "people:activation_sheet": _keep("sheet", sign_in_rules.can_see_sheet),
    "people:download_activation_slips": _keep("sheet", sign_in_rules.can_see_sheet),
    "people:data_requests": _answer(),
    "people:data_request": _answer("data_request", rules.can_answer_request),
    "people:answer_data_request": _answer("data_request", rules.can_answer_request),
    "people:download_requested_data": Door(rules.can_administer_people, "data_request", rules.can_answer_request),
    "people:erase_person": Door(rules.can_administer_people, "person", rules.can_erase),
    "people:lift_restriction": Door(rules.can_administer_people, "person", rules.can_administer),
    "activate": PUBLIC,
    "activate_password": PUBLIC,
    "keep_alive": PUBLIC,
    "wake_account": PUBLIC,
    "wake_account_by_letter": PUBLIC,
    "second_factor_set_up": SIGNED_IN,
    "account_page": SIGNED_IN,
    "my_data": SIGNED_IN,
    "my_data_details": SIGNED_IN,
    "my_data_download": SIGNED_IN,
    "my_data_ask": SIGNED_IN,
    "my_data_withdraw": one_of_mine("data_request"),
}
