//! See [`chalice_fuzz::content_negotiation`].
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| chalice_fuzz::content_negotiation::check(input));
