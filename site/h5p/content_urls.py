"""Addresses of the player's frames and files: all there is on the activities' own host (see h5p.middleware)."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from h5p.views import files, frame


class Name(StringConverter):
    """A folder of the store, a key or a pass: no slash, nothing that climbs."""

    regex = r"[A-Za-z0-9_$][A-Za-z0-9_.$-]*"


class Kind(StringConverter):
    regex = r"js|css|woff2"


register_converter(Name, "h5p_name")
register_converter(Kind, "h5p_kind")

urlpatterns = [
    path("h5p/play/<str:token>/", frame.play),
    path("h5p/core/<h5p_name:version>/<path:path>", files.core_file),
    path("h5p/b/<h5p_name:key>.<h5p_kind:kind>", files.lasting_bundle),
    path("h5p/lib/<h5p_name:folder>/<h5p_name:build>/<path:path>", files.lasting_library_file),
    path(
        "h5p/c/<uuid:uuid>/<int:revision>/<h5p_name:files_pass>/lib/<h5p_name:folder>/<h5p_name:build>/<path:path>",
        files.library_file_by_pass,
    ),
    path("h5p/c/<uuid:uuid>/<int:revision>/<h5p_name:files_pass>/f/<path:path>", files.content_file),
    path(
        "h5p/c/<uuid:uuid>/<int:revision>/<h5p_name:files_pass>/b/<h5p_name:key>.<h5p_kind:kind>",
        files.bundle_by_pass,
    ),
]
