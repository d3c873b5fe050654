//! See [`chalice_fuzz::manifest`].
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| chalice_fuzz::manifest::check(input));
