"""Reads policies of roles from the standard input, one JSON document per line, and writes what parliament finds in them.

Of each policy one line: a JSON array of texts, which is empty if the policy is good.
"""

import json
import os
import re
import sys
import types


def resource_filename(package, name):
    return os.path.join(os.path.dirname(sys.modules[package].__file__), name)


# parliament finds its files by a module that is in no current release of setuptools, and asks it for nothing else.
sys.modules["pkg_resources"] = types.SimpleNamespace(resource_filename=resource_filename)

from parliament import analyze_policy_string

# What Amazon DynamoDB ends the ARNs of streams with has colons, which parliament takes for parts of the ARN.
STREAM = re.compile(r"(:dynamodb:[^\"]*:table/[^\"/]+/stream/)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\"")


def texts(detail):
    """One for each action, where the finding is about actions."""
    for one in detail if isinstance(detail, list) else [detail]:
        if isinstance(one, dict) and "action" in one:
            yield f"{one['action']} applies to {one['required_format']}"
        else:
            yield str(one)


def mistakes(policy):
    policy = STREAM.sub(r'\1label"', policy)
    for finding in analyze_policy_string(policy, ignore_private_auditors=True).findings:
        for text in texts(finding.detail):
            yield f"{finding.issue}: {text}"


for line in sys.stdin:
    print(json.dumps(list(mistakes(line))), flush=True)
