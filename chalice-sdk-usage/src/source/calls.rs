//! Calls in the syntax of a source file.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{
    Attribute, ExprMethodCall, ExprPath, File, ImplItemFn, ItemFn, ItemImpl, ItemMod, ItemTrait,
    ItemType, ItemUse, Macro, TraitItemFn, Type, UseTree,
};

use super::{CallForm, Names, macros};
use crate::operation::is_type_of;

/// The type of every crate of the SDK whose methods are its operations.
const CLIENT: &str = "Client";

/// A call in a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FoundCall {
    /// The operation or waiter.
    pub(super) name: String,
    /// The line, from 1.
    pub(super) line: usize,
    /// The function around it.
    pub(super) function: Option<String>,
    /// How it is called.
    pub(super) form: CallForm,
}

/// Finds the calls in the text of a source file.
pub(super) fn find(text: &str, names: &Names) -> Result<Vec<FoundCall>, syn::Error> {
    let file: File = syn::parse_file(text)?;
    let mut clients = Clients(BTreeSet::from([CLIENT.to_owned()]));
    clients.visit_file(&file);
    let mut calls = Calls {
        names,
        clients: clients.0,
        surroundings: Vec::new(),
        functions: 0,
        found: Vec::new(),
    };
    calls.visit_file(&file);
    Ok(calls.found)
}

/// By which names a file knows clients.
struct Clients(BTreeSet<String>);

impl<'ast> Visit<'ast> for Clients {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.visit_use_tree(&item.tree);
    }

    fn visit_use_tree(&mut self, tree: &'ast UseTree) {
        if let UseTree::Rename(rename) = tree
            && rename.ident == CLIENT
        {
            self.0.insert(rename.rename.to_string());
        }
        visit::visit_use_tree(self, tree);
    }

    fn visit_item_type(&mut self, item: &'ast ItemType) {
        if let Type::Path(aliased) = &*item.ty
            && let Some(last) = aliased.path.segments.last()
            && last.ident == CLIENT
        {
            self.0.insert(item.ident.to_string());
        }
    }
}

struct Calls<'a> {
    names: &'a Names,
    clients: BTreeSet<String>,
    /// Modules, types and functions around the place.
    surroundings: Vec<String>,
    /// How many of these are functions.
    functions: usize,
    found: Vec<FoundCall>,
}

impl Calls<'_> {
    fn add(&mut self, name: String, form: CallForm, line: usize) {
        let function = (self.functions > 0).then(|| self.surroundings.join("::"));
        self.found.push(FoundCall {
            name,
            line,
            function,
            form,
        });
    }

    fn within(&mut self, name: String, visit: impl FnOnce(&mut Self)) {
        self.surroundings.push(name);
        visit(self);
        self.surroundings.pop();
    }

    fn within_function(&mut self, name: &syn::Ident, visit: impl FnOnce(&mut Self)) {
        self.functions += 1;
        self.within(name.to_string(), visit);
        self.functions -= 1;
    }
}

