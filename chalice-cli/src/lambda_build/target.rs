//! What is built for a processor of AWS Lambda.

use chalice_config::LambdaArchitecture;

/// The C library of Amazon Linux 2023, on which the runtime `provided.al2023` is (Amazon Linux 2023 User
/// Guide, "Comparing AL2 and AL2023", glibc).
pub(super) const GLIBC: (u32, u32) = (2, 34);

/// A target of rustc, and what goes with it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// The function's processor.
    pub(super) architecture: LambdaArchitecture,
    /// What rustc calls it.
    pub(super) triple: &'static str,
    /// Where Cargo takes the linker from.
    pub(super) linker_variable: &'static str,
    /// The linker that Debian has for it, on other processors.
    pub(super) cross_gcc: &'static str,
    /// The package of Debian with that.
    pub(super) debian_package: &'static str,
    /// The program that starts executables which are linked dynamically.
    pub(super) interpreter: &'static str,
}

const X86_64: Target = Target {
    architecture: LambdaArchitecture::X86_64,
    triple: "x86_64-unknown-linux-gnu",
    linker_variable: "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER",
    cross_gcc: "x86_64-linux-gnu-gcc",
    debian_package: "gcc-x86-64-linux-gnu",
    interpreter: "/lib64/ld-linux-x86-64.so.2",
};

const ARM64: Target = Target {
    architecture: LambdaArchitecture::Arm64,
    triple: "aarch64-unknown-linux-gnu",
    linker_variable: "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER",
    cross_gcc: "aarch64-linux-gnu-gcc",
    debian_package: "gcc-aarch64-linux-gnu",
    interpreter: "/lib/ld-linux-aarch64.so.1",
};

impl Target {
    /// The target of functions on that processor.
    pub(super) fn of(architecture: LambdaArchitecture) -> &'static Target {
        match architecture {
            LambdaArchitecture::X86_64 => &X86_64,
            LambdaArchitecture::Arm64 => &ARM64,
        }
    }

    /// The target with that name, if functions can run on it.
    pub(super) fn called(triple: &str) -> Option<&'static Target> {
        [&X86_64, &ARM64]
            .into_iter()
            .find(|target| target.triple == triple)
    }

    /// The target for `cargo-zigbuild`, which links against that version of the C library.
    pub(super) fn pinned(&self) -> String {
        let (major, minor) = GLIBC;
        format!("{}.{major}.{minor}", self.triple)
    }
}
