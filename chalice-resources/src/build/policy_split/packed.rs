//! As few policies as possible, for roles that permit nearly as much as a role can.

use std::cmp::Reverse;

use super::{MAX_ATTACHED, MAX_MANAGED, Piece, joined, size, size_of};
use crate::Statement;

/// A policy that is being filled.
struct Bin {
    pieces: Vec<Piece>,
    size: usize,
}

impl Bin {
    /// How large it is with that piece.
    fn size_with(&self, piece: &Piece) -> usize {
        let mut others = self.pieces.iter();
        if !others.any(|it| it.statement == piece.statement) {
            // With a comma.
            return self.size + 1 + piece.size;
        }
        let mut pieces = self.pieces.clone();
        pieces.push(piece.clone());
        pieces.sort_by_key(|piece| piece.position);
        size_of(&pieces)
    }
}

/// Puts each piece into the first policy that has room for it, the largest first; `None` if more than
/// [`MAX_ATTACHED`] would be needed.
pub(super) fn packed(mut pieces: Vec<Piece>) -> Option<Vec<Vec<Statement>>> {
    let empty = size(&[]);
    pieces.sort_by_key(|piece| (Reverse(piece.size), piece.position));
    let mut bins: Vec<Bin> = Vec::new();
    for piece in pieces {
        let found = bins.iter().enumerate().find_map(|(place, bin)| {
            let size = bin.size_with(&piece);
            (size <= MAX_MANAGED).then_some((place, size))
        });
        match found {
            Some((place, size)) => {
                bins[place].pieces.push(piece);
                bins[place].size = size;
            }
            None if bins.len() == MAX_ATTACHED => return None,
            None => bins.push(Bin {
                size: empty + piece.size,
                pieces: vec![piece],
            }),
        }
    }
    Some(bins.iter().map(|bin| joined(&bin.pieces)).collect())
}
