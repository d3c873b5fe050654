//! How types are written.

use super::{Alternative, Member, Type};
use crate::{
    comment::{documentation, inline},
    identifier::property,
};

/// What one level of nesting is indented by.
const INDENTATION: &str = "    ";

impl Type {
    /// The type in TypeScript, for a line with that indentation.
    pub(crate) fn write(&self, indentation: &str) -> String {
        match self {
            Type::Unknown(None) => "unknown".to_owned(),
            Type::Unknown(Some(reason)) => format!("unknown {}", inline(reason)),
            Type::Word(word) => (*word).to_owned(),
            Type::Literal(text) | Type::Name(text) => text.clone(),
            Type::Array(element) => format!("{}[]", element.operand(indentation)),
            Type::Tuple {
                elements,
                required,
                rest,
            } => {
                let written =
                    elements
                        .iter()
                        .enumerate()
                        .map(|(number, element)| match number < *required {
                            true => element.write(indentation),
                            false => format!("{}?", element.operand(indentation)),
                        });
                let rest = rest
                    .iter()
                    .map(|rest| format!("...{}[]", rest.operand(indentation)));
                let written: Vec<String> = written.chain(rest).collect();
                format!("[{}]", written.join(", "))
            }
            Type::Object { members, index } => {
                let inner = format!("{indentation}{INDENTATION}");
                let mut text = write_members(members, &inner);
                if let Some(index) = index {
                    text.push_str(&format!("{inner}[key: string]: {};\n", index.write(&inner)));
                }
                match text.is_empty() {
                    // `{}` would be anything but null and undefined.
                    true => "{ [key: string]: never }".to_owned(),
                    false => format!("{{\n{text}{indentation}}}"),
                }
            }
            Type::Union(alternatives) => {
                join(alternatives.iter().map(|it| &it.kind), " | ", indentation)
            }
            Type::Intersection(types) => join(types.iter(), " & ", indentation),
        }
    }

    /// The declaration of the type under a name.
    pub(crate) fn declare(&self, name: &str, about: &str) -> String {
        let about = documentation(about, "");
        match self {
            Type::Object {
                members,
                index: None,
            } if !members.is_empty() => {
                let members = write_members(members, INDENTATION);
                format!("{about}export interface {name} {{\n{members}}}\n")
            }
            Type::Union(alternatives)
                if alternatives.iter().any(|it| !it.documentation.is_empty()) =>
            {
                let alternatives: String = alternatives.iter().map(declared).collect();
                format!(
                    "{about}export type {name} =\n{};\n",
                    alternatives.trim_end()
                )
            }
            _ => format!("{about}export type {name} = {};\n", self.write("")),
        }
    }

    /// The type where an operator follows or comes before it.
    fn operand(&self, indentation: &str) -> String {
        match self {
            Type::Union(_) | Type::Intersection(_) => format!("({})", self.write(indentation)),
            _ => self.write(indentation),
        }
    }
}

fn declared(alternative: &Alternative) -> String {
    let about = documentation(&alternative.documentation, INDENTATION);
    let kind = alternative.kind.operand(INDENTATION);
    format!("{about}{INDENTATION}| {kind}\n")
}

fn join<'t>(types: impl Iterator<Item = &'t Type>, operator: &str, indentation: &str) -> String {
    let types: Vec<String> = types.map(|it| it.operand(indentation)).collect();
    types.join(operator)
}

fn write_members(members: &[Member], indentation: &str) -> String {
    let members = members.iter().map(|member| {
        let about = documentation(&member.documentation, indentation);
        let mark = if member.is_optional { "?" } else { "" };
        let (name, kind) = (property(&member.name), member.kind.write(indentation));
        format!("{about}{indentation}{name}{mark}: {kind};\n")
    });
    members.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, is_optional: bool, kind: Type) -> Member {
        Member {
            name: name.to_owned(),
            is_optional,
            documentation: String::new(),
            kind,
        }
    }

    #[test]
    fn operators_are_kept_apart() {
        let union = Type::union([Type::Word("string"), Type::Word("null")]);
        let (a, b) = (Type::Name("A".to_owned()), Type::Name("B".to_owned()));
        let both = Type::intersection([a.clone(), b]);
        assert_eq!(
            Type::Array(Box::new(union.clone())).write(""),
            "(string | null)[]"
        );
        assert_eq!(
            Type::intersection([a.clone(), union.clone()]).write(""),
            "A & (string | null)"
        );
        assert_eq!(
            Type::union([both, Type::Word("null")]).write(""),
            "(A & B) | null"
        );
        let tuple = Type::Tuple {
            elements: vec![union.clone(), union],
            required: 1,
            rest: Some(Box::new(a)),
        };
        assert_eq!(tuple.write(""), "[string | null, (string | null)?, ...A[]]");
        let open = Type::Unknown(Some("no */ way".to_owned()));
        assert_eq!(open.write(""), "unknown /* no *\\/ way */");
    }

    #[test]
    fn declarations() {
        let any_object = Type::Object {
            members: Vec::new(),
            index: Some(Box::new(Type::Unknown(None))),
        };
        let object = Type::Object {
            members: vec![
                member("id", false, Type::Word("number")),
                member("a-b", true, any_object),
            ],
            index: None,
        };
        assert_eq!(
            object.declare("Item", "An item."),
            "/** An item. */\nexport interface Item {\n    id: number;\n    \"a-b\"?: {\n        [key: string]: unknown;\n    };\n}\n"
        );
        let alternative = |documentation: &str, text: &str| Alternative {
            documentation: documentation.to_owned(),
            kind: Type::Literal(text.to_owned()),
        };
        let union = Type::documented_union([alternative("One.", "1"), alternative("", "2")]);
        assert_eq!(
            union.declare("Number", ""),
            "export type Number =\n    /** One. */\n    | 1\n    | 2;\n"
        );
        let empty = Type::Object {
            members: Vec::new(),
            index: None,
        };
        assert_eq!(
            empty.declare("Nothing", ""),
            "export type Nothing = { [key: string]: never };\n"
        );
    }
}
