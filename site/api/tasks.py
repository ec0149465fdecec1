"""Work of the API that follows a fact: messages to other systems."""

from api.domain.webhooks import delivering, queueing
from shared.domain import outbox

outbox.handler(queueing.OUTBOX_KIND)(delivering.deliver)
