"""Every fault a sheet can have: a code, how serious it is, and the words with which it is told.

Codes are what files, the staging table and other programs hold; words are made when somebody reads them, in the
reader's language. Each sentence says what is wrong and what to do.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

REFUSED = "refused"  # the row is not imported
ASKED = "asked"  # refused until the importer confirms the proposed repair
WARNED = "warned"  # imported as the message says


@dataclass(frozen=True)
class Problem:
    """A fault of one cell (`column`: a key of `vocabulary`) or of the whole row (""); `params` fill its words."""

    code: str
    column: str = ""
    params: dict = field(default_factory=dict)

    @property
    def level(self) -> str:
        return _CATALOGUE[self.code][0]

    @property
    def message(self) -> str:
        return message_of(self.code, self.params)

    def to_json(self) -> list:
        return [self.code, self.column, self.params]

    @classmethod
    def from_json(cls, stored: list) -> "Problem":
        return cls(*stored)


def message_of(code: str, params: dict | None = None) -> str:
    """The words of a fault in the reader's language."""
    words = str(_CATALOGUE[code][1])
    return words.format(**params) if params else words


def codes() -> dict[str, str]:
    """All codes with how serious they are, for documentation and tests."""
    return {code: level for code, (level, _words) in _CATALOGUE.items()}


