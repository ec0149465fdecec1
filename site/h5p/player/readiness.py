"""Why an activity cannot be played at the moment, in words for learners and editors."""

from django.utils.translation import gettext as _

from h5p.enums import DependencyType
from h5p.models import Content
from h5p.player import core_files


def why_not(content: Content) -> str:
    """The reason and what to do about it; "" if the activity can be played."""
    if not core_files.is_there():
        return _(
            "The H5P player is not installed on this server. The administrator fetches it with "
            "“./run manage h5p_assets”."
        )
    missing = list(content.missing_libraries)
    if content.main_library_id is None and not missing:
        missing = [content.main_library_name]
    if missing:
        return _(
            "This activity cannot be opened: libraries are missing ({names}). Editors import a package that contains "
            "them under “H5P activities”."
        ).format(names=", ".join(missing))
    used = content.dependencies.filter(type=DependencyType.PRELOADED, library__enabled=False)
    disabled = [row.library.name for row in used.select_related("library").defer("library__semantics")]
    if disabled:
        return _("This activity cannot be opened: the library manager has switched off {names}.").format(
            names=", ".join(disabled)
        )
    return ""
