//! Which lines are written.

use std::sync::LazyLock;

use tracing::{Level, Metadata, metadata::LevelFilter};

use super::{TARGET, invocation};

/// Lines that say again, without the request id, what the framework has said.
const REPEATED: &str = "lambda_runtime::layers::panic";

/// A level for the app's own lines, one for those of other crates, and those
/// of targets that are named.
///
/// Other crates are heard up to `INFO` whatever the level: below that, SDKs and
/// HTTP clients write requests, headers and credentials. Who wants
/// their details names them.
#[derive(Debug)]
pub(super) struct Filter {
    level: LevelFilter,
    /// Collected from all handlers, hence only once a level below `INFO` asks.
    crates: LazyLock<Vec<&'static str>>,
    named: Vec<(String, LevelFilter)>,
}

impl Filter {
    /// `crates` collects the app's own.
    pub(super) fn new(level: LevelFilter, crates: fn() -> Vec<&'static str>) -> Filter {
        Filter {
            level,
            crates: LazyLock::new(crates),
            named: vec![(REPEATED.to_owned(), LevelFilter::OFF)],
        }
    }

    /// Adds directives as in `RUST_LOG`, separated by commas: a level, `target=level`,
    /// or a target alone, for all it says. Returns those that are none of these.
    pub(super) fn add<'d>(&mut self, directives: &'d str) -> Vec<&'d str> {
        let mut unknown = Vec::new();
        for directive in directives.split(',').map(str::trim) {
            let (target, named_level) = match directive.split_once('=') {
                Some((target, name)) => (target.trim(), level(name.trim())),
                None => (directive, Some(LevelFilter::TRACE)),
            };
            match (level(directive), named_level) {
                _ if directive.is_empty() => {}
                (Some(level), _) => self.level = level,
                (None, Some(level)) if is_target(target) => {
                    self.named.push((target.to_owned(), level));
                }
                _ => unknown.push(directive),
            }
        }
        unknown
    }

    /// Whether a span or an event of that description is wanted.
    pub(super) fn wants(&self, metadata: &Metadata<'_>) -> bool {
        // The log of every level says which invocation a line belongs to.
        invocation::is_its_span(metadata) || *metadata.level() <= self.level_of(metadata.target())
    }

    /// The level up to which anything is wanted.
    pub(super) fn max_level(&self) -> LevelFilter {
        self.named
            .iter()
            .map(|(_, level)| *level)
            .chain([self.level, LevelFilter::from_level(Level::ERROR)])
            .max()
            .unwrap_or(self.level)
    }

    fn level_of(&self, target: &str) -> LevelFilter {
        let named = self
            .named
            .iter()
            .filter(|(name, _)| covers(name, target))
            .max_by_key(|(name, _)| name.len());
        if let Some((_, level)) = named {
            return *level;
        }
        if self.level <= LevelFilter::INFO {
            return self.level;
        }
        let own = covers(TARGET, target) || self.crates.iter().any(|name| covers(name, target));
        if own { self.level } else { LevelFilter::INFO }
    }
}

/// Whether `target` is `name` or a module of it.
fn covers(name: &str, target: &str) -> bool {
    target
        .strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// Whether it could be the name of a target: not so the filters by span or by
/// text that other programs take in `RUST_LOG`.
fn is_target(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|character| character.is_alphanumeric() || "_-:.".contains(character))
}

/// The level of that name, whatever its case; `FATAL`, which Lambda knows and
/// `tracing` does not, is what only `ERROR` lines are as bad as.
pub(super) fn level(name: &str) -> Option<LevelFilter> {
    const LEVELS: [(&str, LevelFilter); 7] = [
        ("OFF", LevelFilter::OFF),
        ("FATAL", LevelFilter::ERROR),
        ("ERROR", LevelFilter::ERROR),
        ("WARN", LevelFilter::WARN),
        ("INFO", LevelFilter::INFO),
        ("DEBUG", LevelFilter::DEBUG),
        ("TRACE", LevelFilter::TRACE),
    ];
    LEVELS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, level)| *level)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(level: LevelFilter) -> Filter {
        Filter::new(level, || vec!["shop"])
    }

    #[test]
    fn the_crates_are_collected_when_a_level_asks() {
        let unasked = Filter::new(LevelFilter::INFO, || unreachable!("nothing is below INFO"));
        assert_eq!(unasked.level_of("hyper::client"), LevelFilter::INFO);
        assert_eq!(unasked.level_of("shop"), LevelFilter::INFO);
        let asked = filter(LevelFilter::DEBUG);
        assert_eq!(asked.level_of("hyper::client"), LevelFilter::INFO);
        assert_eq!(asked.level_of("shop::items"), LevelFilter::DEBUG);
    }

    #[test]
    fn the_details_of_other_crates_are_never_written_by_default() {
        for level in [LevelFilter::TRACE, LevelFilter::DEBUG] {
            let filter = filter(level);
            assert_eq!(filter.level_of("shop"), level);
            assert_eq!(filter.level_of("shop::cart"), level);
            assert_eq!(filter.level_of("chalice"), level);
            for other in [
                "shopping",
                "aws_config::profile",
                "aws_smithy_runtime::client",
                "hyper::proto",
                "lambda_runtime::layers::api_response",
                "chalice_runtime",
            ] {
                assert_eq!(filter.level_of(other), LevelFilter::INFO, "{other}");
            }
        }
        let mut filter = filter(LevelFilter::INFO);
        assert_eq!(filter.add("trace"), [""; 0]);
        assert_eq!(filter.level_of("shop"), LevelFilter::TRACE);
        assert_eq!(filter.level_of("aws_config"), LevelFilter::INFO);
    }

    #[test]
    fn a_low_level_holds_for_all() {
        let filter = filter(LevelFilter::ERROR);
        assert_eq!(filter.level_of("shop"), LevelFilter::ERROR);
        assert_eq!(filter.level_of("hyper"), LevelFilter::ERROR);
        assert_eq!(filter.max_level(), LevelFilter::ERROR);
    }

    #[test]
    fn named_targets_have_their_own_level() {
        let mut filter = filter(LevelFilter::INFO);
        let unknown =
            filter.add("warn, aws_config=debug,hyper ,shop::cart=off,h2=loud,a[b]=info,=info,,");
        assert_eq!(unknown, ["h2=loud", "a[b]=info", "=info"]);
        assert_eq!(filter.level_of("shop"), LevelFilter::WARN);
        assert_eq!(filter.level_of("shop::cart::item"), LevelFilter::OFF);
        assert_eq!(filter.level_of("shop::carts"), LevelFilter::WARN);
        assert_eq!(filter.level_of("aws_config::sso"), LevelFilter::DEBUG);
        assert_eq!(filter.level_of("hyper::client"), LevelFilter::TRACE);
        assert_eq!(filter.max_level(), LevelFilter::TRACE);
        filter.add("shop::cart=info");
        assert_eq!(filter.level_of("shop::cart"), LevelFilter::INFO);
    }

    #[test]
    fn levels_have_names_in_any_case() {
        assert_eq!(level("Info"), Some(LevelFilter::INFO));
        assert_eq!(level("FATAL"), Some(LevelFilter::ERROR));
        assert_eq!(level("off"), Some(LevelFilter::OFF));
        assert_eq!(level("loud"), None);
    }
}
