//! Grants as the manifest has them, written in const evaluation.

use super::{
    action::{find, list_has},
    declared::{Grant, What},
    handle::{Handle, Indexes, Name},
    kind::Form,
};
use crate::{bytes::slice, json::Json};

impl Json<'_> {
    /// A list of grants, in brackets.
    pub(super) const fn grants(&mut self, grants: &[Grant]) {
        self.raw("[");
        let mut is_first = true;
        let mut at = 0;
        while at < grants.len() {
            self.grant(&grants[at], &mut is_first);
            at += 1;
        }
        self.raw("]");
    }

    const fn grant(&mut self, grant: &Grant, is_first: &mut bool) {
        match &grant.what {
            What::Operation { handle, parts } => {
                let mut at = 0;
                while at < parts.len() {
                    self.separator(is_first);
                    self.raw("{\"actions\":");
                    self.strings(parts[at].actions);
                    self.raw(",\"resources\":[");
                    let (mut form, mut is_first_resource) = (0, true);
                    while form < parts[at].forms.len() {
                        let form_of_part = &parts[at].forms[form];
                        self.resources(handle, form_of_part, &mut is_first_resource);
                        form += 1;
                    }
                    self.end(grant);
                    at += 1;
                }
            }
            What::Further { handle, actions } => {
                let mut form = 0;
                while form < handle.kind.forms.len() {
                    self.further(grant, handle, &handle.kind.forms[form], actions, is_first);
                    form += 1;
                }
            }
            What::On { actions, arns } => {
                self.separator(is_first);
                self.raw("{\"actions\":");
                self.strings(actions);
                self.raw(",\"resources\":[");
                let mut at = 0;
                while at < arns.len() {
                    if at > 0 {
                        self.raw(",");
                    }
                    self.raw("{\"kind\":\"arn\",\"name\":null,\"variable\":null,\"arn\":");
                    self.string(arns[at]);
                    self.raw("}");
                    at += 1;
                }
                self.end(grant);
            }
        }
    }

    const fn separator(&mut self, is_first: &mut bool) {
        if !*is_first {
            self.raw(",");
        }
        *is_first = false;
    }

    /// What follows the resources.
    const fn end(&mut self, grant: &Grant) {
        self.raw("],\"source\":{\"file\":");
        self.string(grant.file);
        self.raw(",\"line\":");
        self.number(grant.line);
        self.raw("}}");
    }

    /// Those of the actions that apply to a form of ARN; without any, nothing.
    const fn further(
        &mut self,
        grant: &Grant,
        handle: &Handle,
        form: &Form,
        actions: &[&str],
        is_first: &mut bool,
    ) {
        let (mut any, mut at) = (false, 0);
        while at < actions.len() {
            if let Some(action) = find(actions[at])
                && list_has(action.types, b',', form.resource_type)
                && !(is_index(form) && has_no_index(handle))
            {
                if any {
                    self.raw(",");
                } else {
                    self.separator(is_first);
                    self.raw("{\"actions\":[");
                }
                any = true;
                self.string(actions[at]);
            }
            at += 1;
        }
        if any {
            self.raw("],\"resources\":[");
            self.resources(handle, form, &mut true);
            self.end(grant);
        }
    }

    /// The resource in one form of ARN: once, or for each of its indexes.
    const fn resources(&mut self, handle: &Handle, form: &Form, is_first: &mut bool) {
        match handle.indexes {
            Indexes::Several(names) if is_index(form) => {
                let mut at = 0;
                while at < names.len() {
                    self.separator(is_first);
                    self.resource(handle, form.arn, names[at]);
                    at += 1;
                }
            }
            Indexes::One(name) => {
                self.separator(is_first);
                self.resource(handle, form.arn, name);
            }
            _ => {
                self.separator(is_first);
                self.resource(handle, form.arn, "*");
            }
        }
    }

    const fn resource(&mut self, handle: &Handle, arn: &str, index: &str) {
        self.raw("{\"kind\":\"");
        self.raw(handle.kind.key);
        self.raw("\",\"name\":");
        match handle.name {
            Name::Literal(name) => {
                self.string(name);
                self.raw(",\"variable\":null");
            }
            Name::Variable(variable) => {
                self.raw("null,\"variable\":");
                self.string(variable);
            }
        }
        self.raw(",\"arn\":\"");
        let at = index_place(arn);
        self.raw(arn.split_at(at).0);
        if at < arn.len() {
            self.raw(index);
        }
        self.raw("\"}");
    }
}

const INDEX: &str = "{index}";

/// Where a form of ARN has the index's name, which is last; the length if it has none.
const fn index_place(arn: &str) -> usize {
    let bytes = arn.as_bytes();
    if bytes.len() < INDEX.len() {
        return bytes.len();
    }
    let start = bytes.len() - INDEX.len();
    if crate::bytes::equal(slice(bytes, start, bytes.len()), INDEX.as_bytes()) {
        start
    } else {
        bytes.len()
    }
}

const fn is_index(form: &Form) -> bool {
    index_place(form.arn) < form.arn.len()
}

const fn has_no_index(handle: &Handle) -> bool {
    matches!(handle.indexes, Indexes::Several(names) if names.is_empty())
}
