//! Every target on its seeds, and on mutants of them: the same ones each time, so
//! that a failure can be repeated. Long runs are libFuzzer's (`cargo xtask fuzz`).

use chalice_fuzz::{
    content_negotiation, event_to_request, jwt, manifest, path_pattern, raw_path, request_parts,
    seeds,
};

/// How many mutants of the seeds a target is run on.
const MUTANTS: usize = 4_000;

/// A sequence of numbers without a pattern that mutations could notice (xorshift64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(usize::MAX) % end.max(1)
    }
}

/// Removes, repeats, changes or replaces a part.
fn mutate(input: &mut Vec<u8>, other: &[u8], numbers: &mut Numbers) {
    let (a, b) = (
        numbers.below(input.len() + 1),
        numbers.below(input.len() + 1),
    );
    let part = a.min(b)..a.max(b).min(a.min(b) + 24);
    match numbers.below(5) {
        0 => drop(input.drain(part)),
        1 => {
            let copy = input[part].to_vec();
            input.splice(a..a, copy);
        }
        2 => {
            let special = b"\0\t\n\r \"#%&+,/0:;=?[\\]{}~\x7f\xC3\xA9\xFF";
            input.insert(a, special[numbers.below(special.len())]);
        }
        3 if a < input.len() => input[a] ^= 1 << numbers.below(8),
        _ => {
            let (c, d) = (
                numbers.below(other.len() + 1),
                numbers.below(other.len() + 1),
            );
            let piece = other[c.min(d)..c.max(d)].to_vec();
            input.splice(part, piece);
        }
    }
}

fn run(target: &str, check: impl Fn(&[u8])) {
    let all = seeds::all().expect("the sources are where they were");
    let (_, seeds) = all
        .into_iter()
        .find(|(name, _)| *name == target)
        .expect("every target has seeds");
    let seeds: Vec<Vec<u8>> = seeds.into_iter().collect();
    for seed in &seeds {
        check(seed);
    }
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    for _ in 0..MUTANTS {
        let mut input = seeds[numbers.below(seeds.len())].clone();
        for _ in 0..=numbers.below(4) {
            let other = &seeds[numbers.below(seeds.len())];
            mutate(&mut input, other, &mut numbers);
        }
        input.truncate(16 * 1024);
        check(&input);
    }
}

/// As libFuzzer's harness gives bytes to a target that takes a text.
fn as_text(check: fn(&str)) -> impl Fn(&[u8]) {
    move |input| match std::str::from_utf8(input) {
        Ok(text) => check(text),
        Err(error) => check(
            std::str::from_utf8(&input[..error.valid_up_to()]).expect("it is valid up to there"),
        ),
    }
}

#[test]
fn manifests() {
    run("manifest", manifest::check);
}

#[test]
fn path_patterns() {
    run("path_pattern", as_text(path_pattern::check));
}

#[test]
fn raw_paths() {
    run("raw_path", as_text(raw_path::check));
}

#[test]
fn events() {
    run("event_to_request", as_text(event_to_request::check));
}

#[test]
fn parts_of_requests() {
    run("request_parts", as_text(request_parts::check));
}

#[test]
fn content_types() {
    run("content_negotiation", as_text(content_negotiation::check));
}

#[test]
fn tokens() {
    run("jwt", jwt::check);
}
