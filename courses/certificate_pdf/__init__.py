"""The PDF of a certificate of completion."""

from .rendering import CertificateRenderingError, CertificateText, render

__all__ = ["CertificateRenderingError", "CertificateText", "render"]
