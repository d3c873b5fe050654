//! Which operation a symbol of an executable stands for.

use rustc_demangle::try_demangle;

use crate::operation::{Operation, is_type_of};

/// What every operation implements. Its function is in a vtable, which the SDK makes when the operation is
/// called and at no other time; it is neither inlined nor, since its body is the operation's own, merged
/// with others.
const METHOD: &str = " as aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin>::config";

/// The operation that is called somewhere if the executable defines this function. Both of rustc's
/// manglings, and the additional `_` of Mach-O.
pub(crate) fn operation(symbol: &str) -> Option<Operation> {
    // Executables have tens of thousands of symbols, and to demangle is more work than to search.
    if !symbol.contains("aws_sdk_") || !symbol.contains("RuntimePlugin") {
        return None;
    }
    let demangled = format!("{:#}", try_demangle(symbol).ok()?);
    let plugin = demangled.strip_prefix('<')?.strip_suffix(METHOD)?;
    let mut path = plugin.split("::");
    let (library, "operation", module, type_name, None) = (
        path.next()?,
        path.next()?,
        path.next()?,
        path.next()?,
        path.next(),
    ) else {
        return None;
    };
    if !library.starts_with("aws_sdk_") || !is_type_of(type_name, module) {
        return None;
    }
    Some(Operation {
        sdk_crate: library.replace('_', "-"),
        name: module.to_owned(),
    })
}

/// Whether rustc may have made this name: an executable without any such symbol is stripped.
pub(crate) fn is_of_rust(symbol: &str) -> bool {
    try_demangle(symbol).is_ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LEGACY: &str = "_ZN131_$LT$aws_sdk_sqs..operation..send_message..SendMessage$u20$as$u20$aws_smithy_runtime_api..client..runtime_plugin..RuntimePlugin$GT$6config17h00c1e7f06e6de7cfE";
    const V0: &str = "_RNvXNtNtCsaBdF1hEmkY3_11aws_sdk_sqs9operation12send_messageNtB2_11SendMessageNtNtNtCs80KxIaHuHGf_22aws_smithy_runtime_api6client14runtime_plugin13RuntimePlugin6config";

    #[test]
    fn manglings() {
        let expected = Operation {
            sdk_crate: "aws-sdk-sqs".to_owned(),
            name: "send_message".to_owned(),
        };
        for symbol in [LEGACY, V0] {
            for symbol in [
                symbol.to_owned(),
                format!("_{symbol}"),
                format!("{symbol}.llvm.123"),
            ] {
                assert_eq!(operation(&symbol).as_ref(), Some(&expected), "{symbol}");
            }
        }
    }

    #[test]
    fn other_functions() {
        // Of the same length, since a mangled name has lengths in it.
        let of = |from: &str, to: &str| {
            assert!(LEGACY.contains(from) && from.len() == to.len(), "{from}");
            let changed = LEGACY.replace(from, to);
            assert!(is_of_rust(&changed), "{changed}");
            operation(&changed)
        };
        assert_eq!(of("6config", "6confih"), None);
        assert_eq!(of("aws_sdk_sqs", "bws_sdk_sqs"), None);
        assert_eq!(of("operation..", "operatiom.."), None);
        assert_eq!(of("SendMessage$", "SendMessagf$"), None);
        assert_eq!(of("RuntimePlugin$", "RuntimePlugio$"), None);
        assert_eq!(operation("aws_sdk_RuntimePlugin"), None);
    }

    #[test]
    fn rust_or_not() {
        assert!(is_of_rust(LEGACY));
        assert!(is_of_rust(V0));
        assert!(!is_of_rust("malloc"));
    }

    proptest! {
        #[test]
        fn no_symbol_panics(symbol in "(_ZN|_R|__R|_)?.{0,60}(aws_sdk_)?.{0,20}(RuntimePlugin)?.{0,20}") {
            _ = operation(&symbol);
        }
    }
}
