//! Text that is composed in const evaluation: for the messages of compile errors.

/// A buffer for up to `N` bytes of text; what does not fit is cut off.
#[derive(Clone, Copy)]
pub struct Text<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> Default for Text<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Text<N> {
    /// No text.
    pub const fn new() -> Self {
        Text {
            bytes: [0; N],
            length: 0,
        }
    }

    /// Appends `text`, cutting it between two characters where the buffer ends.
    pub const fn push(&mut self, text: &str) {
        let mut take = text.len();
        if self.length + take > N {
            take = N - self.length;
            while !text.is_char_boundary(take) {
                take -= 1;
            }
        }
        crate::bytes::copy(
            &mut self.bytes,
            self.length,
            text.as_bytes().split_at(take).0,
        );
        self.length += take;
    }

    /// Appends `number` in decimal.
    pub const fn push_number(&mut self, number: u32) {
        let mut digits = [0u8; 10];
        let mut at = digits.len();
        let mut rest = number;
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if let Ok(text) = str::from_utf8(digits.split_at(at).1) {
            self.push(text);
        }
    }

    /// The text.
    pub const fn as_str(&self) -> &str {
        match str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }

    /// The length of the text in bytes.
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Whether there is no text.
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composes_and_cuts() {
        let mut text = Text::<16>::new();
        text.push("line ");
        text.push_number(4_294_967_295);
        assert_eq!(text.as_str(), "line 4294967295");
        text.push("ää");
        assert_eq!(
            text.as_str(),
            "line 4294967295",
            "a character that does not fit is left out whole"
        );
    }
}
