//! See [`chalice_fuzz::request_parts`].
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| chalice_fuzz::request_parts::check(input));
