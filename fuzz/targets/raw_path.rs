//! See [`chalice_fuzz::raw_path`].
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| chalice_fuzz::raw_path::check(input));
