//! Others that lead from a resource template and a method to a handler.

use std::{collections::HashMap, hint::black_box};

use chalice_core::method::Method;
use generated_apps::Set;

/// What is asked: a template and a method.
type Question = (&'static str, Method);

/// A table from template and method to handler.
pub trait Table: Sized + 'static {
    /// The table of these handlers, numbered in their order.
    fn build(handlers: &[Question]) -> Self;

    /// Looks a handler up.
    fn find(&self, template: &str, method: Method) -> Option<usize>;
}

/// The standard library's map, from template and method.
#[derive(Debug)]
pub struct ByBoth(HashMap<(&'static str, Method), usize>);

impl Table for ByBoth {
    fn build(handlers: &[Question]) -> ByBoth {
        let numbered = handlers.iter().enumerate();
        ByBoth(numbered.map(|(at, handler)| (*handler, at)).collect())
    }

    #[inline]
    fn find(&self, template: &str, method: Method) -> Option<usize> {
        self.0.get(&(template, method)).copied()
    }
}

/// The standard library's map, from template to the template's methods.
#[derive(Debug)]
pub struct ByTemplate(HashMap<&'static str, Methods>);

impl Table for ByTemplate {
    fn build(handlers: &[Question]) -> ByTemplate {
        let mut map = HashMap::<_, Methods>::new();
        for (at, (template, method)) in handlers.iter().enumerate() {
            map.entry(*template).or_default().add(*method, at);
        }
        ByTemplate(map)
    }

    #[inline]
    fn find(&self, template: &str, method: Method) -> Option<usize> {
        self.0.get(template)?.get(method)
    }
}

/// matchit's router, with the template as the path.
#[derive(Debug)]
pub struct MatchitTable(matchit::Router<Methods>);

impl Table for MatchitTable {
    fn build(handlers: &[Question]) -> MatchitTable {
        let mut known = HashMap::<_, Methods>::new();
        for (at, (template, method)) in handlers.iter().enumerate() {
            known.entry(*template).or_default().add(*method, at);
        }
        let mut router = matchit::Router::new();
        for (template, methods) in known {
            let inserted = router.insert(template, methods);
            assert!(inserted.is_ok(), "{template}: {inserted:?}");
        }
        MatchitTable(router)
    }

    #[inline]
    fn find(&self, template: &str, method: Method) -> Option<usize> {
        self.0.at(template).ok()?.value.get(method)
    }
}

/// The handlers of one template: a place for each method.
#[derive(Debug, Default)]
struct Methods([Option<usize>; 8]);

impl Methods {
    fn add(&mut self, method: Method, at: usize) {
        self.0[method as usize] = Some(at);
    }

    #[inline]
    fn get(&self, method: Method) -> Option<usize> {
        self.0[method as usize]
    }
}

/// A table with what it is asked.
pub struct TableCase<T> {
    table: T,
    questions: Vec<Question>,
}

impl<T: Table> TableCase<T> {
    /// Fills the table and checks that it answers rightly.
    ///
    /// # Panics
    ///
    /// When it does not.
    pub fn checked(set: Set) -> &'static TableCase<T> {
        let question = |route: &generated_apps::Route| {
            let template: &'static str = Box::leak(route.template().into_boxed_str());
            let method = Method::from_name(route.method).expect("a method of HTTP");
            (template, method)
        };
        let questions: Vec<Question> = set.routes.iter().map(question).collect();
        let table = T::build(&questions);
        for (at, (template, method)) in questions.iter().enumerate() {
            assert_eq!(table.find(template, *method), Some(at), "{template}");
            assert_eq!(table.find(&format!("/more{template}"), *method), None);
        }
        Box::leak(Box::new(TableCase { table, questions }))
    }

    /// Looks up every template with its method.
    pub fn all(&self) {
        for (template, method) in &self.questions {
            black_box(self.table.find(black_box(template), black_box(*method)));
        }
    }
}
