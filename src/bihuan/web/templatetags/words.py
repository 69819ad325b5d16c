"""Words and parts for templates: dates, pills, chips."""

from django import template

register = template.Library()
