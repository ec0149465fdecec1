"""Catalogue, course and lesson pages, enrolment, assignment, progress, completion, certificates, directives."""
