"""Reads an OpenAPI or Swagger document from the standard input, and writes its mistakes, one per line."""

import json
import sys

from openapi_spec_validator import OpenAPIV2SpecValidator, OpenAPIV31SpecValidator

document = json.load(sys.stdin)
if document.get("swagger") == "2.0":
    validator = OpenAPIV2SpecValidator(document)
elif str(document.get("openapi")).startswith("3.1."):
    validator = OpenAPIV31SpecValidator(document)
else:
    sys.exit("neither Swagger 2.0 nor OpenAPI 3.1")
for error in validator.iter_errors():
    place = "/".join(str(part) for part in getattr(error, "absolute_path", []))
    message = getattr(error, "message", None) or str(error)
    print(f"/{place}: {message}".replace("\n", " "))
