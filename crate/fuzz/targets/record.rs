#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sigill_fuzz::record(bytes));
