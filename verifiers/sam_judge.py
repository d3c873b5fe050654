"""Reads templates of AWS SAM from the standard input, one per line, and writes their mistakes.

Each goes through AWS's own translator and then through cfn-lint, which overlooks much in a template
that has not been translated. Of each template one line: a JSON array of texts, which is empty if the
template is good.
"""

import json
import logging
import os
import sys

os.environ["AWS_DEFAULT_REGION"] = "us-east-1"
os.environ["SAM_CLI_TELEMETRY"] = "0"

import boto3
from cfnlint.api import lint
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

logging.disable(logging.CRITICAL)
SESSION = boto3.session.Session(region_name="us-east-1")
# What uploading the package writes into the template.
UPLOADED = "s3://bucket/key"


def mistakes(template):
    for resource in template.get("Resources", {}).values():
        properties = resource.get("Properties") or {}
        if isinstance(properties.get("CodeUri"), str):
            properties["CodeUri"] = UPLOADED
    try:
        translated = Translator({}, Parser(), None, SESSION).translate(
            sam_template=template, parameter_values={}, feature_toggle=None
        )
    except InvalidDocumentException as error:
        for cause in error.causes:
            yield f"SAM: {cause.message}"
        return
    for match in lint(json.dumps(translated, default=str), regions=["us-east-1"]):
        place = "/".join(str(part) for part in getattr(match, "path", None) or [])
        yield f"{match.rule.id}: /{place}: {match.message}"


for line in sys.stdin:
    print(json.dumps(list(mistakes(json.loads(line)))), flush=True)
