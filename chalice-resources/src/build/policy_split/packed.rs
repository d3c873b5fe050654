//! As few policies as possible, for roles that permit nearly as much as a role can.

use std::cmp::Reverse;

use super::{MAX_ATTACHED, MAX_MANAGED, Piece, joined, size};
use crate::Statement;

/// A policy that is being filled.
struct Bin {
    pieces: Vec<Piece>,
    size: usize,
}

impl Bin {
    /// How large it is with that piece of that size.
    fn size_with(&self, piece: &Piece, size_of_piece: usize) -> usize {
        let joins = self
            .pieces
            .iter()
            .any(|it| it.statement == piece.statement);
        if !joins {
            // With a comma.
            return self.size + 1 + size_of_piece;
        }
        let mut pieces = self.pieces.clone();
        pieces.push(piece.clone());
        size(&joined(&pieces))
    }
}

/// Puts each piece into the first policy that has room for it, the largest first; `None` if more than
/// [`MAX_ATTACHED`] would be needed.
pub(super) fn packed(pieces: Vec<Piece>) -> Option<Vec<Vec<Statement>>> {
    let empty = size(&[]);
    let mut sized: Vec<(usize, Piece)> = pieces
        .into_iter()
        .map(|piece| (size(std::slice::from_ref(&piece.allows)) - empty, piece))
        .collect();
    sized.sort_by_key(|(size, piece)| (Reverse(*size), piece.position));
    let mut bins: Vec<Bin> = Vec::new();
    for (size_of_piece, piece) in sized {
        let found = bins.iter_mut().find_map(|bin| {
            let size = bin.size_with(&piece, size_of_piece);
            (size <= MAX_MANAGED).then_some((bin, size))
        });
        match found {
            Some((bin, size)) => {
                bin.pieces.push(piece);
                bin.size = size;
            }
            None if bins.len() == MAX_ATTACHED => return None,
            None => bins.push(Bin {
                pieces: vec![piece],
                size: empty + size_of_piece,
            }),
        }
    }
    Some(bins.iter().map(|bin| joined(&bin.pieces)).collect())
}
