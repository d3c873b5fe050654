//! Random inputs: the same seed gives the same ones.

mod authorizer;
mod body;
mod headers;
mod lambda;
mod local;
mod path;
mod text;

use fastrand::Rng;

use serde_json::Value;

use super::{
    question::Question,
    routes::{KnownRoute, routes},
};
use crate::case::Driver;

/// Makes inputs up.
#[derive(Clone, Debug)]
pub struct Generator {
    random: Rng,
    routes: Vec<KnownRoute>,
}

impl Generator {
    /// A generator for the app's routes.
    pub fn new(seed: u64) -> Generator {
        Generator {
            random: Rng::with_seed(seed),
            routes: routes(),
        }
    }

    /// The next input.
    pub fn question(&mut self) -> Question {
        let Generator { random, routes } = self;
        let debug = rarely(random, 20);
        let (driver, input): (Driver, Value) = match random.u8(..20) {
            0..12 => (Driver::Lambda, lambda::event(random, routes)),
            12..18 => (Driver::Local, local::request(random, routes)),
            _ => (Driver::Authorizer, authorizer::event(random)),
        };
        Question::new(driver, debug, input, routes)
    }
}

/// True in one of `among` cases.
fn rarely(random: &mut Rng, among: u32) -> bool {
    random.u32(..among) == 0
}

/// One of them.
fn one<'a, T: ?Sized>(random: &mut Rng, of: &[&'a T]) -> &'a T {
    of[random.usize(..of.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_repeatable() {
        let inputs = |seed| {
            let mut generator = Generator::new(seed);
            let inputs = (0..200).map(|_| generator.question().input.to_string());
            inputs.collect::<Vec<_>>()
        };
        assert_eq!(inputs(7), inputs(7));
        assert_ne!(inputs(7), inputs(8));
    }

    #[test]
    fn every_route_is_asked_for() {
        let mut generator = Generator::new(1);
        let questions: Vec<_> = (0..3000).map(|_| generator.question()).collect();
        for route in routes() {
            assert!(
                questions
                    .iter()
                    .any(|question| question.is_for(&route.path)),
                "{}",
                route.path
            );
        }
        assert!(questions.iter().any(|question| question.route.is_none()));
    }
}
