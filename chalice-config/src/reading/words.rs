//! Settings that are one of a few words.

/// Defines an enumeration whose variants are words of the file; `$what` says what they are, and
/// whose: `"Amazon API Gateway's kinds of endpoints"`.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $vis:vis enum $Name:ident: $what:literal {
            $( $(#[$variant_meta:meta])* $Variant:ident = $word:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $Name {
            $( $(#[$variant_meta])* $Variant, )+
        }

        impl $Name {
            const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word in the file.
            $vis const fn as_str(self) -> &'static str {
                match self {
                    $( $Name::$Variant => $word, )+
                }
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::reading::Scalar for $Name {
            fn read(value: &serde_json::Value) -> Result<$Name, $crate::Refusal> {
                use chalice_core::suggest::{list, nearest};

                let word = value.as_str();
                match word {
                    $( Some($word) => return Ok($Name::$Variant), )+
                    _ => {}
                }
                let words = || $Name::WORDS.iter().copied();
                Err($crate::Refusal::new(
                    format!("{} are {}", $what, list(words())),
                    match word.and_then(|word| nearest(word, words())) {
                        Some(word) => format!("did you mean {word:?}?"),
                        None => "write one of them".to_owned(),
                    },
                ))
            }

            fn schema() -> serde_json::Value {
                serde_json::json!({ "enum": $Name::WORDS })
            }
        }
    };
}

pub(crate) use words;
