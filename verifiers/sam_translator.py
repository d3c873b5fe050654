"""Reads templates of AWS SAM from the standard input, one per line, and writes what AWS's own translator makes of them.

Of each template one line: the template of AWS CloudFormation.
"""

import json
import logging
import os
import sys

os.environ["AWS_DEFAULT_REGION"] = "us-east-1"
os.environ["SAM_CLI_TELEMETRY"] = "0"

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

logging.disable(logging.CRITICAL)
SESSION = boto3.session.Session(region_name="us-east-1")
# What uploading the package writes into the template.
UPLOADED = "s3://bucket/key"

for line in sys.stdin:
    template = json.loads(line)
    for resource in template.get("Resources", {}).values():
        properties = resource.get("Properties") or {}
        if isinstance(properties.get("CodeUri"), str):
            properties["CodeUri"] = UPLOADED
    translated = Translator({}, Parser(), None, SESSION).translate(
        sam_template=template, parameter_values={}, feature_toggle=None
    )
    print(json.dumps(translated, default=str), flush=True)
