//! See [`chalice_fuzz::jwt`].
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| chalice_fuzz::jwt::check(input));
