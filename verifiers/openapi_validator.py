"""Reads OpenAPI and Swagger documents from the standard input, one per line, and writes their mistakes.

Of each document one line: a JSON array of texts, which is empty if the document is good.
"""

import json
import sys

from openapi_spec_validator import OpenAPIV2SpecValidator, OpenAPIV30SpecValidator, OpenAPIV31SpecValidator
from referencing.exceptions import Unresolvable


def mistake(error):
    place = "/".join(str(part) for part in getattr(error, "absolute_path", []))
    return f"/{place}: {getattr(error, 'message', None) or error}"


def mistakes(validator):
    try:
        yield from map(mistake, validator.iter_errors())
    except Unresolvable as error:
        # Which the validator takes for a failure of its own.
        yield f"/: a reference leads nowhere: {error}"


for line in sys.stdin:
    document = json.loads(line)
    if document.get("swagger") == "2.0":
        validator = OpenAPIV2SpecValidator(document)
    elif str(document.get("openapi")).startswith("3.0."):
        validator = OpenAPIV30SpecValidator(document)
    elif str(document.get("openapi")).startswith("3.1."):
        validator = OpenAPIV31SpecValidator(document)
    else:
        sys.exit("neither Swagger 2.0 nor OpenAPI 3.0 or 3.1")
    print(json.dumps(list(mistakes(validator))))
