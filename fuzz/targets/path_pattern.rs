//! See [`chalice_fuzz::path_pattern`].
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| chalice_fuzz::path_pattern::check(input));