impl<'ast> Visit<'ast> for Calls<'_> {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let name = call.method.to_string();
        // The methods of clients take nothing: inputs are set on what they return.
        if call.args.is_empty() {
            let line = call.method.span().start().line;
            if self.names.operations.contains(&name) {
                self.add(name, CallForm::Method, line);
            } else if self.names.waiters.contains(&name) {
                self.add(name, CallForm::Waiter, line);
            }
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_path(&mut self, expression: &'ast ExprPath) {
        let mut segments = expression.path.segments.iter().rev();
        if let (Some(last), Some(owner)) = (segments.next(), segments.next()) {
            let line = last.ident.span().start().line;
            let (last, owner) = (last.ident.to_string(), owner.ident.to_string());
            if self.clients.contains(&owner) && self.names.operations.contains(&last) {
                self.add(last, CallForm::Path, line);
            } else if let Some(input) = owner
                .strip_suffix("InputBuilder")
                .or(owner.strip_suffix("Input"))
                && let Some(operation) = self
                    .names
                    .operations
                    .iter()
                    .find(|operation| is_type_of(input, operation))
            {
                self.add(operation.clone(), CallForm::Input, line);
            }
        }
        visit::visit_expr_path(self, expression);
    }

    fn visit_macro(&mut self, item: &'ast Macro) {
        let names = self.names;
        macros::find(item.tokens.clone(), names, &mut |name, form, line| {
            self.add(name, form, line);
        });
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !is_test(&item.attrs) {
            self.within_function(&item.sig.ident, |this| visit::visit_item_fn(this, item));
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.within_function(&item.sig.ident, |this| {
            visit::visit_impl_item_fn(this, item)
        });
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        self.within_function(&item.sig.ident, |this| {
            visit::visit_trait_item_fn(this, item)
        });
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if !is_test(&item.attrs) {
            self.within(name_of(&item.self_ty), |this| {
                visit::visit_item_impl(this, item)
            });
        }
    }

    fn visit_item_trait(&mut self, item: &'ast ItemTrait) {
        self.within(item.ident.to_string(), |this| {
            visit::visit_item_trait(this, item)
        });
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test(&item.attrs) {
            self.within(item.ident.to_string(), |this| {
                visit::visit_item_mod(this, item)
            });
        }
    }
}

/// A type as it is called in a sentence.
fn name_of(of: &Type) -> String {
    match of {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .map_or_else(|| "_".to_owned(), |last| last.ident.to_string()),
        Type::Reference(reference) => name_of(&reference.elem),
        _ => "_".to_owned(),
    }
}

/// Whether an item is there for tests alone.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute
                    .parse_args::<syn::Path>()
                    .is_ok_and(|condition| condition.is_ident("test"))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names() -> Names {
        Names {
            operations: ["get_item", "put_item", "list_tables"]
                .map(str::to_owned)
                .into(),
            waiters: ["wait_until_table_exists".to_owned()].into(),
        }
    }

    fn found(text: &str) -> Vec<(String, usize, Option<String>, CallForm)> {
        find(text, &names())
            .unwrap()
            .into_iter()
            .map(|call| (call.name, call.line, call.function, call.form))
            .collect()
    }

    fn one(text: &str) -> Option<(String, CallForm)> {
        let mut calls = found(text);
        assert!(calls.len() < 2, "{calls:?}");
        calls.pop().map(|(name, _, _, form)| (name, form))
    }

    #[test]
    fn lines_and_functions() {
        let text = "
            impl Store for &mut Items<'_> {
                async fn read(&self) {
                    self.client
                        .get_item()
                        .table_name(\"t\");
                }
            }
            mod inner {
                trait Writer {
                    fn write(&self) {
                        fn deeper() { let f = async || c.put_item().send(); }
                    }
                }
            }
            static TABLES: Tables = c.list_tables();
        ";
        let expected = [
            ("get_item", 5, Some("Items::read"), CallForm::Method),
            (
                "put_item",
                12,
                Some("inner::Writer::write::deeper"),
                CallForm::Method,
            ),
            ("list_tables", 16, None, CallForm::Method),
        ];
        let expected = expected.map(|(name, line, function, form)| {
            (name.to_owned(), line, function.map(str::to_owned), form)
        });
        assert_eq!(found(text), expected);
    }

    #[test]
    fn forms() {
        let form = |text: &str| one(&format!("fn f() {{ {text} }}")).map(|(_, form)| form);
        assert_eq!(form("c.wait_until_table_exists();"), Some(CallForm::Waiter));
        assert_eq!(
            form("aws_sdk_dynamodb::Client::get_item(&c);"),
            Some(CallForm::Path)
        );
        assert_eq!(form("let f = Client::get_item;"), Some(CallForm::Path));
        assert_eq!(
            form("operation::get_item::GetItemInput::builder();"),
            Some(CallForm::Input)
        );
        assert_eq!(
            form("GetItemInputBuilder::default();"),
            Some(CallForm::Input)
        );
        assert_eq!(form("join!(c.get_item().send());"), Some(CallForm::Method));
        assert_eq!(form("call!(c, get_item);"), Some(CallForm::MacroArgument));
    }

    #[test]
    fn other_names_of_clients() {
        for text in [
            "use aws_sdk_dynamodb::{Client as Db, types::X as Y}; fn f() { Db::get_item(&c); }",
            "type Db = aws_sdk_dynamodb::Client; fn f() { Db::get_item(&c); }",
        ] {
            let expected = ("get_item".to_owned(), CallForm::Path);
            assert_eq!(one(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn no_calls() {
        for text in [
            "fn f() { c.get_item(1); get_item(); store::get_item(); c.get_items(); }",
            "fn f() -> GetItemInput { GetItemError::unhandled(e) }",
            "use aws_sdk_dynamodb::operation::get_item::GetItemError;",
            "#[cfg(test)] mod tests { fn f() { c.get_item(); } }",
            "#[test] fn f() { c.get_item(); }",
        ] {
            assert_eq!(one(text), None, "{text}");
        }
        assert!(one("#[cfg(unix)] mod m { fn f() { c.get_item(); } }").is_some());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[a-z_.:;!$(){}\\[\\]#\" \n]{0,80}") {
            _ = find(&text, &names());
        }
    }
}
