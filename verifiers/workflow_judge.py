"""Reads workflows of GitHub Actions from the standard input, each a JSON text on a line, and writes their mistakes.

Of each workflow one line: a JSON array of texts, which is empty if the workflow is what the schema of SchemaStore says, of
which check-jsonschema has a copy.
"""

import importlib.resources
import json
import sys

from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

SCHEMAS = importlib.resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
VALIDATOR = Draft7Validator(json.loads((SCHEMAS / "github-workflows.json").read_text(encoding="utf-8")))


def mistakes(text):
    try:
        # YAML 1.2, as on GitHub: `on` is a text.
        workflow = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        yield f"/: {error}"
        return
    for error in VALIDATOR.iter_errors(workflow):
        cause = best_match([error])
        place = "/".join(str(part) for part in cause.absolute_path)
        yield f"/{place}: {cause.message}"


for line in sys.stdin:
    print(json.dumps(list(mistakes(json.loads(line)))), flush=True)