_CATALOGUE = {
    # --- names ---
    "name_missing": (REFUSED, _("The name is missing. Write it, or delete the row.")),
    "name_characters": (
        REFUSED,
        _("The name holds characters that no name has ({found}). Please correct the name."),
    ),
    "name_legacy_font": (
        REFUSED,
        _("The name is written in an old font encoding (such as .VnTime). Please convert the file to Unicode."),
    ),
    "name_too_long": (REFUSED, _("The name is longer than {limit} characters. Please check the cell.")),
    "name_recased": (WARNED, _("The name was written in one case; it is taken as “{name}”.")),
    "name_case_kept": (
        WARNED,
        _("The name is written in one case and is kept as it is. If it should read “{name}”, change it in the sheet."),
    ),
    "name_title_dropped": (WARNED, _("“{title}” before the name is left out.")),
    "name_single_word": (WARNED, _("The name has only one word. Please check that it is complete.")),
    # --- birth date, gender ---
    "birth_date_unreadable": (REFUSED, _("This is not a date. Please write day/month/year, such as 05/03/1985.")),
    "birth_date_impossible": (
        REFUSED,
        _("There is no such day ({found}). Please write day/month/year, such as 05/03/1985."),
    ),
    "birth_date_unlikely": (REFUSED, _("Born on {found}, the person would be {age} years old. Please check the year.")),
    "birth_date_two_digits": (WARNED, _("The year has two digits; the date is taken as {date}.")),
    "birth_date_serial": (WARNED, _("The cell holds Excel's day number; it is taken as {date}.")),
    "birth_year_only": (WARNED, _("Only the year {year} is given, so no birth date is recorded.")),
    "gender_ambiguous": (WARNED, _("“{found}” may mean Nam or Nữ; the gender is left as it is.")),
    "gender_unknown": (WARNED, _("“{found}” is not understood; the gender is left as it is. Write Nam or Nữ.")),
    # --- numbers ---
    "national_id_lost_zero": (
        ASKED,
        _("The number has {digits} digits: Excel has dropped the zero in front. Confirm that it is to be put back."),
    ),
    "national_id_zero_restored": (WARNED, _("The zero that Excel had dropped is put back in front.")),
    "national_id_old": (REFUSED, _("9 digits are an old identity card. Please give the 12 digits of the national ID.")),
    "national_id_length": (
        REFUSED,
        _("The number has {digits} digits; a national ID has 12. Please correct or clear it."),
    ),
    "national_id_characters": (REFUSED, _("A national ID consists of 12 digits only. Please correct or clear it.")),
    "national_id_scientific": (
        REFUSED,
        _("Excel has rounded the number ({found}); its digits are lost. Format the column as text and enter it again."),
    ),
    "national_id_differs": (
        WARNED,
        _("Another national ID is on record. It will be replaced: please check both before confirming."),
    ),
    "phone_lost_zero": (
        ASKED,
        _("The number has {digits} digits: Excel has dropped the zero in front. Confirm that it is to be put back."),
    ),
    "phone_zero_restored": (WARNED, _("The zero that Excel had dropped is put back in front.")),
    "phone_unreadable": (REFUSED, _("This is not a telephone number of 10 or 11 digits. Please correct or clear it.")),
    "phone_several": (WARNED, _("The cell holds several numbers; the first one is taken.")),
    "phone_of_other": (
        WARNED,
        _("The same number is on record for {whom}. Neither can sign in with it while both have it."),
    ),
    "phone_twice": (
        WARNED,
        _("The same number stands on row {rows}. Neither person can sign in with it while both have it."),
    ),
    "staff_number_unreadable": (
        REFUSED,
        _("This cannot be a staff number: up to 30 letters, digits and . - / are allowed."),
    ),
    "staff_number_scientific": (
        REFUSED,
        _("Excel has rounded the number ({found}); its digits are lost. Format the column as text and enter it again."),
    ),
    # --- e-mail ---
    "email_unreadable": (REFUSED, _("This is not an e-mail address. Please correct or clear it.")),
    "email_personal": (WARNED, _("{domain} is a service for private addresses. A work e-mail is expected here.")),
    # --- unit, position ---
    "unit_missing": (
        REFUSED,
        _("The unit is missing, and no heading above the row names one. Write the unit into the row."),
    ),
    "unit_unknown": (
        REFUSED,
        _("No unit is called “{found}”. Say on the preview which unit is meant, or correct the name."),
    ),
    "unit_unknown_suggested": (REFUSED, _("No unit is called “{found}”. Is {suggestion} meant?")),
    "unit_ambiguous": (
        REFUSED,
        _("“{found}” may mean several units: {candidates}. Write the full name or the unit's code."),
    ),
    "unit_abolished": (
        REFUSED,
        _(
            "“{found}” belongs to the district level, which was abolished on 1 July 2025. "
            "Write the commune, ward or department the person belongs to now."
        ),
    ),
    "unit_closed": (REFUSED, _("“{found}” was closed. Write the unit the person belongs to now.")),
    "unit_closed_replaced": (REFUSED, _("“{found}” was closed; {successor} took its place. Write that name.")),
    "unit_outside_scope": (REFUSED, _("“{found}” is out of scope: it is not among the units of this import.")),
    "unit_chosen": (WARNED, _("“{found}” is taken as {unit}, as decided for this list.")),
    "unit_guessed": (WARNED, _("“{found}” is read as {unit}.")),
    "employment_unknown": (REFUSED, _("“{found}” is no kind of employment. Write CB, CC, VC or NLĐ.")),
    "employment_assumed": (WARNED, _("The kind of employment is missing; “{kind}” is assumed.")),
    "position_group_unknown": (
        REFUSED,
        _("“{found}” is no position group. Clear the cell, then the group follows from the position."),
    ),
    "manager_unknown": (WARNED, _("“{found}” is not understood; write x, or leave the cell empty.")),
    "position_missing": (WARNED, _("The position is missing; “{title}” is entered.")),
    "text_too_long": (REFUSED, _("The text is longer than {limit} characters. Please shorten it.")),
    "formula_without_value": (
        REFUSED,
        _("The cell holds a formula without a result. Open the file in Excel, save it and upload it again."),
    ),
    "cell_error": (REFUSED, _("The cell shows an error of Excel ({found}). Please correct it.")),
    # --- recognising people ---
    "no_key": (
        WARNED,
        _("Without staff number, national ID or work e-mail a later import cannot recognise this person."),
    ),
    "repeated_row": (
        REFUSED,
        _("The person already stands on row {rows} of this file. Keep the row that is right and delete the other."),
    ),
    "staff_number_twice": (
        REFUSED,
        _("The staff number also stands on row {rows}, for another person. Please check whose it is."),
    ),
    "national_id_twice": (
        REFUSED,
        _("The national ID also stands on row {rows}, for another person. Please check whose it is."),
    ),
    "email_twice": (
        REFUSED,
        _("The e-mail address also stands on row {rows}, for another person. Please check whose it is."),
    ),
    "staff_number_of_other": (
        REFUSED,
        _("The staff number belongs to {whom}, the national ID to somebody else. Please check which person is meant."),
    ),
    "national_id_of_other": (REFUSED, _("The national ID belongs to {whom}. Please check which person is meant.")),
    "email_of_other": (REFUSED, _("The e-mail address belongs to {whom}. Please correct or clear it.")),
    "username_of_other": (REFUSED, _("The sign-in name belongs to {whom}, the other keys of the row do not.")),
    "username_unknown": (WARNED, _("Nobody has this sign-in name; it is left out.")),
    "person_outside_scope": (
        REFUSED,
        _("This person is out of scope: posted in a unit that is not among those of this import."),
    ),
    "account_protected": (
        REFUSED,
        _("Sign-in data of an account with administrative rights is changed by an administrator, not by import."),
    ),
    "other_name": (WARNED, _("The name on record is quite another: “{name}”. Is this the same person?")),
    "namesake": (WARNED, _("Somebody of this name may already be on record. Please decide before confirming.")),
    "namesake_in_file": (
        WARNED,
        _("Somebody of this name also stands on row {rows}, and a key is missing. Please decide before confirming."),
    ),
    "decision_new_impossible": (REFUSED, _("A key of this row belongs to the person on record, so it cannot be new.")),
    # --- postings ---
    "posting_later": (
        REFUSED,
        _("A posting that begins on {day} is on record. Choose a later effective date, or use the person's page."),
    ),
    "posting_ends": (
        REFUSED,
        _("The present posting is recorded to end on {day}. Please make this change on the person's page."),
    ),
    "unit_not_yet": (
        REFUSED,
        _("{unit} does not exist on the effective date {day}. Choose a later effective date, or another unit."),
    ),
    # --- between preview and confirmation, and at undoing ---
    "changed_meanwhile": (REFUSED, _("The record was changed after the preview was made. Make the preview again.")),
    "undo_changed_since": (WARNED, _("Kept: the record was changed after the import.")),
    "undo_has_records": (WARNED, _("The account has been used and has records; it was closed, not removed.")),
    "undo_key_taken": (WARNED, _("Kept: a former key of this person now belongs to somebody else.")),
}
