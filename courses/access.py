"""To whom the addresses of courses, learning and certificates are open."""

from courses import rules
from people.rules import can_keep_people, can_see_reports
from shared.access import PUBLIC, SIGNED_IN, Door, everybody, one_of_mine, own, signed_in

DOORS = {
    "course": PUBLIC,
    "lesson": PUBLIC,  # bodies of closed courses ask for sign-in: courses.rules.can_read_lesson
    "my_learning": SIGNED_IN,
    "transcript": SIGNED_IN,
    "start_course": SIGNED_IN,
    "finish_lesson": SIGNED_IN,
    "start_quiz": SIGNED_IN,
    "quiz_result": one_of_mine("attempt"),
    "my_certificates": SIGNED_IN,
    "certificate_pdf": one_of_mine("certificate"),
    "verify": PUBLIC,
    "verify_certificate": Door(everybody, shows=frozenset({"name"})),
    "directives": Door(can_see_reports),
    "expired_directives": Door(rules.can_see_expired_citations),
    "directive_desk": Door(can_see_reports),
    "send_directive": Door(can_keep_people),
    "hand_out_directive": Door(can_keep_people),
    "directive_people": Door(can_see_reports),
    "directive_people_xlsx": Door(can_see_reports),
    "receive_directive": Door(can_keep_people, "hop", rules.can_receive),
    "my_directives": SIGNED_IN,
    "my_directive": Door(signed_in, "receipt", own),
    "directive_file": Door(signed_in, "receipt", own),
    "start_directive_quiz": Door(signed_in, "receipt", own),
    "unit_requirements": Door(can_see_reports),
    "new_unit_requirement": Door(can_keep_people),
    "unit_requirement": Door(can_see_reports, "unit_requirement", rules.can_see_unit_requirement),
    "unit_duty": Door(can_see_reports, "unit_duty", rules.can_see_unit_duty),
    "unit_duty_evidence": Door(can_see_reports, "unit_duty", rules.can_see_unit_duty),
    "sessions": Door(can_see_reports),
    "session": Door(can_see_reports, "group_session", rules.can_hold_session),
    "session_code": Door(can_see_reports, "group_session", rules.can_hold_session),
    "come_in": SIGNED_IN,  # with a code that is signed and soon too old
    "exemptions": Door(can_keep_people),
    "new_exemption": Door(can_keep_people),
    "exemption": Door(can_keep_people, "exemption", rules.can_decide_exemption),
    "exemption_evidence": Door(can_keep_people, "exemption", rules.can_decide_exemption),
    "ask_for_exemption": SIGNED_IN,
    "take_back_request": one_of_mine("exemption"),
    "own_evidence": one_of_mine("exemption"),
    "rules": Door(can_see_reports),
    "new_rule": Door(can_keep_people),
    "new_rule_xlsx": Door(can_keep_people),
    "rule": Door(can_see_reports, "rule", rules.can_see_rule),
    "rule_xlsx": Door(can_see_reports, "rule", rules.can_see_rule),
    "retire_rule": Door(can_keep_people, "rule", rules.can_keep_rule),
}
