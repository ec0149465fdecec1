"""To whom the addresses of the player are open: people who are signed in, each with their own state."""

from shared.access import SIGNED_IN

DOORS = dict.fromkeys(("h5p:open", "h5p:results", "h5p:report", "h5p:state"), SIGNED_IN)
