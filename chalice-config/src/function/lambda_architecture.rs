//! `lambda_architecture`: the processors on which the functions run.

use crate::reading::words;

words! {
    /// The instruction set of the app's functions. It is one for all of a stage, because they are
    /// one binary (AWS Lambda, "Selecting and configuring an instruction set architecture").
    #[derive(Default)]
    pub enum LambdaArchitecture: "the processors of AWS Lambda" {
        /// AWS Chalice's default.
        #[default]
        X86_64 = "x86_64",
        /// AWS Graviton: what `cargo chalice new-project` writes, since it costs a fifth less.
        Arm64 = "arm64",
    }
}
