//! Types of TypeScript.

mod definitions;
mod schema;
mod write;

pub(crate) use definitions::{Definition, Definitions};
pub(crate) use schema::described;

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Anything; with the reason, where something more exact was to be expected.
    Unknown(Option<String>),
    /// A word of TypeScript's own, such as `string`.
    Word(&'static str),
    /// One value, as it is written.
    Literal(String),
    /// A type by its name.
    Name(String),
    /// `T[]`
    Array(Box<Type>),
    /// `[A, B?, ...C[]]`
    Tuple {
        elements: Vec<Type>,
        /// How many elements there are at least.
        required: usize,
        rest: Option<Box<Type>>,
    },
    /// `{ a: A; b?: B; [key: string]: C }`
    Object {
        members: Vec<Member>,
        /// The type of all members, if there may be more than those.
        index: Option<Box<Type>>,
    },
    /// `A | B`, at least two; [`Type::union`] makes it.
    Union(Vec<Alternative>),
    /// `A & B`, at least two; [`Type::intersection`] makes it.
    Intersection(Vec<Type>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) is_optional: bool,
    /// What it is for.
    pub(crate) documentation: String,
    pub(crate) kind: Type,
}

/// One of the types of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alternative {
    /// What it means.
    pub(crate) documentation: String,
    pub(crate) kind: Type,
}

impl Type {
    /// Any of these types; `never` if there is none.
    pub(crate) fn union(types: impl IntoIterator<Item = Type>) -> Type {
        Type::documented_union(types.into_iter().map(|kind| Alternative {
            documentation: String::new(),
            kind,
        }))
    }

    /// As [`union`](Type::union), with what each of them means.
    pub(crate) fn documented_union(all: impl IntoIterator<Item = Alternative>) -> Type {
        let mut alternatives: Vec<Alternative> = Vec::new();
        for alternative in all {
            let parts = match alternative.kind {
                Type::Union(inner) => inner,
                Type::Word("never") => continue,
                // Every other type is in it.
                Type::Unknown(reason) => return Type::Unknown(reason),
                _ => vec![alternative],
            };
            for part in parts {
                if alternatives.iter().all(|it| it.kind != part.kind) {
                    alternatives.push(part);
                }
            }
        }
        match alternatives.len() {
            0 => Type::Word("never"),
            1 => alternatives.remove(0).kind,
            _ => Type::Union(alternatives),
        }
    }

    /// All of these types at once; `unknown` if there is none.
    pub(crate) fn intersection(all: impl IntoIterator<Item = Type>) -> Type {
        let mut types: Vec<Type> = Vec::new();
        for kind in all {
            let parts = match kind {
                Type::Intersection(inner) => inner,
                Type::Unknown(None) => continue,
                kind => vec![kind],
            };
            for part in parts {
                if !types.contains(&part) {
                    types.push(part);
                }
            }
        }
        match types.len() {
            0 => Type::Unknown(None),
            1 => types.remove(0),
            _ => Type::Intersection(types),
        }
    }

    /// The type, or nothing: what may be left out of a call.
    pub(crate) fn or_undefined(self) -> Type {
        Type::union([self, Type::Word("undefined")])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unions_and_intersections_come_to() {
        let (text, number) = (Type::Word("string"), Type::Word("number"));
        assert_eq!(Type::union([]), Type::Word("never"));
        assert_eq!(Type::union([text.clone(), text.clone()]), text);
        let both = Type::union([text.clone(), number.clone()]);
        assert_eq!(Type::union([both.clone(), number.clone()]), both);
        let open = Type::Unknown(Some("why".to_owned()));
        assert_eq!(Type::union([text.clone(), open.clone()]), open);
        assert_eq!(Type::intersection([]), Type::Unknown(None));
        assert_eq!(
            Type::intersection([Type::Unknown(None), text.clone(), text.clone()]),
            text
        );
        assert_eq!(
            text.clone().or_undefined(),
            Type::union([text, Type::Word("undefined")])
        );
    }
}
