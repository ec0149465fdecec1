"""The Content-Security-Policies of what the player serves."""

from h5p.player import hosts

# Files opened by themselves (an SVG with a script in it, say) stay dead.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def frame_policy(own_origin: str, paths: list[str], site: str, needs_eval: bool, external_hosts: list[str]) -> str:
    """The policy of a frame: scripts from the player's own addresses below `paths` alone, nothing to other hosts.

    Styles may be inline because libraries write style attributes. `external_hosts` are those an editor allowed.
    """
    own = " ".join(f"{own_origin}{path}" for path in paths)
    media = " ".join([own, *(f"https://{host}" for host in external_hosts)])
    directives = {
        "default-src": "'none'",
        "script-src": f"{own} 'unsafe-eval'" if needs_eval else own,
        "style-src": f"{own} 'unsafe-inline'",
        "img-src": f"{media} data: blob:",
        "media-src": f"{media} data: blob:",
        "font-src": f"{own} data:",
        "connect-src": own,
        "frame-src": " ".join(f"https://{host}" for host in external_hosts) or "'none'",
        "worker-src": "'none'",
        "object-src": "'none'",
        "form-action": "'none'",
        "base-uri": f"{own} {own_origin}/h5p/play/",  # Interactive Video names its own address as the base
        "frame-ancestors": site,
        "sandbox": hosts.sandbox(),
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())
