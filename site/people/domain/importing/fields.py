"""Which columns of a record and of a posting an import may write. Staging, applying and undoing share these lists."""

PERSON_FIELDS = (
    "full_name",
    "sort_key",
    "search_key",
    "staff_number",
    "work_email",
    "phone",
    "birth_date",
    "gender",
    "national_id_hash",
    "national_id_encrypted",
)
POSTING_PARTICULARS = (
    "position_title",
    "job_title",
    "grade",
    "position_group",
    "employment_type",
    "is_manager",
)
POSTING_FIELDS = ("unit_id", *POSTING_PARTICULARS, "valid_from", "valid_to")
SIGN_IN_FIELDS = frozenset({"staff_number", "work_email", "phone"})
