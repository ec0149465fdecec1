"""What the domain refuses on the editing desk, told beside the input it is about."""

from shared.errors import DomainError


class TellsRefusals:
    """For Wagtail's create and edit views, in front of them: `save_instance` may raise DomainError.

    The refusal stands beside `refused_field`, or the field the error itself names; above the form if that is none.
    """

    refused_field: str | None = None

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except DomainError as refusal:
            field = getattr(refusal, "field", "") or self.refused_field
            form.add_error(field if field in form.fields else None, refusal.message)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
