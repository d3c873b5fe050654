//! Values of constants that rustc does not walk through.

/// A constant's value that rustc takes as it is.
///
/// rustc validates the value of every constant, down through its references: each
/// constant that refers to an app's handlers would have all their definitions
/// validated again. It does not look into unions.
#[derive(Clone, Copy)]
pub union Opaque<T: Copy> {
    /// Public because a temporary lives as long as the constant only in a literal,
    /// `Opaque { value: &.. }`, and not as an argument.
    #[doc(hidden)]
    pub value: T,
}

impl<T: Copy> Opaque<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Opaque<T> {
        Opaque { value }
    }

    /// The value.
    #[expect(unsafe_code, reason = "the only way to read a union")]
    pub const fn get(&self) -> &T {
        // SAFETY: the one field is always initialised, and safe code can write nothing but a `T` to it.
        unsafe { &self.value }
    }
}

impl<T: Copy + core::fmt::Debug> core::fmt::Debug for Opaque<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.get().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Opaque<&[u16]> = Opaque { value: &[1, 2, 3] };

    #[test]
    fn what_goes_in_comes_out() {
        assert_eq!(LIST.get(), &[1, 2, 3]);
        assert_eq!(*Opaque::new(7).get(), 7);
        assert_eq!(format!("{LIST:?}"), "[1, 2, 3]");
    }
}
